"""Put a sample of an audit's decisions to the two other deciders: Casbin, and the decision table in plain Python.

If one answer differs, the audit publishes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from access.enforcer import Enforcers
from access.resolve_grants import Policy, grants_by_pair
from access.rules import Grant
from audit.build_cases import CaseBuilder
from audit.pick_accesses import Sampled
from audit.rules import RESTS_ON_GRANTS, decide
from config.bulk import load_rows
from config.clock import from_microseconds
from config.errors import Conflict


@dataclass(frozen=True)
class Examination:
    """How many decisions were put to the other deciders, and how many of their answers agreed."""

    put: int
    agreed: int


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
        f"The audit published nothing: it decided the access of {event.account} to {event.resource} at "
        f"{when.isoformat()} ({event.place}) as {event.reason}, but {decider} answers otherwise. "
        "This is a fault of the program; keep the data folder and report it."
    )
