"""The page of one uploaded table: what it would change, and the decision to apply it or to give it up."""

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from access.stage_table import TABLE_ASKED, Apply, TableAsked, try_table
from app.imports.staged import ChangeRow, Staged, change_rows, find_staged, narrowed
from audit.kept import Kept
from audit.meaning_in_words import open_sentences
from audit.shared_kept import KeptDep
from audit.weigh_change import ChangeOfGrants, weigh_change
from config.errors import Conflict, NotFound
from config.jobs.enqueue import JobRequest
from config.jobs.models import JobKind
from config.looks import let_in_also
from config.uploads.places import rejects_file
from config.uploads.uploads import ask_for, discard_upload, find_upload
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Installation, Work

router = APIRouter()
_HERE = "/imports"
_ON_A_PAGE = 100
_GRANTS = frozenset({"work-access", "temporary-duties"})  # the files of what is weighed by the accesses
Importer = Annotated[SignedIn, official_who_may("change", "imports")]
Key = Annotated[str, Form(max_length=100, pattern=r"^[\w-]*$")]


@dataclass(frozen=True)
class StagedPage:
    """Everything that import_staged.html shows.

    Args:
        rows: Those of the page of the narrowed list.
        counts: How many rows each list has.
        total: How many rows the narrowed list has.
        filled: How the list is narrowed.
        faults: What is wrong with the decision, by field.
        is_of_grants: It can be asked what it would mean by the accesses that are logged.
        meaning: That, where it was asked for.
        key: Tells this form from another one, so that what is sent twice is done once.
    """

    staged: Staged
    asked: TableAsked
    rows: Sequence[ChangeRow]
    counts: Mapping[str, int]
    total: int
    offset: int
    filled: Mapping[str, str]
    zone: ZoneInfo
    faults: Mapping[str, str]
    is_of_grants: bool
    meaning: Sequence[str]
    key: str

    @property
    def job(self) -> object:
        """The job that is about the upload, as its part of the page shows it."""
        return self.staged.job

    @property
    def must_be_meant(self) -> bool:
        """Say whether it is refused unless it is said to be meant."""
        receipt = self.staged.receipt
        return receipt is not None and any(stop.needs_yes for stop in receipt.stops)

    @property
    def is_blocked(self) -> bool:
        """Say whether rows cannot be taken, and the file is the whole truth, so that none can be left out."""
        receipt = self.staged.receipt
        return receipt is not None and bool(receipt.refused) and self.asked.options.replace

    def address(self, **changed: object) -> str:
        """Give the address of the page with its list narrowed otherwise."""
        asked = {**self.filled, **{name: str(text) for name, text in changed.items()}}
        query = urlencode({name: text for name, text in asked.items() if text})
        return f"{_HERE}/staged/{self.staged.upload.id}?{query}#changes"


