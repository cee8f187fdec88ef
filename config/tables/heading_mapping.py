"""The user's word on what a heading means, remembered per kind of import."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Field, Session, col, select

from config.errors import Invalid
from config.recorded import Recorded, current
from config.remedies import Advice, Remedy

_CONSTANT = re.compile(r"(?P<column>\w+)\s*=\s*'(?P<text>.*)'")


class HeadingMapping(Recorded, table=True):
    """A heading of the user's files that stands for a column of ours."""

    __tablename__ = "heading_mappings"

    id: int = Field(default=None, primary_key=True)
    kind: str = Field(index=True)
    heading: str
    column: str


@dataclass(frozen=True)
class SaidColumns:
    """What the user says of columns.

    Args:
        mapping: Their heading -> our column.
        constants: Our column -> what each row says there; it is said of one file, and not remembered.
    """

    mapping: Mapping[str, str]
    constants: Mapping[str, str]


def read_columns(pairs: list[str], columns: list[str]) -> SaidColumns:
    """Read `their heading=our column` and `our column='constant'` as typed on the command line.

    Raises:
        Invalid: A pair has no `=`, names no column of ours, or one column is said twice.
    """
    mapping: dict[str, str] = {}
    constants: dict[str, str] = {}
    for pair in pairs:
        if constant := _CONSTANT.fullmatch(pair.strip()):
            column, text = constant["column"], constant["text"]
            constants[column] = text
        else:
            heading, equals, column = (part.strip() for part in pair.rpartition("="))
            if not equals or not heading:
                raise Invalid(f'"{pair}" says of no heading what it means.', remedy=Remedy(Advice.WRITE_MAPPING))
            mapping[heading] = column
        if column not in columns:
            raise Invalid(f'"{column}" is no column of this import; its columns are {", ".join(columns)}.')
    if twice := constants.keys() & set(mapping.values()):
        raise Invalid(f"{min(twice)} is said to be a heading and a constant; say one of the two.")
    return SaidColumns(mapping, constants)


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
