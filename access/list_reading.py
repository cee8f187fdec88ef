"""Read rows of the record to be listed: those known at an instant and in force during a day."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from importlib import import_module
from types import SimpleNamespace
from typing import Any, NamedTuple

from access.about import About
from access.known_tables import EMPLOYEES, POSITIONS
from access.match_work_access import match_parts
from config.clock import microseconds
from config.known_rows import KnownRows
from config.work import Work
from inventory.known_tables import PART_RESOLUTIONS, PARTS, SERIES

_ENDS = ("end", "revoked_at")
_FIRST_BY = ("series", "code", "employee_id", "position_code", "system", "office")


@dataclass(frozen=True)
class Reading:
    """What rows are read of.

    Args:
        start: They are in force at some moment from then on,
        end: up to, not including, this one.
        at: As known here at this instant.
    """

    work: Work
    start: datetime
    end: datetime
    at: datetime

    @cached_property
    def employees(self) -> dict[str, str]:
        """The employees' names, by id."""
        return {row.employee_id: row.name for row in self.known.of(EMPLOYEES)}

    @cached_property
    def positions(self) -> dict[str, str]:
        """The positions' titles, by code."""
        return {row.position_code: row.title for row in self.known.of(POSITIONS)}

    @cached_property
    def series(self) -> dict[str, str]:
        """The names of the data series, by code."""
        return {row.code: row.name for row in self.known.of(SERIES)}

    @property
    def known(self) -> KnownRows:
        """The rows known then, in force or not."""
        return KnownRows(self.work.reader, self.at)


def rows_of(table: str) -> Callable[[Reading], list[Any]]:
    """Give what reads the rows of a table, by what they are about, then as they were recorded.

    Args:
        table: Its class, as "module:class"; loaded only when the rows are read, as that takes long.
    """

    def read(reading: Reading) -> list[Any]:
        # only here, as tables by their classes take long to load
        from sqlmodel import col, or_, select  # noqa: PLC0415

        from config.recorded import Recorded, known_at  # noqa: PLC0415

        module, _, name_of_class = table.partition(":")
        model: type[Recorded] = getattr(import_module(module), name_of_class)
        fields: Any = model
        asked = select(model).where(known_at(model, reading.at))
        if "start" in model.model_fields:
            asked = asked.where(or_(col(fields.start).is_(None), fields.start < reading.end))
        for name in set(_ENDS) & set(model.model_fields):
            ends = col(getattr(fields, name))
            asked = asked.where(or_(ends.is_(None), ends > reading.start))
        named = [name for name in _FIRST_BY if name in model.model_fields]
        # sorted here, as databases sort text in ways of their own
        return sorted(
            reading.work.session.exec(asked), key=lambda row: (*(getattr(row, name) for name in named), row.id or 0)
        )

    return read


def unread_texts(reading: Reading) -> Iterator[Any]:
    """Give the parts of work access texts that name no known holder and that nobody resolved, by series."""
    unmatched = match_parts(*map(reading.known.of, (PARTS, PART_RESOLUTIONS, POSITIONS, EMPLOYEES))).unmatched
    for series, parts in sorted(unmatched.items()):
        yield from (SimpleNamespace(series=series, part=part) for part in parts)


def imports(reading: Reading) -> Iterator[Any]:
    """Give every import that was applied by the end of the day, by its number."""
    # only here, as of `rows_of`
    from sqlmodel import col, select  # noqa: PLC0415

    from config.applied_imports import AppliedImport  # noqa: PLC0415

    applied = select(AppliedImport).where(
        AppliedImport.applied_at <= reading.at, AppliedImport.applied_at < reading.end
    )
    for one in reading.work.session.exec(applied.order_by(col(AppliedImport.number))):
        yield SimpleNamespace(**one.model_dump(exclude={"undoes"}), undoes=one.undoes or "")


class ListedGrant(NamedTuple):
    """A grant resolved to employee and series, as it is listed; see `Grant`."""

    employee_id: str
    series: str
    grant: str
    kind: str
    through: str
    actions: str
    purposes: str
    start: datetime | None
    end: datetime | None
    authority: str


def grants(reading: Reading) -> Iterator[ListedGrant]:
    """Give all grants, resolved to employee and series, by employee, series and grant."""
    # only here, as these take long to load
    from access.load_facts import load_facts  # noqa: PLC0415
    from access.resolve_grants import Policy, action_words, end_of, start_of  # noqa: PLC0415
    from config.bulk import open_bulk, plain_faults  # noqa: PLC0415

    facts = load_facts(reading.work.reader, at=reading.at, graces=reading.work.settings.graces(), about=About())
    with plain_faults(), closing(open_bulk(reading.work.settings)) as connection:
        rows = (
            Policy(facts, connection)
            .connection.execute(
                'SELECT employee_id, c.code, grant_id, kind, through, actions, purposes, start, "end", authority '
                "FROM grants_in_words g JOIN series c ON c.series_key = g.pair % getvariable('series_count') "
                'WHERE start < ? AND "end" > ? ORDER BY employee_id, c.code, stated, start',
                [microseconds(reading.end), microseconds(reading.start)],
            )
            .fetchall()
        )
    # the same actions and dates stand in many rows
    words, starts, ends = cache(action_words), cache(start_of), cache(end_of)
    for employee_id, series, grant_id, kind, through, actions, purposes, start, end, authority in rows:
        yield ListedGrant(
            *(employee_id, series, grant_id, kind, through, words(actions), purposes),
            *(starts(start), ends(end), authority),
        )
