"""Tells which accesses of a log that was just read were imported before in an export of another kind.

A system can tell one access in several of its exports, and a vendor in several kinds of audit. Their records differ, so
that no id or content says that they are one. Nothing is dropped for that: two accesses can agree, and an official knows
whether they do because they are one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import duckdb
import pyarrow as pa

from access.accounts import AccountNormalising
from audit.logs.event_store import Store
from audit.logs.log_receipt import ReadLog
from audit.logs.open_events import open_events
from audit.logs.source_state import KnownLog, SourceState
from config.bulk import load_rows, one_row
from config.compare_sql import offer_compare_form
from config.texts import listed

_MOST_IMPORTS = 5
# What one of two exports may leave out.
_MAY_LACK = ("subject", "purpose", "workstation")
_AGREE = " AND ".join(f"(n.{name} = k.{name} OR n.{name} = '' OR k.{name} = '')" for name in _MAY_LACK)
# Some exports write whole seconds alone.
_SAME_TIME = "(n.instant = k.instant OR n.instant % 1000000 = 0 OR k.instant % 1000000 = 0)"
_WHEN_AND_WHO = "epoch_us(time) // 1000000 AS second, who"
_EVENTS = "numbered_events e JOIN forms f ON f.number = e.account"
_WORDS = f"""
    SELECT epoch_us(time) AS instant, second, who, action,
        {", ".join(f"coalesce(compare_form({name}), '') AS {name}" for name in ("resource", *_MAY_LACK))}
"""


@dataclass(frozen=True)
class _Compared:
    """Logs with which a new one is compared: all that reach into its times.

    Args:
        new_names: Names of their source that lie in no file yet; None where all do.
    """

    logs: Sequence[KnownLog]
    store: Store
    new_names: pa.Table | None

    def within(self, span: tuple[int, int]) -> str:
        """Give the condition, in SQL, of the times that both have."""
        start = max(span[0], min(one.span[0] for one in self.logs))
        end = min(span[1], max(one.span[1] for one in self.logs))
        second = 1_000_000  # one may write whole seconds alone
        return f"time BETWEEN make_timestamp({start - second}) AND make_timestamp({end + second})"


def tell_twice(connection: duckdb.DuckDBPyConnection, state: SourceState, log: ReadLog) -> ReadLog:
    """Add to a log that was read how many of its accesses were imported before, by all that two exports tell alike.

    They agree in account, time, resource and action, and in whatever else both have, and came in as different records:
    in another log of the source, or of another source of its system.

    Args:
        state: Knows the log already.
    """
    receipt = log.receipt
    state.called[receipt.id] = receipt.file_name
    own = next((one for one in state.known if one.log.import_id == receipt.id), None)
    if own is None:
        return log
    offer_compare_form(connection)
    connection.execute("CREATE OR REPLACE TABLE told_twice (record BIGINT, alike BIGINT, import_id INTEGER)")
    staged = _of_own_source(state, [own])
    for known in _compared(state, own):
        _compare(connection, staged, known, known.within(own.span))
    counted = "SELECT coalesce(sum(alike), 0)::BIGINT FROM (SELECT DISTINCT record, alike FROM told_twice)"
    (count,) = one_row(connection, counted)
    if not count:
        return log
    imports = connection.execute("SELECT DISTINCT import_id FROM told_twice ORDER BY 1").fetchall()
    told = _in_words(count, [state.called[one] for (one,) in imports])
    return replace(log, told_before=count, notices=(*log.notices, told))


def _compared(state: SourceState, own: KnownLog) -> Iterator[_Compared]:
    earlier = [one for one in state.known if one is not own and _overlap(one.span, own.span)]
    if earlier:
        yield _of_own_source(state, earlier)
    beside = [one for one in state.beside if _overlap(one.span, own.span)]
    if beside:
        keys = {one.log.source_key for one in beside}
        names = {key: paths for key, paths in state.beside_names.items() if key in keys}
        yield _Compared(beside, Store(tuple(one.log for one in beside), names), None)


def _of_own_source(state: SourceState, logs: Sequence[KnownLog]) -> _Compared:
    alone = tuple(replace(one.log, source_key=0) for one in logs)
    return _Compared(logs, Store(alone, {0: tuple(state.names_files)}), state.names.new)


def _compare(connection: duckdb.DuckDBPyConnection, staged: _Compared, known: _Compared, within: str) -> None:
    """List which staged records agree with known ones: in second and account first, as few do; then in all."""
    _open(connection, staged)
    connection.execute(f"CREATE OR REPLACE TABLE asked AS SELECT {_WHEN_AND_WHO} FROM {_EVENTS}")  # noqa: S608 - our own
    _open(connection, known)
    _list_words(connection, within, "import_id", "known_words")
    connection.execute("CREATE OR REPLACE TABLE asked AS SELECT DISTINCT second, who FROM known_words")
    (count,) = one_row(connection, "SELECT count(*) FROM asked")
    if not count:
        return
    _open(connection, staged)
    _list_words(connection, "true", "min(record) AS record, count(*) AS alike", "new_words")
    agreeing = f"""INSERT INTO told_twice SELECT DISTINCT n.record, n.alike, k.import_id
        FROM new_words n JOIN known_words k USING (second, who, resource, action)
        WHERE {_SAME_TIME} AND {_AGREE}"""  # noqa: S608 - our own words
    connection.execute(agreeing)


def _open(connection: duckdb.DuckDBPyConnection, of: _Compared) -> None:
    """Open events, and list by number how their accounts compare; an access of nobody agrees with none."""
    open_events(connection, of.store, new_names=of.new_names)
    named = connection.execute("SELECT number, name FROM names WHERE kind = 'account' AND trim(name) <> ''").fetchall()
    how = AccountNormalising()
    rows = [(number, how.key(name)) for number, name in named]
    load_rows(connection, "who_is", [("number", int), ("form", str)], rows)
    connection.execute("CREATE OR REPLACE TABLE forms AS SELECT number, hash(form) AS who FROM who_is")


def _list_words(connection: duckdb.DuckDBPyConnection, where: str, beside: str, table: str) -> None:
    """List what those of the opened events say that are asked for; those that say the same are one."""
    picked = f"SELECT e.*, {_WHEN_AND_WHO} FROM {_EVENTS} WHERE ({where})"  # noqa: S608 - our own words
    connection.execute(f"CREATE OR REPLACE TABLE picked AS FROM ({picked}) WHERE (second, who) IN (FROM asked)")
    connection.execute(f"CREATE OR REPLACE TABLE {table} AS {_WORDS}, {beside} FROM in_words('picked') GROUP BY ALL")


def _in_words(count: int, imports: Sequence[str]) -> str:
    those = "1 of these accesses agrees" if count == 1 else f"{count:,} of these accesses agree"
    return (
        f"{those} in account, time, resource and action with accesses that came in under other ids in "
        f"{listed(imports, _MOST_IMPORTS)}. Where both exports tell the same accesses, each is counted twice: take one "
        "of the imports back, and import one kind of export alone."
    )


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    second = 1_000_000
    return max(one[0], other[0]) - second <= min(one[1], other[1])
