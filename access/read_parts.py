"""How each part of a series' work access text is read: whom it names, whom an official resolved it to, or nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from access.known_holders import KnownHolders
from access.match_work_access import match_with
from config.known_rows import KnownRows
from config.recorded import known_at
from config.texts import compare_form
from inventory.known_tables import PART_RESOLUTIONS, PARTS
from inventory.models import DataSeries, PartResolution, WorkAccessPart


@dataclass(frozen=True)
class ReadPart:
    """A part of a work access text.

    Args:
        holders: Whom it means, in words; empty where it means nobody.
        decided_by: The official who said so, where it did not name a holder by itself.
        is_dismissed: An official said that it adds nobody.
    """

    part: str
    holders: Sequence[str]
    decided_by: str = ""
    decided_at: datetime | None = None
    is_dismissed: bool = False

    @property
    def is_unread(self) -> bool:
        """Whether it names no known holder, and nobody has resolved it yet."""
        return not self.holders and not self.is_dismissed


class UnreadPart(NamedTuple):
    """A part that names no known holder and that nobody has resolved, with its series."""

    series: str
    series_name: str
    department: str
    part: str


def read_parts(session: Session, code: str, known: datetime, holders: KnownHolders) -> list[ReadPart]:
    """Give the parts of a series' work access text as they were read at an instant, in the order of the text.

    Args:
        holders: Those known then.
    """
    known_of = {model: known_at(model, known) for model in (WorkAccessPart, PartResolution)}
    parts = session.exec(
        select(WorkAccessPart)
        .where(WorkAccessPart.series == code, known_of[WorkAccessPart])
        .order_by(col(WorkAccessPart.id))
    ).all()
    decided = session.exec(select(PartResolution).where(PartResolution.series == code, known_of[PartResolution])).all()
    matches = match_with(holders.holders, parts, decided).matches
    titles, names = holders.titles, holders.names
    read = []
    for part in parts:
        of_part = [one for one in decided if compare_form(one.part) == compare_form(part.part)]
        newest = max(of_part, key=lambda one: one.recorded_at, default=None)
        read.append(
            ReadPart(
                part.part,
                [in_words(one.holder_type, one.holder, titles, names) for one in matches if one.part is part],
                newest.recorded_by if newest else "",
                newest.recorded_at if newest else None,
                any(not one.holder_type for one in of_part),
            )
        )
    return read


def unread_parts(session: Session, known: datetime, holders: KnownHolders) -> list[UnreadPart]:
    """Give all parts that name no known holder and that nobody has resolved, by series.

    Args:
        holders: Those known then.
    """
    rows = KnownRows(session, known)
    unmatched = match_with(holders.holders, rows.of(PARTS), rows.of(PART_RESOLUTIONS)).unmatched
    series = {one.code: one for one in session.exec(select(DataSeries).where(known_at(DataSeries, known)))}
    return [
        UnreadPart(code, series[code].name, series[code].department, part)
        for code, texts in sorted(unmatched.items())
        if code in series
        for part in texts
    ]


def in_words(holder_type: str, holder: str, titles: Mapping[str, str], names: Mapping[str, str]) -> str:
    """Say who holds work access.

    Args:
        titles: Of positions, by code.
        names: Of employees, by id.
    """
    if holder_type == "position":
        return f"the position {titles.get(holder, holder)}"
    if holder_type == "department":
        return f"the department {holder}"
    return "every employee" if holder_type == "everyone" else f"{names.get(holder, '')} ({holder})".strip()
