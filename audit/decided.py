"""The decided events, opened one way by all who need them: in batches as numbers, or kept as a table to be asked.

The rule of an event is a number, its row in the decision table. Times are microseconds since 1970 in UTC.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

import numpy as np
import pyarrow as pa

from access.accounts import AccountNormalising
from access.resolve_grants import Policy
from audit.case import Verdict
from audit.decide_events import Decisions, Events, Lookups, Numbers
from audit.logs.event_keys import keyed_events
from audit.logs.event_store import Store
from audit.logs.open_events import open_events
from audit.map_events import map_events
from audit.rules import REASONS, VERDICT_OF
from config.bulk import load_rows, one_row
from config.bulk_columns import arrow_batches
from config.errors import Conflict

FLAGGED = tuple(
    number
    for number, reason in enumerate(REASONS, 1)
    if VERDICT_OF[reason] in {Verdict.UNAUTHORIZED, Verdict.UNRESOLVED}
)
# Named anew whenever the program would decide the same accesses otherwise, or explain them otherwise.
DECIDED_BY = "decision table of 16 rows, 4"
_ROWS_AT_ONCE = 122_880
NEEDED = ("import_id", "record", "account", "resource", "resource_count", "action", "purpose")


@dataclass(frozen=True)
class Range:
    """Events from `start` up to, not including, `end`, in microseconds since 1970 in UTC; None = no bound."""

    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class DecidedBatch:
    """Some events, as columns of numbers, and what was decided of them."""

    events: pa.Table
    decisions: Decisions
    lookups: Lookups

    def columns(self, rows: Numbers | None = None) -> pa.Table:
        """Give the events, all or some, with what was decided beside them."""
        events = self.events if rows is None else self.events.take(pa.array(rows))
        decided = self.decisions if rows is None else self.decisions.at(rows)
        start, end = self.lookups.edges(decided.span)
        return (
            events.append_column("rule", pa.array(decided.rule))
            .append_column("resource_rule", pa.array(decided.resource_rule))
            .append_column("account_rule", pa.array(decided.account_rule))
            .append_column("employee_key", pa.array(decided.employee, mask=decided.employee < 0))
            .append_column("series_key", pa.array(decided.series, mask=decided.series < 0))
            .append_column("purpose_key", pa.array(decided.purpose_key))
            .append_column("span_start", pa.array(start))
            .append_column("span_end", pa.array(end))
        )


class Decided:
    """The stored events of a range, each with its rule, by what a policy knows.

    In the policy's connection, `rules` has each rule's reason and verdict.

    Args:
        policy: What was known, resolved.
        store: The logs.
        normalising: How accounts compare, by source key; a source that is not named strips domains.
        asked: None = all events.
        chosen: The events are those of the view `numbered_events` in the policy's connection, chosen of the range's.
    """

    def __init__(
        self,
        policy: Policy,
        store: Store,
        normalising: Mapping[int, AccountNormalising],
        asked: Range | None = None,
        *,
        chosen: bool = False,
    ) -> None:
        self.policy = policy
        self.connection = policy.connection
        self.store = store
        self._is_of_all = not chosen and asked in {None, Range()}
        if not chosen:
            asked = asked or Range()
            self._opened = open_events(self.connection, store, asked.start, asked.end)
        map_events(policy, store, normalising)
        rows = [(number, reason, str(VERDICT_OF[reason])) for number, reason in enumerate(REASONS, 1)]
        load_rows(self.connection, "rules", [("rule", int), ("reason", str), ("verdict", str)], rows)
        self._open()

    @cached_property
    def events(self) -> int:
        """How many events there are in the range."""
        (events,) = one_row(self.connection, "SELECT count(*) FROM numbered_events")
        return int(events)

    def batches(self, further: Sequence[str] = ()) -> Iterator[DecidedBatch]:
        """Decide all events, some at a time, in no stated order; as many as there are.

        Args:
            further: Columns of `numbered_events` that are wanted beside those that decide.
        """
        columns = ", ".join(dict.fromkeys((*NEEDED, *further)))
        query = f"SELECT epoch_us(time) AS instant, {columns} FROM numbered_events"  # noqa: S608 - our own names
        cursor = self.connection.cursor()  # its own, so that the other is free meanwhile
        try:
            for events in arrow_batches(cursor, query, _ROWS_AT_ONCE):
                yield DecidedBatch(events, self._lookups.decide(as_numbers(events)), self._lookups)
        finally:
            cursor.close()

    def check_count(self, decided: int) -> None:
        """Refuse a result that does not hold each event once.

        Raises:
            Conflict: Events are missing from it, or doubled.
        """
        if decided != self.events or (self._is_of_all and decided != self.store.events):
            raise Conflict(
                f"{decided:,} accesses were decided, but {self.events:,} are stored and the record lists "
                f"{self.store.events:,}. Nothing was published; verify the data folder."
            )

    def keep(self) -> None:
        """Make the table `decided` of all events as numbers, with what was decided of each.

        Raises:
            Conflict: Not each event was decided once.
        """
        count = 0
        made = "CREATE OR REPLACE TABLE decided AS"
        for batch in self._tables(_ALL):
            self.connection.register("decided_batch", batch)
            self.connection.execute(f"{made} SELECT *, make_timestamp(instant) AS time FROM decided_batch")  # noqa: S608
            made = "INSERT INTO decided BY NAME"
            count += batch.num_rows
        self.check_count(count)

    def name_grants(self) -> None:
        """Name the grant on which each access rests: by which it was authorized, or came too late to be.

        Makes the tables `decided` and `uses` (`name_grants.sql`), and the view `decided_in_words` of all decided events
        in words, with `grant_id` (NULL where no grant decided), `reason`, `verdict`, `employee_id`, `series` and
        `event_key`.
        """
        self.keep()
        self.connection.execute(files("audit").joinpath("name_grants.sql").read_text("utf-8"))
        self.connection.execute(_IN_WORDS.format(keyed=keyed_events(self.store)))

    def _open(self) -> None:
        """Make ready what decides, of the tables of what is known and of mapped names."""
        self._lookups = lookups_of(self.policy)

    def _tables(self, further: Sequence[str]) -> Iterator[pa.Table]:
        """Give all events, some at a time, with what was decided of each; at least one table, which may be empty."""
        return (batch.columns() for batch in self.batches(further))


def lookups_of(policy: Policy, named: Lookups | None = None) -> Lookups:
    """Give what decides by a policy, of the tables of what is known and of mapped names in its connection.

    Args:
        named: What decides by other grants of the same employees and series, of the same mapped names.
    """
    policy.connection.execute(files("audit").joinpath("decide_events.sql").read_text("utf-8"))
    if named is not None:
        return named.by_other_grants()
    return Lookups(policy.connection, len(policy.employee_keys), len(policy.series_keys))


def as_numbers(events: pa.Table) -> Events:
    """Give the columns of events by which they are decided."""
    names = ("instant", "account", "resource", "resource_count", "action", "purpose")
    return Events(*(np.asarray(events.column(name).to_numpy()) for name in names))


# Every other column of an event as numbers.
_ALL = (
    *("source_key", "subject", "subject_count", "workstation", "workstation_count", "spelled", "record_id", "kept_key"),
    *(f"{kind}_whole" for kind in ("account", "resource", "action", "subject", "purpose", "workstation")),
)
_IN_WORDS = """
    CREATE OR REPLACE VIEW decided_with_grants AS
    SELECT d.*, s.grant_id
    FROM decided d
    LEFT JOIN grants_used u
        ON u.pair = d.employee_key * getvariable('series_count') + d.series_key AND u.span_start = d.span_start
        AND u.action = d.action AND u.purpose_key = d.purpose_key AND u.rule = d.rule
    LEFT JOIN stated s USING (stated);
    CREATE OR REPLACE VIEW decided_in_words AS
    SELECT w.*, k.event_key, r.reason, r.verdict, e.employee_id, c.code AS series
    FROM in_words('decided_with_grants') w
    JOIN (SELECT import_id, record, event_key FROM ({keyed})) k USING (import_id, record)
    JOIN rules r USING (rule)
    LEFT JOIN employees e USING (employee_key)
    LEFT JOIN series c USING (series_key);
"""
