"""The one resolver: what is known -> grants with periods and recorded times.

The bulk audit, the live decision, explanations and the access matrix all start from its table `grants`; the statement
is `resolve_grants.sql`. Times are microseconds since 1970 in UTC.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from access.facts import Access, Duty, Facts, Holding, Period
from access.rules import ACTIONS, ALL_ACTIONS, Grant, GrantKind
from config.bulk import load_rows
from config.clock import ALWAYS, FOREVER, from_microseconds
from config.texts import compare_form

if TYPE_CHECKING:
    import duckdb

Row = TypeVar("Row", Period, Holding, Duty)

# In the order in which grants are named: the first that fits is.
NAMED_FIRST = (
    GrantKind.POSITION,
    GrantKind.EMPLOYEE,
    GrantKind.TEMPORARY_DUTY,
    GrantKind.DEPARTMENT,
    GrantKind.EVERYONE,
    GrantKind.OFFICER_DUTY,
)


class Keyed:
    """Everything known at one instant, not resolved: facts, keys, and the tables `employees` and `series` of these."""

    def __init__(self, facts: Facts, connection: "duckdb.DuckDBPyConnection") -> None:
        self.facts = facts
        self.connection = connection
        self.employee_keys = {employee: key for key, employee in enumerate(sorted(facts.employees))}
        self.series_keys = {code: key for key, code in enumerate(sorted(facts.series))}
        series = [
            (code, key, facts.series[code].public, bool(facts.series[code].untestable))
            for code, key in self.series_keys.items()
        ]
        self.connection.execute(f"SET VARIABLE series_count = {max(1, len(series))}::BIGINT")
        self._load("employees", {"employee_id": str, "employee_key": int}, self.employee_keys.items())
        self._load("series", {"code": str, "series_key": int, "public": bool, "untestable": bool}, series)

    def _load(self, name: str, columns: Mapping[str, type], rows: Iterable[Sequence[object]]) -> None:
        load_rows(self.connection, name, list(columns.items()), rows)

    def pair(self, employee_id: str, series: str) -> int:
        """Give the key of an employee and a series together."""
        return self.employee_keys[employee_id] * max(1, len(self.series_keys)) + self.series_keys[series]


class Policy(Keyed):
    """Everything known at one instant, resolved: besides, the table `grants` in an in-memory DuckDB.

    Args:
        facts: What is known.
        connection: Holds the tables.
        about: Only these employees' grants are resolved; None = everybody's.
    """

    def __init__(
        self, facts: Facts, connection: "duckdb.DuckDBPyConnection", about: Collection[str] | None = None
    ) -> None:
        super().__init__(facts, connection)
        self._about = about
        self._resolve()

    def _resolve(self) -> None:
        facts = self.facts
        # positions may spell a department in several ways
        positions = [
            (key, one.position_code, one.title, one.department, compare_form(one.department))
            for key, one in enumerate(facts.positions.values())
        ]
        self._load("positions", _POSITION_COLUMNS, positions)
        self._load("employments", Period.__annotations__, self._of_those(facts.employments))
        self._load("offices", Period.__annotations__, self._of_those(facts.offices))
        self._load("holdings", Holding.__annotations__, self._of_those(facts.holdings))
        self._load_stated()
        self.connection.execute(files("access").joinpath("resolve_grants.sql").read_text("utf-8"))

    def _load_stated(self) -> None:
        """Make the table `stated` of all that grants something, and `listed_purposes` of the purposes that it lists."""
        rows = sorted(self._stated(), key=_naming)
        purposes = {text: key for key, text in enumerate(sorted({row.purposes for row in rows} - {"*"}))}
        keyed = [
            (place, *row, self.series_keys[row.series], purposes.get(row.purposes, ANY_PURPOSE))
            for place, row in enumerate(rows)
            if row.series in self.series_keys
        ]
        columns = {"stated": int, **_Stated.__annotations__, "series_key": int, "purposes_key": int}
        self._load("stated", columns, keyed)
        listed = [(key, purpose) for text, key in purposes.items() for purpose in text.split(";")]
        self._load("listed_purposes", {"purposes_key": int, "purpose": str}, listed)

    def _stated(self) -> Iterator["_Stated"]:
        for one in self.facts.accesses:
            if one.holder_type == GrantKind.EMPLOYEE and not self._is_about(one.holder):
                continue
            holder = compare_form(one.holder) if one.holder_type == GrantKind.DEPARTMENT else one.holder
            yield _Stated(one.holder_type, holder, one.series, *_of_grant(one))
        for duty in self._of_those(self.facts.duties):
            yield _Stated(GrantKind.TEMPORARY_DUTY, duty.employee_id, duty.series, *_of_grant(duty))
        for duty in self._of_those(self.facts.officer_duties):
            for code in self.series_keys if duty.series == "*" else (duty.series,):
                one_series = duty._replace(series=code)
                yield _Stated(GrantKind.OFFICER_DUTY, duty.employee_id, duty.series, *_of_grant(one_series))

    def _of_those(self, rows: Iterable[Row]) -> Iterable[Row]:
        return rows if self._about is None else (row for row in rows if self._is_about(row.employee_id))

    def _is_about(self, employee_id: str) -> bool:
        return self._about is None or employee_id in self._about

    def grants_of(self, employee_id: str, series: str) -> list[Grant]:
        """Give an employee's grants of a series, timely or not, in force or not, in the order of being named."""
        if employee_id not in self.employee_keys or series not in self.series_keys:
            return []
        pair = self.pair(employee_id, series)
        rows = self.connection.execute(f"{_GRANT_ROWS} WHERE pair = ? {_NAMED}", [pair]).fetchall()
        return [grant_from_row(row[1:]) for row in rows]


