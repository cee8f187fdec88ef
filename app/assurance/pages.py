"""The page on which a list of look-ups is pasted or sent, and answered: as a table, and as a workbook."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, NamedTuple
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from sqlmodel import select

from app.assurance.api import MOST
from app.decisions.live import LiveDecisionsDep
from app.given_files import WORKBOOK, GivenFile, give_once
from app.imports.read_table_form import fault_of_files
from audit.answer_lookups import Assurance, answer_lookups
from audit.kept import Kept
from audit.live_decisions import LiveDecisions
from audit.logs.models import Source
from audit.lookup_list import read_lookups
from audit.shared_kept import KeptDep
from config.errors import Invalid
from config.recorded import current
from config.tables.read_file import TableFile, open_table, open_text
from config.web.receive_upload import ReceivedForm, ReceivedFormDep
from config.web.rendering import render
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Installation, Work
from reports.assurance_report import grant_in_words, write_assurance
from reports.legal_basis import POSSIBLE, VERDICTS_IN_WORDS

router = APIRouter()
_HERE = "/assurance"
_PASTED = "The list"
_LONGEST_SHOWN = 150_000  # as a form takes no longer text
Reader = Annotated[SignedIn, official_who_may("read", "assurances")]
Exporter = Annotated[SignedIn, official_who_may("export", "assurances")]


class AnswerRow(NamedTuple):
    """An answer as the page shows it."""

    number: int
    time: object
    account: str
    record: str
    logs: str
    whose: str
    verdict: str
    grant: str
    sentence: str


@dataclass(frozen=True)
class AssurancePage:
    """Everything that assurance.html shows.

    Args:
        answered: None where no list was sent yet, or none that can be read.
        filled: What was typed, by field; the list of a file as text, so that its workbook can be had.
    """

    sources: Sequence[str]
    zone: ZoneInfo
    filled: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    answered: Assurance | None = None
    possible: str = POSSIBLE
    most: int = MOST

    @property
    def rows(self) -> list[AnswerRow]:
        """The answers."""
        return [
            AnswerRow(
                one.lookup.number,
                one.lookup.time,
                one.lookup.account,
                one.lookup.record,
                one.presence.in_words,
                one.whose,
                VERDICTS_IN_WORDS[one.verdict],
                grant_in_words(one.grant) or "none",
                f"{one.sentence} {one.in_logs}",
            )
            for one in (self.answered.answers if self.answered else ())
        ]


@router.get(_HERE, response_class=HTMLResponse)
def show_form(request: Request, installation: InstallationDep, official: Reader) -> HTMLResponse:
    """Show the form with which a list is sent."""
    with installation.read() as work:
        page = _page(work, official)
    return _render(request, official, page)


@router.post(_HERE, response_class=HTMLResponse)
def take_list(
    request: Request,
    installation: InstallationDep,
    decisions: LiveDecisionsDep,
    kept: KeptDep,
    official: Reader,
    form: ReceivedFormDep,
) -> HTMLResponse:
    """Answer a list; nothing of it is kept."""
    with installation.read() as work:
        page = _Asking(work, official, kept, decisions, form).page()
    return _render(request, official, page)


@router.post(f"{_HERE}/workbook")
def give_workbook(
    request: Request,
    installation: InstallationDep,
    decisions: LiveDecisionsDep,
    kept: KeptDep,
    official: Exporter,
    form: ReceivedFormDep,
) -> Response:
    """Give the answer as a workbook, with a letter's table to sign."""
    with installation.read() as work:
        page = _Asking(work, official, kept, decisions, form).page()
        if page.answered is None:
            return _render(request, official, page)
        return _give(installation, work, page.answered)


def _give(installation: Installation, work: Work, answered: Assurance) -> Response:
    def make(folder: Path) -> GivenFile:
        written = write_assurance(work, answered, folder / "assurance.xlsx")
        return GivenFile(written.path, written.path.name, WORKBOOK)

    return give_once(installation.settings.data_dir, make)


@dataclass(frozen=True)
class _Asking:
    """A list that was sent, and what answers it."""

    work: Work
    official: SignedIn
    kept: Kept
    decisions: LiveDecisions
    form: ReceivedForm

    def page(self) -> AssurancePage:
        """Answer the list, or say at which field something is wrong."""
        form, typed = self.form, {name: self.form.text(name) for name in ("list", "source")}
        at = "file" if form.chosen else "list"
        fault = (
            fault_of_files(form, most=1) if form.chosen else "" if typed["list"] else "Paste a list, or choose a file."
        )
        if not fault and typed["source"] and typed["source"] not in _sources(self.work, self.official):
            at, fault = "source", "Choose one of the sources."
        if fault:
            return _page(self.work, self.official, typed, {at: fault})
        opened = list[TableFile]()

        def open_list(headings: frozenset[str]) -> TableFile:
            if form.files:
                opened.append(open_table(form.files[0].path, known_headings=headings))
            else:
                opened.append(open_text(_PASTED, typed["list"], known_headings=headings))
            return opened[0]

        try:
            wanted = read_lookups(self.work, open_list, typed["source"], most=MOST)
        except Invalid as refusal:
            return _page(self.work, self.official, typed, {at: str(refusal)})
        answered = answer_lookups(self.work, wanted, self.kept, self.decisions, limits=self.official.limits)
        if form.files:
            typed["list"] = _as_text(opened[0])
        return _page(self.work, self.official, typed, answered=answered)


def _as_text(table: TableFile) -> str:
    """Give a file's rows as they could be pasted; empty where they are too many for it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.headings)
    for row in table.rows():
        if row.fault:
            text.write(f"{row.source}\n")
        else:
            writer.writerow(row.texts)
    return text.getvalue() if text.tell() <= _LONGEST_SHOWN else ""


def _sources(work: Work, official: SignedIn) -> list[str]:
    names = work.session.exec(select(Source.name).where(current(Source)).order_by(Source.name))
    return [name for name in names if official.limits.admit_source(name)]


def _page(
    work: Work,
    official: SignedIn,
    filled: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
    answered: Assurance | None = None,
) -> AssurancePage:
    return AssurancePage(_sources(work, official), work.zone, filled or {}, faults or {}, answered)


def _render(request: Request, official: SignedIn, page: AssurancePage) -> HTMLResponse:
    return render(
        *(request, "app/assurance.html", page),
        title=f"{'Error: ' if page.faults else ''}Answer about look-ups",
        official=official,
        here="/reports",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if page.faults else HTTPStatus.OK,
    )
