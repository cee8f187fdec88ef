"""A trail that was written in the browser: kept for a day with its receipt, so that this is read before it goes out."""

import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.release.give_trail import trail_request
from app.release.views import admitted_source
from audit.logs.releasing.export_trail import export_trail
from audit.logs.releasing.say_trail import say_trail
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
        said: Its receipt: what is in it, under which decisions, and what is not.
    """

    source: str
    key: str
    said: Sequence[str]
    path: Path


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
        request = trail_request(name, folder / _FILE, first, last, zone)
        written = export_trail(installation, request, by=official.login)
        _keep_receipt(folder / _RECEIPT, {"source": name, "said": [*say_trail(written)]})
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
        told = json.loads((folder / _RECEIPT).read_text("utf-8"))
    except FileNotFoundError:
        raise gone from None
    if told["source"] != name or not (folder / _FILE).is_file():
        raise gone
    return KeptTrail(name, key, told["said"], folder / _FILE)


def _keep_receipt(file: Path, told: dict[str, object]) -> None:
    try:
        file.write_text(json.dumps(told), "utf-8")
    except OSError as error:
        raise Conflict(f"The trail cannot be kept ({error.strerror}). Make room on the disk, and try again.") from error


def _place(key: str) -> str:
    # no upload is called so, as its files are somebody else's
    return f"{key}.trail"
