"""What pages and JSON tell of the columns of an audit trail, and of what was handed out."""

from collections.abc import Mapping
from datetime import date, datetime

from pydantic import BaseModel
from sqlmodel import Session

from audit.logs.find_source import find_source
from audit.logs.release_models import Release, TrailExport
from audit.logs.releasing.state_release import Decision, release_of_columns
from audit.logs.releasing.trail_layout import TrailLayout, read_layout
from config.errors import NotFound
from config.web.signed_in import SignedIn
from config.web.versions import version_of
from config.work import Work


class ColumnView(BaseModel):
    """A column, and what is decided of it; where nothing is, it is withheld. One that is not kept cannot be given."""

    column: str
    decision: Release
    is_decided: bool
    is_kept: bool
    citation: str
    decided_by: str
    decided_on: date | None


class TrailExportView(BaseModel):
    """A file of accesses that was written to be handed out, of its days, both included; null = open."""

    number: int
    first: date | None
    last: date | None
    accesses: int
    sha256: str
    exported_at: datetime
    exported_by: str


class ReleaseView(BaseModel):
    """What is decided of each column of a source, and what was handed out by that, the newest first."""

    source: str
    columns: list[ColumnView]
    exports: list[TrailExportView]


def admitted_source(work: Work, official: SignedIn, source: str) -> str:
    """Give the name of a source that an official may read of.

    Raises:
        NotFound: There is none.
    """
    name = find_source(work.session, source).name
    if not official.limits.admit_source(name):
        raise NotFound(f'There is no source "{source}" that you may read of.')
    return name


def release_version(session: Session, source: str) -> str:
    """Give the version of what is decided of a source's columns, as the header ETag writes it."""
    return version_of(source, release_of_columns(session, source))


def column_views(session: Session, source: str) -> list[ColumnView]:
    """Give the columns of a source as they are told."""
    return columns_of(read_layout(session, find_source(session, source)), release_of_columns(session, source))


def columns_of(layout: TrailLayout, decided: Mapping[str, Decision]) -> list[ColumnView]:
    """Give the columns of a trail as they are told, by what is or was decided of them."""
    return [_column_view(one, decided, is_kept=one not in layout.not_kept) for one in layout.columns]


def export_view(one: TrailExport) -> TrailExportView:
    """Give a file that was written as it is told."""
    return TrailExportView(
        number=one.id,
        first=one.first,
        last=one.last,
        accesses=one.accesses,
        sha256=one.sha256,
        exported_at=one.exported_at,
        exported_by=one.exported_by,
    )


def _column_view(column: str, decided: Mapping[str, Decision], *, is_kept: bool) -> ColumnView:
    one = decided.get(column, Decision(Release.WITHHOLD, ""))
    return ColumnView(
        column=column,
        decision=one.release,
        is_decided=column in decided,
        is_kept=is_kept,
        citation=one.citation,
        decided_by=one.decided_by,
        decided_on=one.decided_on,
    )
