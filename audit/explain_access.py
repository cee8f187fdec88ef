"""Did this person have a work assignment for this data, then, and why? One access decided as if an event said so."""

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from access.known_rows import About
from access.load_facts import load_facts
from access.resolve_grants import Policy
from access.rules import ACTIONS
from audit.build_cases import CaseBuilder
from audit.case import Decision, Target
from audit.rules import decide
from config.bulk import open_bulk, plain_faults
from config.errors import Invalid, NotFound
from config.work import Work
from inventory.queries import SeriesNames, all_series


@dataclass(frozen=True)
class AccessQuestion:
    """An access, as it might have been.

    Args:
        employee_id: Whose it was.
        series: The code or exact name of the data series.
        time: When, in UTC.
        known_at: As it was known here then; None = now.
    """

    employee_id: str
    series: str
    time: datetime
    action: str = "view"
    purpose: str = ""
    known_at: datetime | None = None


def explain_access(work: Work, question: AccessQuestion) -> Decision:
    """Decide one access; of the city, only what concerns this employee and this series is resolved.

    Raises:
        NotFound: No such employee, or no such series, is known; or there is no entity yet.
        Conflict: Several series have this name.
        Invalid: The action is none of the actions.
    """
    known_at = question.known_at or work.now
    code = SeriesNames(all_series(work.session, known_at)).find(question.series).code
    asked = About(question.employee_id, code)
    facts = load_facts(work.session, at=known_at, graces=work.settings.graces(), about=asked)
    with plain_faults(), closing(open_bulk(work.settings)) as connection:
        policy = Policy(facts, connection)
        return explain(policy, CaseBuilder(policy), question, series=code)


def explain(policy: Policy, builder: CaseBuilder, question: AccessQuestion, *, series: str) -> Decision:
    """Decide one access by a policy that is at hand.

    Args:
        series: The code of the question's series.

    Raises:
        NotFound: No such employee is known.
        Invalid: The action is none of the actions.
    """
    employee_id, action = question.employee_id, question.action.strip().casefold()
    if employee_id not in policy.facts.employees:
        raise NotFound(f'There is no employee with the id "{employee_id}". Ids are those of the employees file.')
    if action not in ACTIONS:
        raise Invalid(f'"{action}" is no action; the actions are {", ".join(ACTIONS)}.')
    case = builder.build(
        time=question.time,
        account=employee_id,
        resource=series,
        action=action,
        purpose=question.purpose,
        target=Target.SERIES,
        standing=builder.standing_of(employee_id, question.time),
        employee_id=employee_id,
        series=series,
    )
    return decide(case)
