"""Put a sample of an audit's decisions to the two other deciders: Casbin, and the decision table in plain Python.

Sampled are events at random of every reason, and those nearest to an edge of a grant. If one answer differs, the audit
publishes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from access.enforcer import Enforcers
from access.resolve_grants import Policy, grants_by_pair
from access.rules import Grant
from audit.explain import CaseBuilder
from audit.rules import RESTS_ON_GRANTS, decide
from config.bulk import load_rows
from config.clock import from_microseconds
from config.errors import Conflict


@dataclass(frozen=True)
class Sampled:
    """A decided event as the bulk decision has it; `time` in microseconds since 1970 in UTC."""

    event_key: str
    time: int
    account: str
    resource: str
    action: str
    purpose: str
    target: str
    standing: str
    employee_id: str
    series: str
    reason: str


@dataclass(frozen=True)
class Examination:
    """How many decisions were put to the other deciders, and how many of their answers agreed."""

    put: int
    agreed: int


_SAMPLE = """
    WITH shown AS (
        SELECT reason, event_key, least(instant - span_start, span_end - instant) AS distance, struct_pack(
            event_key := event_key::VARCHAR, time := instant, account := account, resource := resource, action := action,
            purpose := purpose, target := target, standing := standing, employee_key := employee_key,
            series_key := series_key, reason := reason) AS event
        FROM decided
    )
    SELECT reason, count(*), arg_min(event, event_key, {each}) AS at_random,
        arg_min(event, distance, {each}) FILTER (distance IS NOT NULL) AS near_an_edge
    FROM shown GROUP BY reason ORDER BY reason
"""


def count_and_sample(policy: Policy, cross_examined: int) -> tuple[dict[str, int], list[Sampled]]:
    """Count the decided events by reason and pick those to cross-examine, in one pass.

    Args:
        cross_examined: How many to pick at random, and again how many of those nearest to an edge of a grant.
    """
    rows = policy.connection.execute(_SAMPLE.format(each=cross_examined)).fetchall()
    counts = {reason: count for reason, count, _, _ in rows}
    at_random = _take_turns([random for _, _, random, _ in rows], cross_examined)
    near_an_edge = _take_turns([near or [] for _, _, _, near in rows], cross_examined)
    employees = {key: name for name, key in policy.employee_keys.items()}
    codes = {key: code for code, key in policy.series_keys.items()}
    picked = {event["event_key"]: event for event in (*at_random, *near_an_edge)}
    return counts, [
        Sampled(
            **{name: event[name] for name in event if name not in {"employee_key", "series_key"}},
            employee_id=employees.get(event["employee_key"], ""),
            series=codes.get(event["series_key"], ""),
        )
        for _, event in sorted(picked.items())
    ]


def _take_turns(lists: Sequence[Sequence[Any]], most: int) -> list[Any]:
    """Take from each list in turn, so that every reason is heard, until there are enough."""
    taken: list[Any] = []
    for place in range(max(map(len, lists), default=0)):
        taken += [one[place] for one in lists if place < len(one)]
        if len(taken) >= most:
            break
    return taken[:most]


def cross_examine(policy: Policy, builder: CaseBuilder, sample: Sequence[Sampled]) -> Examination:
    """Ask Casbin and the decision table about sampled decisions.

    Raises:
        Conflict: An answer differs; the sentence names the event, and nothing may be published.
    """
    enforcers = Enforcers(policy.facts)
    pairs = {policy.pair(event.employee_id, event.series) for event in sample if event.employee_id and event.series}
    load_rows(policy.connection, "examined_pairs", [("pair", int)], [(pair,) for pair in sorted(pairs)])
    grants = grants_by_pair(policy.connection, "examined_pairs")
    for event in sample:
        pair = policy.pair(event.employee_id, event.series) if event.employee_id and event.series else None
        answers = {"the decision table": _by_table(builder, event, grants.get(pair, []) if pair is not None else [])}
        if event.reason in RESTS_ON_GRANTS:
            answers["Casbin"] = _by_casbin(enforcers, event)
        for decider, agrees in answers.items():
            if not agrees:
                raise Conflict(_difference(event, decider))
    return Examination(len(sample), len(sample))


def _by_table(builder: CaseBuilder, event: Sampled, grants: Sequence[Grant]) -> bool:
    case = builder.build(
        time=from_microseconds(event.time),
        account=event.account,
        resource=event.resource,
        action=event.action,
        purpose=event.purpose,
        target=event.target,
        standing=event.standing,
        employee_id=event.employee_id,
        series=event.series,
        grants=grants,
    )
    return decide(case).reason == event.reason


def _by_casbin(enforcers: Enforcers, event: Sampled) -> bool:
    asked = (event.employee_id, event.series, event.action, event.purpose)
    timely = enforcers.at(event.time, employees=[event.employee_id]).allows(*asked)
    if timely or event.reason in {"assigned", "officer_duty"}:
        return timely and event.reason in {"assigned", "officer_duty"}
    ever = enforcers.at(event.time, employees=[event.employee_id], late_too=True).allows(*asked)
    return ever == (event.reason == "backdated")


def _difference(event: Sampled, decider: str) -> str:
    when: datetime = from_microseconds(event.time)
    return (
        f"The audit published nothing: it decided the access of {event.account} to {event.resource} at {when.isoformat()} "
        f"(event {event.event_key}) as {event.reason}, but {decider} answers otherwise. "
        "This is a fault of the program; keep the data folder and report it."
    )
