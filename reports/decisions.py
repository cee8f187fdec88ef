"""The decisions: every event of a range with its verdict, its reason and the grant it rests on, in a stated order."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from access.load_facts import load_facts
from access.resolve_grants import Policy
from audit.case import Verdict
from audit.decided import Decided, Range
from audit.engines import decided_events
from audit.logs.account_forms import normalising_of
from audit.logs.event_store import stored_logs
from audit.masked_subjects import masked_rows, offer_masks
from audit.rules import VERDICT_OF
from config.bulk import open_bulk, plain_faults
from config.clock import microseconds
from config.compare_sql import offer_compare_form
from config.errors import Invalid
from config.settings import Settings

COLUMNS = (
    *("event_id", "source", "file", "record", "time", "account", "employee_id", "resource"),
    *("series", "action", "subject", "purpose", "verdict", "reason", "grant"),
)
# The imports of one file's name come one after the other, as it was imported.
IN_ORDER = "ORDER BY source, file, import_id, record, event_id"
_AT_ONCE = 10_000
_VERDICTS = [str(one) for one in (Verdict.UNAUTHORIZED, Verdict.UNRESOLVED, Verdict.AUTHORIZED, Verdict.OUT_OF_SCOPE)]

_DECISIONS = """
    CREATE OR REPLACE VIEW decisions AS
    SELECT coalesce(record_id, event_key::VARCHAR) AS event_id, source, file, record, time,
        nullif(account, '') AS account, employee_id, nullif(resource, '') AS resource, series, action,
        nullif(subject, '') AS subject, nullif(purpose, '') AS purpose, verdict, reason, grant_id AS "grant", import_id
    FROM decided_in_words
"""


@contextmanager
def deciding(
    session: Session,
    settings: Settings,
    *,
    known_at: datetime,
    start: datetime | None = None,
    end: datetime | None = None,
) -> Iterator[Decided]:
    """Decide the events in [start, end), None = no bound, by what was known at an instant, and name their grants.

    The connection also has the view `decisions`; it lasts as long as the context.

    Raises:
        Invalid: The range ends before it begins.
        NotFound: There is no entity yet.
        Conflict: A file of the store is not as its receipt says, the disk is full, or the memory allowed does not
            suffice.
    """
    check_range(start, end)
    facts = load_facts(session, at=known_at, graces=settings.graces())
    store = stored_logs(session, settings.data_dir)
    bounds = (None if bound is None else microseconds(bound) for bound in (start, end))
    with closing(open_bulk(settings)) as connection, plain_faults():
        policy, normalising = Policy(facts, connection), normalising_of(session, store)
        with decided_events(policy, store, normalising, Range(*bounds), settings) as decided:
            decided.name_grants()
        connection.execute(_DECISIONS)
        yield decided


def check_range(start: datetime | None, end: datetime | None) -> None:
    """Refuse a range of events that is none.

    Raises:
        Invalid: It ends before it begins, or as it begins.
    """
    if start is not None and end is not None and end <= start:
        raise Invalid("The range of events must end after it begins.")


def masked_decisions(decided: Decided, rows: str) -> str:
    """Give the SQL of decisions in which whom accesses are about is masked, given the SQL of some of them."""
    offer_compare_form(decided.connection)
    offer_masks(decided.connection)
    return masked_rows(rows)


def count_by_reason(decided: Decided) -> list[tuple[str, str, int]]:
    """Give how many events have each verdict and reason, in the order of the decision table."""
    rows = decided.connection.execute(
        "SELECT reason, count(*) FROM decided JOIN rules USING (rule) GROUP BY reason"
    ).fetchall()
    counts = dict(rows)
    decided.check_count(sum(counts.values()))
    return [(verdict, reason, counts[reason]) for reason, verdict in VERDICT_OF.items() if reason in counts]


def decision_rows(decided: Decided, *, masks_subjects: bool = False) -> Iterator[tuple[Any, ...]]:
    """Give the decisions as people read them, as many as there are: possible unauthorized first, then unresolved.

    Args:
        masks_subjects: Whom accesses are about is masked.

    Returns:
        A row of COLUMNS each, with `time` aware and in UTC; within a verdict by source, file and record.
    """
    columns = ", ".join(f'"{column}"' for column in COLUMNS)
    place = COLUMNS.index("time")
    by_verdict = f"list_position({_VERDICTS}, verdict), "
    order = IN_ORDER.replace("ORDER BY ", f"ORDER BY {by_verdict}")
    # on the policy's own connection, as a cursor of it would not see the variables by which events are decided
    rows_from = masked_decisions(decided, "decisions") if masks_subjects else "decisions"
    found = decided.connection.execute(f"SELECT {columns} FROM {rows_from} {order}")  # noqa: S608 - our own names
    while rows := found.fetchmany(_AT_ONCE):
        for row in rows:
            yield (*row[:place], row[place].replace(tzinfo=UTC), *row[place + 1 :])
