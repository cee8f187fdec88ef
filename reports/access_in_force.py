"""Who reaches which series at an instant, and by which grant: the questions of reports to a resolved policy."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from importlib.resources import files
from typing import NamedTuple

from access.resolve_grants import NAMED_FIRST, Policy
from config.bulk import one_row
from config.clock import microseconds

_AT_ONCE = 10_000
_KINDS = str([str(kind) for kind in NAMED_FIRST])


class Reach(NamedTuple):
    """One way to a series: of one employee, of every employee, or of a holder whom nobody stands for at that instant.

    `series` is a code, or `*` for all series; times are microseconds since 1970 in UTC, actions are bits.
    `employee_id` is empty where the grant is everyone's, or reaches nobody then; `people` says how many it reaches.
    """

    series: str
    kind: str
    through: str
    employee_id: str
    people: int
    employed: bool
    actions: int
    purposes: str
    start: int
    end: int
    timely: bool
    authority: str
    grant_id: str


def find_access_in_force(policy: Policy, instant: datetime) -> None:
    """Make the tables `reached_then` and `stated_then`, and the view `ways_then`, in the policy's connection."""
    policy.connection.execute(f"SET VARIABLE instant = {microseconds(instant)}")
    policy.connection.execute(files("reports").joinpath("access_in_force.sql").read_text("utf-8"))


def ways_in_force(policy: Policy) -> Iterator[Reach]:
    """Give every way to every series, by series, kind, holder and employee; as many as there are."""
    with closing(policy.connection.cursor()) as cursor:  # its own, so that the policy's is free meanwhile
        cursor.execute(
            f"""
            SELECT {", ".join(f'"{field}"' for field in Reach._fields)} FROM ways_then
            ORDER BY series, list_position({_KINDS}, kind), through, employee_id, grant_id, start"""  # noqa: S608 - our own words
        )
        while rows := cursor.fetchmany(_AT_ONCE):
            yield from map(Reach._make, rows)


class Counted(NamedTuple):
    """How many ways in force there are, how many of them reach nobody, and how many employees the others reach."""

    ways: int
    reaching_nobody: int
    people: int


def count_reached(policy: Policy) -> Counted:
    """Count the ways in force, and the employees reached."""
    ways, nobody = one_row(
        policy.connection, "SELECT count(*), count(*) FILTER (people = 0 OR NOT employed) FROM ways_then"
    )
    (people,) = one_row(policy.connection, "SELECT count(DISTINCT employee_id) FROM reached_then WHERE employed")
    return Counted(ways, nobody, people)
