"""The findings that stand, as the report lists them: read from the record as they are needed, however many they are."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, select
from sqlmodel import Session, col

from audit.models import Finding, FindingFigures
from audit.run_views import run_views

_AT_ONCE = 5_000


class ListedFinding(NamedTuple):
    """A finding that stands, with its newest figures; the fields mean what they mean in the record."""

    month: str
    reason: str
    who: str
    what: str
    key: str
    who_is_employee: bool
    what_is_series: bool
    verdict: str
    status: str
    events: int
    first: datetime
    last: datetime
    subjects: int
    actions: str
    sources: str
    explanation: str


@dataclass(frozen=True)
class ListedFindings:
    """The findings that stand, in the order of month, reason, who and what; each reading asks the record anew.

    Args:
        session: One state of the record.
        first_month: The first month whose findings are wanted, as YYYY-MM; None = from the first.
        last_month: The last such month; None = to the last.
        run: The number of the run whose findings are wanted; None = those that stand.
        zone: The entity's, in which months are told; needed for a run.
    """

    session: Session
    first_month: str | None
    last_month: str | None
    run: int | None = None
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))

    def __iter__(self) -> Iterator[ListedFinding]:
        return self._of_run(self.run) if self.run is not None else self._standing()

    def _of_run(self, run: int) -> Iterator[ListedFinding]:
        first, last = self.first_month or "", self.last_month or "9999"
        for view in run_views(self.session, run, self.zone):
            if first <= view.month <= last:
                yield ListedFinding(**{name: getattr(view, name) for name in ListedFinding._fields})

    def _standing(self) -> Iterator[ListedFinding]:
        connection = self.session.connection()
        # Databases sort text in ways of their own; this one is Python's, and the same on both.
        collation = "BINARY" if connection.dialect.name == "sqlite" else "C"
        with closing(connection.execute(self._asked(collation), execution_options={"yield_per": _AT_ONCE})) as rows:
            yield from map(ListedFinding._make, rows)

    def _asked(self, collation: str) -> Select[*tuple[Any, ...]]:
        asked = (
            select(*_COLUMNS)
            .join_from(Finding, FindingFigures, col(Finding.figures_id) == col(FindingFigures.id))
            .order_by(*(column.collate(collation) for column in _COLUMNS[:_SORTED]))
        )
        if self.first_month:
            asked = asked.where(col(Finding.month) >= self.first_month)
        return asked.where(col(Finding.month) <= self.last_month) if self.last_month else asked


_SORTED = ListedFinding._fields.index("key") + 1
_COLUMNS: tuple[ColumnElement[object], ...] = tuple(
    getattr(Finding if name in Finding.model_fields else FindingFigures, name) for name in ListedFinding._fields
)
