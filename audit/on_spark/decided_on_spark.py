"""The decided events of a range where Spark decides them: the numbers are the same, and so is what is asked of them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import pyarrow as pa

from access.accounts import AccountNormalising
from access.resolve_grants import Policy
from audit.decided import NEEDED, Decided, Range
from audit.logs.event_store import Store
from audit.map_names import NO_RULE
from audit.on_spark.open_spark import open_spark
from audit.on_spark.spark_tables import SparkTables
from config.bulk import one_row
from config.settings import Settings

# What decides is small beside the events: it is worked out in DuckDB, and given to Spark.
_GIVEN = {
    "grants": 'SELECT pair, start, "end", timely_from, actions, purposes_key, of_an_office FROM grants',
    **{
        name: f"FROM {name}"
        for name in (
            *("listed_purposes", "described_purposes", "action_bits", "whole_names"),
            *("resource_rules", "counted_resource_rules", "account_spells", "action_keys", "purpose_keys"),
        )
    },
}
_VARIABLES = ("first", "last", "beyond", "series_count")
_DECIDED = (
    *("rule", "resource_rule", "account_rule", "employee_key", "series_key", "purpose_key", "span_start", "span_end"),
)


@contextmanager
def decided_on_spark(
    policy: Policy, store: Store, normalising: Mapping[int, AccountNormalising], asked: Range, settings: Settings
) -> Iterator["DecidedOnSpark"]:
    """Give the events of a range as Spark decides them, as long as the context lasts.

    Raises:
        Conflict: Spark is not installed here, or fails.
        Invalid: The file of Spark's settings cannot be read.
    """
    with open_spark(settings) as session:
        tables = SparkTables(session, policy.connection, settings.spark_events)
        yield DecidedOnSpark(policy, store, normalising, tables, asked)


class DecidedOnSpark(Decided):
    """The stored events of a range, each with its rule, as Spark decides it.

    In Spark the view `decided_events` has the events with what was decided of each (`look_up_rules.sql`), and what
    `columns` names.

    Args:
        tables: Of the session.
    """

    def __init__(
        self,
        policy: Policy,
        store: Store,
        normalising: Mapping[int, AccountNormalising],
        tables: SparkTables,
        asked: Range | None = None,
    ) -> None:
        self.tables = tables
        super().__init__(policy, store, normalising, asked)

    def columns(self, further: Sequence[str]) -> str:
        """Name the columns of events with what was decided of them.

        Args:
            further: As of `batches`.
        """
        return ", ".join(dict.fromkeys(("instant", *NEEDED, *further, *_DECIDED)))

    def _open(self) -> None:
        tables = self.tables
        asked = ", ".join(f"getvariable('{name}')" for name in _VARIABLES)
        values = one_row(self.connection, f"SELECT {asked}")
        tables.variables |= dict(zip(_VARIABLES, values, strict=True))
        tables.variables |= {"no_rule": NO_RULE, "no_assignment": NO_RULE - 1}
        events = self._opened.sql(tables.rows_of)  # first of all, as a file may be missing where Spark looks for it
        for name, query in _GIVEN.items():
            tables.give(name, query)
        tables.make_of_file("decide_events.sql")
        with_instant = f"SELECT epoch_us(time) AS instant, * EXCLUDE (time) FROM ({events})"  # noqa: S608 - our own
        tables.make(f"CREATE VIEW events_to_decide AS {with_instant}")
        tables.make_of_file("look_up_rules.sql")

    def _tables(self, further: Sequence[str]) -> Iterator[pa.Table]:
        columns = self.columns(further)
        self.tables.make(f"CREATE TABLE all_decided AS SELECT {columns} FROM decided_events")  # noqa: S608 - our own
        return self.tables.ask_in_parts("all_decided", columns)
