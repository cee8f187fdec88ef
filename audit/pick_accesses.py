"""Pick the decided events that are looked at one by one: the flagged, and a sample."""

from dataclasses import dataclass

import duckdb
import numpy as np

from audit.case import Standing, Target
from audit.decided import FLAGGED, Decided
from audit.logs.event_store import Store
from audit.logs.event_words import words_of
from audit.map_names import standing_of, target_of
from audit.rules import REASONS
from audit.tally import Tally
from config.bulk import load_rows

_KINDS = ("account", "resource", "action", "subject", "purpose")
_FURTHER = ("source_key", "subject", "subject_count")
# What is told of an event that is looked at, by texts and numbers that mean the same at every audit.
PICKED = (
    *("place", "instant", "source", "file", "record", "account", "account_form", "resource", "action", "subject"),
    *("purpose", "raw_purpose", "rule", "resource_rule", "account_rule", "employee_id", "code"),
)
_FROM_ELSEWHERE = {"account_form": "f.form AS account_form", "employee_id": "e.employee_id", "code": "s.code"}
_PICKED = """
    CREATE OR REPLACE TABLE picked AS
    SELECT {columns}
    FROM ({words}) w
    LEFT JOIN listed l USING (place)
    LEFT JOIN account_forms f ON f.account = w.account_number
    LEFT JOIN employees e USING (employee_key)
    LEFT JOIN series s USING (series_key)
    WHERE l.place IS NOT NULL OR w.rule IN {flagged}
"""


@dataclass(frozen=True)
class Sampled:
    """A decided event as the bulk decision has it; `time` in microseconds since 1970 in UTC."""

    place: str
    time: int
    account: str
    resource: str
    action: str
    purpose: str
    target: Target
    standing: Standing
    employee_id: str
    series: str
    reason: str


def pick_accesses(decided: Decided, tally: Tally) -> None:
    """Tell a tally of all decided events, and make the table `picked` of those that are flagged or that it lists.

    It has the columns PICKED: `place` is the event's import and record in one number, `code` that of its series.
    """
    connection = decided.connection
    made = "CREATE OR REPLACE TABLE picked_numbers AS"
    for batch in decided.batches(further_columns(decided.store)):
        wanted = tally.take(batch)
        connection.register("picked_batch", batch.columns(np.flatnonzero(wanted)))
        connection.execute(f"{made} FROM picked_batch")
        made = "INSERT INTO picked_numbers"
    put_in_words(connection, decided.store, tally)


def further_columns(store: Store) -> tuple[str, ...]:
    """Give the columns of events that are told of picked ones beside those that decide."""
    return (*_FURTHER, *(f"{kind}_whole" for kind in _KINDS if store.has_whole_names))


def put_in_words(connection: duckdb.DuckDBPyConnection, store: Store, tally: Tally) -> None:
    """Make the table `picked` of the table `picked_numbers`, which may hold events beside those that are wanted."""
    load_rows(connection, "listed", [("place", int)], [(place,) for place in tally.listed()])
    events = "(SELECT *, account AS account_number FROM picked_numbers)"
    words = words_of(events, _KINDS, whole=store.has_whole_names)
    columns = ", ".join(_FROM_ELSEWHERE.get(name, f"w.{name}") for name in PICKED)
    connection.execute(_PICKED.format(columns=columns, words=words, flagged=FLAGGED))


def sample_of(connection: duckdb.DuckDBPyConnection, tally: Tally) -> list[Sampled]:
    """Give, of the table `picked`, the events that a tally wants cross-examined; in a stated order."""
    load_rows(connection, "sampled", [("place", int)], [(place,) for place in tally.sampled()])
    rows = connection.execute(
        "SELECT concat(file, ', record ', record), instant, account, resource, action, purpose, resource_rule, "
        "account_rule, coalesce(employee_id, ''), coalesce(code, ''), rule FROM picked SEMI JOIN sampled USING (place) "
        "ORDER BY place"
    ).fetchall()
    return [_sampled(*row) for row in rows]


def _sampled(
    place: str,
    time: int,
    account: str,
    resource: str,
    action: str,
    purpose: str,
    resource_rule: int,
    account_rule: int,
    employee_id: str,
    series: str,
    rule: int,
) -> Sampled:
    target, standing = target_of(resource_rule, series), standing_of(account_rule)
    reason = REASONS[rule - 1]
    return Sampled(place, time, account, resource, action, purpose, target, standing, employee_id, series, reason)