class _Stated(NamedTuple):
    """What grants something to somebody, whatever its kind.

    `holder` is what it is reached by; `said` is the series as it was said, `*` where it is one of all.
    """

    kind: str
    holder: str
    said: str
    grant_id: str
    series: str
    actions: int
    purposes: str
    start: int
    end: int
    timely_from: int
    authority: str


def _of_grant(row: Access | Duty) -> tuple[str, str, int, str, int, int, int, str]:
    return row.grant_id, row.series, row.actions, row.purposes, row.start, row.end, row.timely_from, row.authority


def _naming(row: _Stated) -> tuple[object, ...]:
    return (
        _KIND_ORDER[row.kind],
        row.grant_id,
        row.series,
        row.start,
        row.end,
        row.timely_from,
        row.actions,
        row.purposes,
    )


ANY_PURPOSE = -1
_KIND_ORDER: Mapping[str, int] = {kind: place for place, kind in enumerate(NAMED_FIRST)}
_POSITION_COLUMNS = {"position_key": int, "position_code": str, "title": str, "department": str, "department_key": str}
_GRANT_ROWS = (
    'SELECT pair, grant_id, kind, through, actions, purposes, start, "end", timely_from, authority FROM grants_in_words'
)
_NAMED = 'ORDER BY pair, stated, start, "end", timely_from, through'


def grants_by_pair(connection: "duckdb.DuckDBPyConnection", pairs_table: str) -> dict[int, list[Grant]]:
    """Give the grants of all pairs that a table lists in its column `pair`, in the order in which they are named."""
    rows = connection.execute(
        f"{_GRANT_ROWS} WHERE pair IN (SELECT pair FROM {pairs_table}) {_NAMED}"  # noqa: S608 - our names
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
        start=start_of(start),
        end=end_of(end),
        timely_from=start_of(timely_from),
        authority=authority,
    )


def start_of(count: int) -> datetime | None:
    """Give the instant from which on something is so; None = always."""
    return None if count <= ALWAYS else from_microseconds(count)


def end_of(count: int) -> datetime | None:
    """Give the instant until which something is so; None = without an end."""
    return None if count >= FOREVER else from_microseconds(count)


def action_words(mask: int) -> str:
    """Give the words of an action mask: `*`, or actions joined with `;`."""
    return "*" if mask == ALL_ACTIONS else ";".join(word for bit, word in enumerate(ACTIONS) if mask >> bit & 1)
