"""Did this person have a work assignment for this data, then, and why? One access decided as if an event said so."""

from datetime import datetime

from access.resolve_grants import Policy
from access.rules import ACTIONS
from audit.build_cases import CaseBuilder
from audit.rules import Decision, Target, decide
from config.errors import Invalid, NotFound


def explain(
    policy: Policy, builder: CaseBuilder, *, employee_id: str, series: str, time: datetime, action: str, purpose: str
) -> Decision:
    """Decide one access as if an event said so: did this employee have a work assignment for this data, then, and why?

    Args:
        series: A series' code.

    Raises:
        NotFound: No such employee is known.
        Invalid: The action is none of the actions.
    """
    if employee_id not in policy.facts.employees:
        raise NotFound(f'There is no employee with the id "{employee_id}". Ids are those of the employees file.')
    if action not in ACTIONS:
        raise Invalid(f'"{action}" is no action; the actions are {", ".join(ACTIONS)}.')
    case = builder.build(
        time=time,
        account=employee_id,
        resource=series,
        action=action,
        purpose=purpose,
        target=Target.SERIES,
        standing=builder.standing_of(employee_id, time),
        employee_id=employee_id,
        series=series,
    )
    return decide(case)
