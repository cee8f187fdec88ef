"""The user's word on what a heading means, remembered per kind of import."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Field, Session, col, select

from config.database import Recorded, current
from config.errors import Invalid
from config.remedies import Advice, Remedy


class HeadingMapping(Recorded, table=True):
    """A heading of the user's files that stands for a column of ours."""

    __tablename__ = "heading_mappings"

    id: int = Field(default=None, primary_key=True)
    kind: str = Field(index=True)
    heading: str
    column: str


def read_mapping(pairs: list[str], columns: list[str]) -> dict[str, str]:
    """Read `their heading=our column` pairs as typed on the command line.

    Raises:
        Invalid: A pair has no `=`, or names no column of ours.
    """
    mapping: dict[str, str] = {}
    for pair in pairs:
        heading, equals, column = (part.strip() for part in pair.rpartition("="))
        if not equals or not heading:
            raise Invalid(f'"{pair}" says of no heading what it means.', remedy=Remedy(Advice.WRITE_MAPPING))
        if column not in columns:
            raise Invalid(f'"{column}" is no column of this import; its columns are {", ".join(columns)}.')
        mapping[heading] = column
    return mapping


def recall_mapping(session: Session, kind: str) -> dict[str, str]:
    """Give what was said before of the headings of a kind of import."""
    chosen = (HeadingMapping.kind == kind, current(HeadingMapping))
    rows = session.exec(select(HeadingMapping).where(*chosen).order_by(col(HeadingMapping.id)))
    return {row.heading: row.column for row in rows}


def remember_mapping(session: Session, kind: str, mapping: Mapping[str, str], *, now: datetime, by: str) -> None:
    """Keep what the user said of headings; a heading said anew supersedes what was said before."""
    known = recall_mapping(session, kind)
    for heading, column in mapping.items():
        if known.get(heading) == column:
            continue
        chosen = (HeadingMapping.kind == kind, HeadingMapping.heading == heading, current(HeadingMapping))
        for row in session.exec(select(HeadingMapping).where(*chosen)):
            row.superseded_at, row.superseded_by = now, by
        session.add(HeadingMapping(kind=kind, heading=heading, column=column, recorded_at=now, recorded_by=by))
    session.flush()
