"""The one resolver: what is known -> grants with periods and recorded times.

The bulk audit, the live decision, explanations and the access matrix all start from its table `grants`; the statement
is `resolve_grants.sql`. Times are microseconds since 1970 in UTC.
"""

from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import Any

import duckdb

from access.facts import Access, Duty, Facts, Holding, Period
from access.rules import ACTIONS, ALL_ACTIONS, Grant, GrantKind
from config.bulk import load_rows
from config.clock import ALWAYS, FOREVER, from_microseconds


class Policy:
    """Everything known at one instant, resolved: facts, keys, and the table `grants` in an in-memory DuckDB."""

    def __init__(self, facts: Facts, connection: duckdb.DuckDBPyConnection) -> None:
        self.facts = facts
        self.connection = connection
        self.employee_keys = {employee: key for key, employee in enumerate(sorted(facts.employees))}
        self.series_keys = {code: key for key, code in enumerate(sorted(facts.series))}
        self._resolve()

    def _resolve(self) -> None:
        facts = self.facts
        series = [
            (code, key, facts.series[code].public, bool(facts.series[code].untestable))
            for code, key in self.series_keys.items()
        ]
        positions = [
            (one.position_code, one.title, one.department, one.department.casefold())
            for one in facts.positions.values()
        ]
        # departments compare case-folded, as positions may spell one in two ways
        accesses = [
            one._replace(holder=one.holder.casefold()) if one.holder_type == "department" else one
            for one in facts.accesses
        ]
        self._load("employees", {"employee_id": str, "employee_key": int}, self.employee_keys.items())
        self._load("series", {"code": str, "series_key": int, "public": bool, "untestable": bool}, series)
        self._load(
            "positions", {"position_code": str, "title": str, "department": str, "department_key": str}, positions
        )
        self._load("employments", Period.__annotations__, facts.employments)
        self._load("offices", Period.__annotations__, facts.offices)
        self._load("holdings", Holding.__annotations__, facts.holdings)
        self._load("accesses", Access.__annotations__, accesses)
        self._load("duties", Duty.__annotations__, facts.duties)
        self._load("officer_duties", Duty.__annotations__, facts.officer_duties)
        self.connection.execute(files("access").joinpath("resolve_grants.sql").read_text("utf-8"))

    def _load(self, name: str, columns: Mapping[str, type], rows: Iterable[Sequence[object]]) -> None:
        load_rows(self.connection, name, list(columns.items()), rows)

    def grants_of(self, employee_id: str, series: str) -> list[Grant]:
        """Give an employee's grants of a series, timely or not, in force or not, in the order of being named."""
        if employee_id not in self.employee_keys or series not in self.series_keys:
            return []
        pair = self.pair(employee_id, series)
        rows = self.connection.execute(f"{_GRANT_ROWS} WHERE pair = ? ORDER BY grant_key", [pair]).fetchall()
        return [grant_from_row(row[1:]) for row in rows]

    def pair(self, employee_id: str, series: str) -> int:
        """Give the key of an employee and a series together."""
        return self.employee_keys[employee_id] * 65536 + self.series_keys[series]


_GRANT_ROWS = (
    'SELECT pair, grant_id, kind, through, actions, purposes, start, "end", timely_from, authority FROM grants'
)


def grants_by_pair(connection: duckdb.DuckDBPyConnection, pairs_table: str) -> dict[int, list[Grant]]:
    """Give the grants of all pairs that a table lists in its column `pair`, in the order in which they are named."""
    rows = connection.execute(
        f"{_GRANT_ROWS} WHERE pair IN (SELECT pair FROM {pairs_table}) ORDER BY pair, grant_key"  # noqa: S608 - our names
    ).fetchall()
    grants: dict[int, list[Grant]] = {}
    for row in rows:
        grants.setdefault(row[0], []).append(grant_from_row(row[1:]))
    return grants


def grant_from_row(row: Sequence[Any]) -> Grant:
    """Make a grant of its row (grant_id, kind, through, actions, purposes, start, end, timely_from, authority)."""
    grant_id, kind, through, actions, purposes, start, end, timely_from, authority = row
    return Grant(
        grant_id=grant_id,
        kind=GrantKind(kind),
        through=through,
        actions=action_words(actions),
        purposes=purposes,
        start=None if start <= ALWAYS else from_microseconds(start),
        end=None if end >= FOREVER else from_microseconds(end),
        timely_from=None if timely_from <= ALWAYS else from_microseconds(timely_from),
        authority=authority,
    )


def action_words(mask: int) -> str:
    """Give the words of an action mask: `*`, or actions joined with `;`."""
    return "*" if mask == ALL_ACTIONS else ";".join(word for bit, word in enumerate(ACTIONS) if mask >> bit & 1)
