"""Gives an audit trail, as decided, as a file; that it was given is on the record."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from fastapi.responses import FileResponse

from app.given_files import GivenFile, give_once
from app.release.views import admitted_source
from audit.logs.releasing.export_trail import TrailRequest, export_trail
from config.clock import end_of, start_of
from config.web.signed_in import SignedIn
from config.work import Installation


def give_trail(
    installation: Installation, official: SignedIn, source: str, first: date | None, last: date | None
) -> FileResponse:
    """Give the accesses of some days, both included; None = open.

    Raises:
        NotFound: There is no such source.
        Invalid: No column is released, or the days end before they begin.
        Conflict: Some of the logs were read by another profile than the source has now.
    """
    with installation.read() as work:
        name, zone = admitted_source(work, official, source), work.zone

    def make(folder: Path) -> GivenFile:
        out = folder / "trail.csv"
        export_trail(installation, trail_request(name, out, first, last, zone), by=official.login)
        return GivenFile(out, f"{name}.csv", "text/csv; charset=utf-8")

    return give_once(installation.settings.data_dir, make)


def trail_request(source: str, out: Path, first: date | None, last: date | None, zone: ZoneInfo) -> TrailRequest:
    """Ask for the accesses of some days, both included, in the entity's zone; None = open."""
    return TrailRequest(source, out, start_of(first, zone) if first else None, end_of(last, zone) if last else None)
