"""Complete what a row states with what stands: a column that the file does not have leaves what is recorded.

An empty cell in a column that is there is another matter: it clears.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Generic

from config.tables.facts import Current, F
from config.tables.kind import Row, RowRefused

# Our column -> the field of a fact that it fills, where the two are not called alike.
_FIELDS = {
    "start_date": "start",
    "end_date": "end",
    "opened": "start",
    "closed": "end",
    "recorded_at": "stated_recorded_at",
}
_RECORDED = "stated_recorded_at"
_END = datetime.max.replace(tzinfo=UTC)


class StandingRows(Generic[F]):
    """What stands in a table, as rows of a file that lacks some of its columns name it.

    Args:
        current: What stands.
        absent: The columns that the file does not have.
        is_live: Whether what is entered counts as recorded when it is entered.
    """

    def __init__(self, current: Current[F], absent: Iterable[str], *, is_live: bool) -> None:
        self._current = current
        self._table = current.table
        self._columns = list(absent)
        self._fields = [_FIELDS.get(column, column) for column in self._columns]
        self._is_live = is_live

    @property
    def count_nothing(self) -> bool:
        """Whether the file has every column, so that nothing is left to what stands."""
        return not self._fields

    def complete(self, row: Row, fact: F) -> Sequence[F]:
        """Give what a row states: the rows that stand and that it restates, or the one that it changes.

        Raises:
            RowRefused: Several rows stand, and it is not told which of them is to change, or the period that comes of
                it ends before it starts.
        """
        (content,) = self._table.compared([fact])
        standing = self._by_name.get(self._name_of(content), ())
        completed = [self._with_what_stands(fact, other) for other in standing]
        restated = [new for new, other in zip(completed, standing, strict=True) if new == other]
        if restated or not completed:
            return restated or [fact]
        if len(completed) > 1:
            raise RowRefused(
                self._columns[0],
                f"is missing, and {len(standing)} rows that are recorded fit this one; add the column to say which",
            )
        _refuse_end_before_start(row, completed[0])
        return completed

    @cached_property
    def _by_name(self) -> Mapping[object, Sequence[F]]:
        rows: dict[object, list[F]] = defaultdict(list)
        facts = self._current.facts
        for fact, content in zip(facts, self._table.compared(facts), strict=True):
            rows[self._name_of(content)].append(fact)
        return rows

    @cached_property
    def _name_of(self) -> Callable[[tuple[object, ...]], object]:
        """Gives the cells of an identity that the file can say."""
        return self._table.cells_of([name for name in self._table.identity if name not in self._fields])

    def _with_what_stands(self, fact: F, standing: F) -> F:
        completed = fact._replace(**{name: getattr(standing, name) for name in self._fields})
        if _RECORDED in self._fields and self._is_live and _ending(completed) > _ending(standing):
            # what is said beyond what stood was not said when that was recorded
            completed = completed._replace(**{_RECORDED: None})
        return completed


def _ending(fact: Any) -> datetime:  # noqa: ANN401 - a fact with a period
    return min(fact.end or _END, getattr(fact, "revoked_at", None) or _END)


def _refuse_end_before_start(row: Row, fact: Any) -> None:  # noqa: ANN401 - a fact with a period
    if fact.start is not None and fact.end is not None and fact.end < fact.start:
        column = next((name for name in ("end", "end_date", "closed") if row.states(name)), "end")
        raise RowRefused(column, "is before the start that is recorded; a period cannot end before it starts")
