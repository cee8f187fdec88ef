"""A trail that was written: kept for a day with its receipt, so that this is read before it goes out."""

import re
import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fastapi.responses import FileResponse
from pydantic import ValidationError

from app.release.trail_receipt import TrailReceipt, receipt_of
from app.release.views import admitted_source
from audit.logs.releasing.export_trail import TrailRequest, export_trail
from config.clock import end_of, start_of
from config.errors import Conflict, NotFound
from config.uploads.places import make_private, remove_files, upload_folder
from config.web.signed_in import SignedIn
from config.work import Installation

_FILE, _RECEIPT = "trail.csv", "receipt.json"
_KEY = re.compile(r"[\w-]{22}", re.ASCII)


@dataclass(frozen=True)
class KeptTrail:
    """A trail that was written.

    Args:
        key: By which it is found again; nobody guesses it.
        receipt: What is in it, under which decisions, and what is not.
    """

    source: str
    key: str
    receipt: TrailReceipt
    path: Path

    @property
    def file(self) -> FileResponse:
        """The file as it is given."""
        return FileResponse(self.path, filename=f"{self.source}.csv", media_type="text/csv; charset=utf-8")


def keep_trail(
    installation: Installation, official: SignedIn, source: str, first: date | None, last: date | None
) -> str:
    """Write the accesses of some days, both included, None = open; and give the key by which they are found again.

    Raises:
        NotFound: There is no such source.
        Invalid: No column is released, or the days end before they begin.
        Conflict: Some of the logs were read by another profile than the source has now; or the disk is full.
    """
    with installation.read() as work:
        name, zone = admitted_source(work, official, source), work.zone
    key, data_dir = secrets.token_urlsafe(16), installation.settings.data_dir
    folder = upload_folder(data_dir, _place(key))
    make_private(folder)
    try:
        start, end = start_of(first, zone) if first else None, end_of(last, zone) if last else None
        written = export_trail(installation, TrailRequest(name, folder / _FILE, start, end), by=official.login)
        _keep_receipt(folder / _RECEIPT, receipt_of(written, key, first, last))
    except BaseException:
        remove_files(data_dir, _place(key))
        raise
    return key


def find_trail(installation: Installation, official: SignedIn, source: str, key: str) -> KeptTrail:
    """Find a trail that was written.

    Raises:
        NotFound: There is no such source, or no such trail of it, or not any more.
    """
    with installation.read() as work:
        name = admitted_source(work, official, source)
    gone = NotFound("There is no such file any more; each is kept for a day. Write the trail again.")
    if not _KEY.fullmatch(key):
        raise gone
    folder = upload_folder(installation.settings.data_dir, _place(key))
    try:
        receipt = TrailReceipt.model_validate_json((folder / _RECEIPT).read_text("utf-8"))
    except (FileNotFoundError, ValidationError):  # or it was kept by an earlier version of this program
        raise gone from None
    if receipt.source != name or not (folder / _FILE).is_file():
        raise gone
    return KeptTrail(name, key, receipt, folder / _FILE)


def _keep_receipt(file: Path, receipt: TrailReceipt) -> None:
    try:
        file.write_text(receipt.model_dump_json(), "utf-8")
    except OSError as error:
        raise Conflict(f"The trail cannot be kept ({error.strerror}). Make room on the disk, and try again.") from error


def _place(key: str) -> str:
    # no upload is called so, as its files are somebody else's
    return f"{key}.trail"
