"""The decisions: every event of a range with its verdict, its reason and the grant it rests on, in a stated order."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from access.load_facts import load_facts
from access.resolve_grants import Policy
from audit.decide_events import decide_events, map_events
from audit.logs.event_store import stored_files
from audit.logs.sources import normalising_of
from audit.name_grants import name_grants
from audit.rules import VERDICT_OF
from config.bulk import load_rows, open_bulk, plain_faults
from config.clock import microseconds
from config.errors import Invalid
from config.settings import Settings

COLUMNS = (
    *("event_id", "source", "file", "record", "time", "account", "employee_id", "resource"),
    *("series", "action", "subject", "purpose", "verdict", "reason", "grant"),
)
# The imports of one file's name come one after the other, as it was imported.
IN_ORDER = "ORDER BY source, file, import_id, record, event_id"
_AT_ONCE = 10_000

_DECISIONS = """
    CREATE OR REPLACE VIEW decisions AS
    SELECT coalesce(d.record_id, d.event_key::VARCHAR) AS event_id, d.source, d.file, d.record, d.time,
        nullif(d.account, '') AS account, e.employee_id, nullif(d.resource, '') AS resource, s.code AS series, d.action,
        nullif(d.subject, '') AS subject, nullif(d.purpose, '') AS purpose, v.verdict, v.reason, d.grant_id AS "grant",
        d.import_id
    FROM decided_by_grant d
    JOIN verdicts v ON v.reason = d.reason
    LEFT JOIN employees e USING (employee_key)
    LEFT JOIN series s USING (series_key)
"""


@contextmanager
def deciding(
    session: Session,
    settings: Settings,
    *,
    known_at: datetime,
    start: datetime | None = None,
    end: datetime | None = None,
) -> Iterator[Policy]:
    """Decide the events in [start, end), None = no bound, by what was known at an instant, and name their grants.

    The policy's connection has the views `decided`, `decided_by_grant` and `decisions` and the table `grants_used`;
    they last as long as the context.

    Raises:
        Invalid: The range ends before it begins.
        NotFound: There is no entity yet.
        Conflict: The disk is full, or the memory allowed does not suffice.
    """
    check_range(start, end)
    facts = load_facts(session, at=known_at, graces=settings.graces())
    stored = stored_files(session, settings.data_dir)
    first, after = (None if bound is None else microseconds(bound) for bound in (start, end))
    with closing(open_bulk(settings)) as connection, plain_faults():
        policy = Policy(facts, connection)
        map_events(policy, stored, normalising_of(session, stored), start=first, end=after)
        decide_events(policy)
        name_grants(policy)
        load_rows(connection, "verdicts", [("reason", str), ("verdict", str)], list(VERDICT_OF.items()))
        connection.execute(_DECISIONS)
        yield policy


def check_range(start: datetime | None, end: datetime | None) -> None:
    """Refuse a range of events that is none.

    Raises:
        Invalid: It ends before it begins, or as it begins.
    """
    if start is not None and end is not None and end <= start:
        raise Invalid("The range of events must end after it begins.")


def count_by_reason(policy: Policy) -> list[tuple[str, str, int]]:
    """Give how many events have each verdict and reason, in the order of the decision table."""
    rows = policy.connection.execute("SELECT reason, count(*) FROM decided GROUP BY reason").fetchall()
    counts = dict(rows)
    return [(verdict, reason, counts[reason]) for reason, verdict in VERDICT_OF.items() if reason in counts]


def decision_rows(policy: Policy) -> Iterator[tuple[Any, ...]]:
    """Give the decisions in their order, a row of COLUMNS each with `time` aware and in UTC; as many as there are."""
    columns = ", ".join(f'"{column}"' for column in COLUMNS)
    place = COLUMNS.index("time")
    with closing(policy.connection.cursor()) as cursor:  # its own, so that the policy's is free meanwhile
        cursor.execute(f"SELECT {columns} FROM decisions {IN_ORDER}")  # noqa: S608 - our own names
        while rows := cursor.fetchmany(_AT_ONCE):
            for row in rows:
                yield (*row[:place], row[place].replace(tzinfo=UTC), *row[place + 1 :])
