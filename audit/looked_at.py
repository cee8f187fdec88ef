"""The accesses of all logs that are about one employee: those whose subject is the employee's id."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import duckdb

from audit.logs.opened_logs import KeptLogs
from config.bulk import load_rows, plain_faults, text_sql
from config.clock import from_microseconds
from config.texts import compare_form
from config.work import Work

_WANTED_COLUMNS = [("subject", int), ("subject_count", int)]
_NAMES = "SELECT number, name FROM names WHERE kind = 'subject' AND starts_with($form, lower(name))"
# A number behind a name is written after a 1, and kept whole is what a source has too many of to number.
_ABOUT = """
    CREATE OR REPLACE TABLE about_one AS
    SELECT * FROM numbered_events e WHERE lower(trim(subject_whole)) = {form} OR EXISTS (
        FROM wanted_subjects w WHERE w.subject = e.subject AND w.subject_count = coalesce(e.subject_count, 0)
    )
"""
_NEWEST = """
    SELECT epoch_us(time), source, account, resource, action, purpose FROM in_words('about_one')
    ORDER BY time DESC, place DESC LIMIT {most}
"""


@dataclass(frozen=True)
class AccessAbout:
    """An access about somebody; its time is in UTC."""

    time: datetime
    source: str
    account: str
    resource: str
    action: str
    purpose: str


def accesses_about(work: Work, logs: KeptLogs, employee_id: str, *, most: int) -> list[AccessAbout]:
    """Give the newest accesses of each source that are about an employee, the newest first.

    Raises:
        Conflict: A file of the store is not as its receipt says, or the memory allowed does not suffice.
    """
    found, form = list[AccessAbout](), compare_form(employee_id)
    with plain_faults():
        opened = logs.of(work)
        for source in opened.store.sources.values():
            with opened.events_of_source(source) as connection:
                found += _of_source(connection, form, most)
    return sorted(found, key=lambda one: one.time, reverse=True)[:most]


def _of_source(connection: duckdb.DuckDBPyConnection, form: str, most: int) -> Iterator[AccessAbout]:
    named = connection.execute(_NAMES, {"form": form}).fetchall()
    load_rows(connection, "wanted_subjects", _WANTED_COLUMNS, list(_split(named, form)))
    connection.execute(_ABOUT.format(form=text_sql(form)))
    for instant, *texts in connection.execute(_NEWEST.format(most=most)).fetchall():
        yield AccessAbout(from_microseconds(instant), *texts)


def _split(named: list[tuple[int, str]], form: str) -> Iterator[tuple[int, int]]:
    """Give the numbers of names and the numbers behind them that together are a text."""
    for number, name in named:
        behind = form[len(name.lower()) :]
        if not behind:
            yield number, 0
        elif behind.isascii() and behind.isdecimal():
            yield number, int(f"1{behind}")
