"""The demo's published inventory: a version, a few corrections, its successor, and what differs between both."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.publishing.commands import difference_lines
from config.terminal import say, say_lines
from config.work import Installation, Work
from inventory.change_series import SeriesChange, change_series, find_series, stated_of
from inventory.entity_details import state_details
from inventory.queries import series_called
from reports.documents.make_document import make_document
from reports.documents.write_docx import write_docx
from reports.inventory_versions.difference import difference
from reports.inventory_versions.publish import PublishRequest, publish_inventory
from reports.inventory_versions.versions import find_version

_DETAILS = {
    "authority_phone": "320-555-0100",
    "authority_email": "data@otter-prairie.example",
    "website": "otter-prairie.example/data",
    "copy_cents": "25",
}
_NEW_YEAR = datetime(2026, 1, 1, 6, tzinfo=UTC)  # midnight in Chicago


def show_published(installation: Installation, folder: Path) -> None:
    """Publish the sample city's inventory twice, with corrections in between, and draft a policy."""
    with installation.change() as work:
        state_details(work.session, _DETAILS, now=work.now, by=work.by)
    _publish(installation, "Adopted by resolution 2025-31.")
    with installation.change() as work:
        _correct(work, "Sales Listing Sheets", name="Sales Verification Sheets")
        _correct(work, "Weekly Manager's Letter", retired=_NEW_YEAR)
        _correct(work, "Closed Meeting Recordings", work_access="Council Secretary")
    _publish(installation, "")
    say("$ thirteen inventory difference --from 1 --to 2")
    with installation.read() as work:
        before, after = (find_version(work.session, number).copy for number in (1, 2))
    say_lines(difference_lines(difference(before, after)))
    out = folder / "security.docx"
    with installation.read() as work:
        document = make_document(work, "security")
        write_docx(out, document, produced_at=work.clock)
    say(f"Document {out}: what an attorney is to enter or check in it is marked ({document.open_points} passages).")


def _publish(installation: Installation, note: str) -> None:
    say(f'$ thirteen inventory publish --note "{note}"' if note else "$ thirteen inventory publish")
    with installation.change() as work:
        said = str(publish_inventory(work, PublishRequest(note), by=work.by))
    say(said)


def _correct(work: Work, named: str, **changes: Any) -> None:  # noqa: ANN401 - any field
    code = series_called(work.session, named, work.now).code
    stated: SeriesChange = stated_of(find_series(work.session, code))
    change_series(work.session, code, replace(stated, **changes), now=work.now, by=work.by)