@router.get(f"{_HERE}/staged/{{upload_id}}", response_class=HTMLResponse)
def show_staged(
    request: Request,
    installation: InstallationDep,
    official: Importer,
    kept: KeptDep,
    upload_id: str,
    offset: Annotated[int, Query(ge=0)] = 0,
    means: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """Show what an uploaded file would change; where that is asked for, with what it would mean."""
    staged = find_staged(installation, official, upload_id)
    if staged.upload.kind == "log":
        return RedirectResponse(f"/logs/staged/{upload_id}", HTTPStatus.SEE_OTHER)
    is_weighed = means and staged.is_open and staged.upload.kind in _GRANTS
    meaning = _weigh(installation, kept, upload_id) if is_weighed else ()
    return _render(request, installation, official, staged, offset=offset, meaning=meaning)


@router.get(f"{_HERE}/staged/{{upload_id}}/rejects.csv")
def give_rejects(installation: InstallationDep, official: Importer, upload_id: str) -> FileResponse:
    """Give the rows that cannot be taken, with the reasons, to be mended and sent again."""
    staged = find_staged(installation, official, upload_id)
    file = rejects_file(installation.settings.data_dir, upload_id)
    if not file.is_file():
        raise NotFound("No row of this file was refused, or they are not kept any more.")
    name = f"{staged.upload.names[0].rpartition('.')[0] or 'file'}.rejects.csv"
    return FileResponse(file, media_type="text/csv; charset=utf-8", filename=name)


@router.post(f"{_HERE}/staged/{{upload_id}}/apply")
def take_apply(
    request: Request,
    installation: InstallationDep,
    official: Importer,
    upload_id: str,
    is_meant: Annotated[str, Form()] = "",
    skip: Annotated[str, Form()] = "",
    key: Key = "",
    stamp: Key = "",
) -> Response:
    """Let an uploaded file be imported, or say at which field a word is missing."""
    staged = find_staged(installation, official, upload_id)
    faults = _faults(staged, is_meant=bool(is_meant), skip=bool(skip))
    if faults:
        return _render(request, installation, official, staged, faults=faults)
    apply = Apply(upload_id, skip_bad_rows=bool(skip), is_meant=bool(is_meant), stamp=stamp)
    job = JobRequest(JobKind.STAGED_IMPORT, apply, official.login, f"apply {key}" if key else "")
    with installation.aside() as work:
        ask_for(work.session, find_upload(work.session, upload_id), job, now=work.clock)
    return RedirectResponse(f"{_HERE}/staged/{upload_id}", HTTPStatus.SEE_OTHER)


@router.post(f"{_HERE}/staged/{{upload_id}}/discard")
def take_discard(installation: InstallationDep, official: Importer, upload_id: str) -> Response:
    """Give an uploaded file up."""
    find_staged(installation, official, upload_id)
    discard_upload(installation, upload_id, by=official.login)
    return RedirectResponse(_HERE, HTTPStatus.SEE_OTHER)


def _weigh(installation: Installation, kept: Kept, upload_id: str) -> Sequence[str]:
    def find(work: Work) -> ChangeOfGrants:
        return ChangeOfGrants(None, lambda: try_table(installation, work, upload_id))

    meaning = weigh_change(installation, kept, find)
    let_in_also("work access")
    with installation.read() as work:
        return list(open_sentences(meaning, work.zone))


def _faults(staged: Staged, *, is_meant: bool, skip: bool) -> dict[str, str]:
    receipt = staged.receipt
    if receipt is None:
        if staged.upload.state == "staged" and staged.job.has_ended:
            raise Conflict("It is not known what this file would change; send it again.")
        return {}  # it is being applied, or was: sent twice
    faults = dict[str, str]()
    if any(stop.needs_yes for stop in receipt.stops) and not is_meant:
        faults["is_meant"] = "Look at what it would change, and say that it is meant."
    if receipt.refused and not skip:
        faults["skip"] = "Say that the rows that cannot be taken are to be left out; or mend them and send the file."
    return faults


def _render(
    request: Request,
    installation: Installation,
    official: SignedIn,
    staged: Staged,
    *,
    offset: int = 0,
    faults: Mapping[str, str] | None = None,
    meaning: Sequence[str] = (),
) -> HTMLResponse:
    filled = {name: request.query_params.get(name, "") for name in ("change", "text")}
    rows = change_rows(staged.receipt) if staged.receipt else []
    found = narrowed(rows, filled["change"], filled["text"])
    with installation.read() as work:
        zone = work.zone
    page = StagedPage(
        staged,
        TABLE_ASKED.validate_json(staged.upload.asked),
        found[offset : offset + _ON_A_PAGE],
        Counter(row.change for row in rows),
        len(found),
        offset,
        filled,
        zone,
        faults or {},
        staged.upload.kind in _GRANTS,
        meaning,
        secrets.token_urlsafe(16),
    )
    title = f"{'Error: ' if faults or staged.failure else ''}Import of {staged.upload.names[0]}"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    return render(request, "app/import_staged.html", page, title=title, official=official, here=_HERE, status=status)
