"""Did this person have a work assignment for this data, then, and why? One access decided as if an event said so."""

from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter

from access.about import About
from access.asked_purpose import PurposeReader
from access.facts import Facts
from access.find_employee import find_employee
from access.known_tables import TEMPORARY_DUTIES, WORK_ACCESS
from access.load_facts import load_facts
from access.purpose_map import PurposeMap
from access.resolve_grants import Policy
from access.rules import ACTIONS, described_purposes
from audit.build_cases import CaseBuilder
from audit.case import Decision, Target
from audit.rules import decide
from config.bulk import open_bulk, plain_faults
from config.errors import Invalid
from config.known_rows import KnownRows
from config.known_then import check_has_come
from config.texts import compare_form
from config.work import Work
from inventory.known_tables import SERIES
from inventory.series_names import SeriesNames


@dataclass(frozen=True)
class AccessQuestion:
    """An access, as it might have been.

    Args:
        employee: Whose it was: an id or a name.
        series: The code or exact name of the data series.
        time: When, in UTC.
        known_at: As it was known here then; None = now.
        source: In whose logs it would stand, so that the purpose is read as theirs; empty = nobody says.
    """

    employee: str
    series: str
    time: datetime
    action: str = "view"
    purpose: str = ""
    known_at: datetime | None = None
    source: str = ""


@dataclass(frozen=True)
class Explained:
    """A decision, and about whom and what it is; `purpose` is the one that was meant."""

    decision: Decision
    employee_id: str
    employee_name: str
    code: str
    series_name: str
    action: str
    purpose: str


def explain_access(work: Work, question: AccessQuestion) -> Explained:
    """Decide one access; of the city, only what concerns this employee and this series is resolved.

    Raises:
        NotFound: No such employee, series or source is known; or there is no entity yet.
        Conflict: Several employees, or several series, have this name.
        Invalid: The action is none of the actions, what is asked of has not come yet, or the purpose means different
            ones in the logs of different sources.
    """
    check_has_come(question.known_at, work.now)
    known_at = question.known_at or work.now
    action = _action(question.action)
    rows = KnownRows(work.reader, known_at)
    series = SeriesNames(sorted(rows.of(SERIES), key=attrgetter("code"))).find(question.series)
    employee = find_employee(work.reader, question.employee, at=known_at)
    about = About([employee.employee_id], [series.code])
    facts = load_facts(work.reader, at=known_at, graces=work.settings.graces(), about=about)
    purpose = _purpose(work, question, facts, known_at)
    with plain_faults(), closing(open_bulk(work.settings)) as connection:
        policy = Policy(facts, connection)
        decision = explain(
            CaseBuilder(policy),
            replace(question, employee=employee.employee_id, series=series.code, action=action, purpose=purpose),
        )
    return Explained(decision, employee.employee_id, employee.name, series.code, series.name, action, purpose)


def explain(builder: CaseBuilder, question: AccessQuestion) -> Decision:
    """Decide one access by a policy that is at hand.

    Args:
        question: It names the employee by id and the series by code; its action is one of the actions.
    """
    case = builder.build(
        time=question.time,
        account="",
        resource=question.series,
        action=question.action,
        purpose=question.purpose,
        target=Target.SERIES,
        standing=builder.standing_of(question.employee, question.time),
        employee_id=question.employee,
        series=question.series,
    )
    return decide(case)


def _purpose(work: Work, question: AccessQuestion, facts: Facts, known_at: datetime) -> str:
    sources = [_source(work, question.source)] if question.source else None

    def described() -> frozenset[str]:
        rows = KnownRows(work.reader, known_at)  # also what others than the one asked about were granted
        return described_purposes(row.purposes for table in (WORK_ACCESS, TEMPORARY_DUTIES) for row in rows.of(table))

    return PurposeReader(PurposeMap(facts.purposes), described).read(question.purpose, sources)


def _source(work: Work, name: str) -> str:
    from audit.logs.find_source import find_source  # noqa: PLC0415 - loads the tables of logs, which few questions need

    return find_source(work.session, name).name


def _action(text: str) -> str:
    action = compare_form(text)
    if action not in ACTIONS:
        raise Invalid(f'"{text}" is no action; the actions are {", ".join(ACTIONS)}.')
    return action
