"""What is decided of each column of an audit trail; a column of which nothing is decided is withheld."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session, select

from audit.logs.find_source import find_source
from audit.logs.release_models import ColumnRelease, Release
from audit.logs.releasing.trail_layout import read_layout
from config.clock import day_text
from config.errors import Invalid
from config.recorded import current
from config.texts import listed
from config.work import Work

_MOST_NAMED = 30


@dataclass(frozen=True)
class Decision:
    """What was decided of a column, and what that rests on.

    Args:
        decided_by: Who decided; empty = who enters it.
        decided_on: When; None = today.
    """

    release: Release
    citation: str
    decided_by: str = ""
    decided_on: date | None = None

    @property
    def words(self) -> str:
        """Say what it rests on, who decided and when."""
        on = f" on {day_text(self.decided_on)}" if self.decided_on else ""
        return f"{self.citation}; decided by {self.decided_by}{on}"


def state_release(work: Work, source: str, column: str, asked: Decision) -> Decision:
    """Enter what is decided of a column.

    Raises:
        NotFound: There is no such source.
        Invalid: It has no such column, the decision rests on nothing, or is of a day to come.
    """
    found = find_source(work.session, source)
    layout = read_layout(work.session, found)
    name = layout.find(column)
    if name is None:
        raise Invalid(
            f'{found.name} has no column "{column.strip()}"; its columns are {listed(layout.columns, _MOST_NAMED)}.'
        )
    today = work.clock.astimezone(work.zone).date()
    asked = replace(
        asked,
        citation=asked.citation.strip(),
        decided_by=asked.decided_by.strip() or work.by,
        decided_on=asked.decided_on or today,
    )
    if not asked.citation:
        raise Invalid("Name the law that the decision rests on, such as its section and subdivision.")
    if asked.decided_on and asked.decided_on > today:
        raise Invalid(f"A decision of {day_text(asked.decided_on)} is not made yet; name today or an earlier day.")
    before = work.session.exec(
        select(ColumnRelease).where(
            ColumnRelease.source == found.name, ColumnRelease.column_name == name, current(ColumnRelease)
        )
    ).first()
    if before is not None and _read(before) == asked:
        return asked
    if before is not None:
        before.superseded_at, before.superseded_by = work.now, work.by
    _record(work, found.name, name, asked)
    return asked


def release_of_columns(session: Session, source: str) -> dict[str, Decision]:
    """Give what is decided of a source's columns, by column; those that are not here are withheld."""
    asked = select(ColumnRelease).where(ColumnRelease.source == source, current(ColumnRelease))
    return {one.column_name: _read(one) for one in session.exec(asked.order_by(ColumnRelease.column_name))}


def strictest(columns: Iterable[str], decided: Mapping[str, Decision]) -> Release:
    """Give what is done with a value that may come from any of some columns: what the strictest decision says."""
    found = {decided[one].release if one in decided else Release.WITHHOLD for one in columns}
    return next(one for one in (Release.WITHHOLD, Release.MASK, Release.RELEASE) if one in found)


def _record(work: Work, source: str, column: str, asked: Decision) -> None:
    row = ColumnRelease(
        source=source,
        column_name=column,
        decision=asked.release.value,
        citation=asked.citation,
        decided_by=asked.decided_by,
        decided_on=asked.decided_on or work.clock.astimezone(work.zone).date(),
        recorded_at=work.now,
        recorded_by=work.by,
    )
    work.session.add(row)
    work.session.flush()


def _read(row: ColumnRelease) -> Decision:
    return Decision(Release(row.decision), row.citation, row.decided_by, row.decided_on)
