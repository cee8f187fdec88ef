"""Did this person have a work assignment for this data, then, and why? The question asked without an event."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from access.models import Assignment, Employee, Employment, Officer, Position, TemporaryDuty, WorkAccess
from audit.case import Decision
from audit.explain_access import AccessQuestion, explain_access
from config.errors import Conflict, Invalid, NotFound
from config.settings import Settings
from inventory.models import DataSeries, Entity, WorkAccessPart
from tests.builders import APRIL_1, DAY, JANUARY_1, MARCH_1, MAY_1, a_row
from tests.databases import on_both
from tests.installing import installed

LATER = datetime(2026, 1, 1, tzinfo=UTC)


class Asker:
    """Asks of what was recorded."""

    def __init__(self, session: Session, settings: Settings) -> None:
        self._session = session
        self._settings = settings

    def ask(
        self,
        time: datetime,
        *rows: Any,  # noqa: ANN401 - rows of any table
        employee_id: str = "E1",
        series: str = "S1",
        action: str = "view",
        purpose: str = "",
        known_at: datetime = LATER,
    ) -> Decision:
        """Record rows, and ask about one access."""
        self._session.add_all(rows)
        question = AccessQuestion(employee_id, series, time, action, purpose, known_at)
        with installed(self._session, self._settings).read() as work:
            return explain_access(work, question).decision


@pytest.fixture
def asker(session: Session, settings: Settings) -> Asker:
    """Give an asker of a city with Ann Olson, whose supervisor is Bo Larson, and the series Case files."""
    boss = [a_row(Employee, employee_id="E2", name="Bo Larson", manager_id=""), a_row(Employment, employee_id="E2")]
    session.add_all([a_row(model) for model in (Entity, Employee, Position, DataSeries)] + boss)
    return Asker(session, settings)


def test_an_access_with_an_assignment_is_authorized_and_the_grant_named(asker: Asker) -> None:
    access = a_row(WorkAccess, authority="job description")
    decision = asker.ask(MAY_1, a_row(Employment), a_row(Assignment), access)

    assert (decision.verdict, decision.reason) == ("authorized", "assigned")
    assert decision.grant is not None
    assert decision.grant.grant_id == f"work-access:{access.id}"
    assert decision.explanation == (
        "The position Police Clerk of Ann Olson was in force for Case files and covers the access (job description)."
    )


def test_after_a_duty_ended_the_supervisor_who_could_have_extended_it_is_named(asker: Asker) -> None:
    decision = asker.ask(APRIL_1 + timedelta(minutes=41), a_row(Employment), a_row(TemporaryDuty))

    assert decision.explanation == (
        "A temporary duty of Ann Olson covered Case files through 31 March 2025; the access was 41 minutes later. "
        "Bo Larson, the supervisor, could have extended it."
    )


def test_of_a_revoked_duty_it_is_said_by_whom_and_until_when_it_had_been_planned(asker: Asker) -> None:
    planned = a_row(TemporaryDuty, end=MAY_1, superseded_at=MARCH_1, recorded_at=JANUARY_1)
    revoked = {"end": MAY_1, "revoked_at": APRIL_1}
    versions = [
        a_row(TemporaryDuty, **revoked, recorded_at=MARCH_1, superseded_at=MARCH_1 + DAY, recorded_by="Jane Roe"),
        # a later version that says the same of it did not revoke it
        a_row(TemporaryDuty, **revoked, recorded_at=MARCH_1 + DAY, recorded_by="Bo Larson", reason="spelt better"),
    ]
    decision = asker.ask(APRIL_1 + DAY, a_row(Employment), planned, *versions)

    assert decision.explanation == (
        "A temporary duty of Ann Olson covered Case files until it was revoked by Jane Roe as of 1 April 2025; "
        "it had been planned through 30 April 2025; the access was 1 day later."
    )


def test_employee_and_series_are_found_by_id_or_name_however_they_are_spelt(asker: Asker) -> None:
    rows = [a_row(Employment), a_row(WorkAccess, holder_type="employee", holder="E1")]

    assert asker.ask(MAY_1, *rows, employee_id="ann  OLSON", series="case FILES").reason == "assigned"


def test_a_name_of_several_employees_is_refused_naming_them(asker: Asker) -> None:
    with pytest.raises(Conflict, match=r"E2 \(Bo Larson\), E9 \(BO LARSON\)"):
        asker.ask(MAY_1, a_row(Employee, employee_id="E9", name="BO LARSON"), employee_id="Bo Larson")


def test_outside_employment_it_is_said_when_employment_had_ended(asker: Asker) -> None:
    decision = asker.ask(
        MARCH_1 + 2 * DAY, a_row(Employment, end=JANUARY_1), a_row(Employment, start=JANUARY_1 + DAY, end=MARCH_1)
    )

    assert decision.reason == "not_employed"
    assert decision.explanation.endswith("employment had lasted through 28 February 2025, and ended 2 days before.")


def test_an_employee_without_any_period_of_employment_is_not_employed(asker: Asker) -> None:
    assert asker.ask(MARCH_1).explanation == "Ann Olson was not employed then: no employment had begun."


def test_nobody_can_say_what_will_be_known(asker: Asker) -> None:
    with pytest.raises(Invalid, match="which has not come yet"):
        asker.ask(MARCH_1, known_at=datetime(9000, 1, 1, tzinfo=UTC))


def test_the_office_counts_while_it_is_held(asker: Asker) -> None:
    asker.ask(MARCH_1, a_row(Employment), a_row(Officer, start=MARCH_1, end=APRIL_1))

    assert asker.ask(MARCH_1).reason == "officer_without_duty"
    assert asker.ask(APRIL_1).reason == "no_work_assignment"


@on_both
def test_it_is_answered_as_it_was_known_then(asker: Asker) -> None:
    rows = [a_row(Employment), a_row(Assignment), a_row(WorkAccess, recorded_at=APRIL_1)]
    tick = timedelta(microseconds=1)

    assert asker.ask(MAY_1, *rows, known_at=APRIL_1).reason == "assigned"
    assert asker.ask(MAY_1, known_at=APRIL_1 - tick).reason == "no_work_assignment"


def test_those_who_have_the_access_are_named_up_to_four(asker: Asker) -> None:
    rows = [a_row(Employment), a_row(WorkAccess), a_row(WorkAccess, actions="view")]
    rows += [a_row(WorkAccess, holder_type="department", holder="Police"), a_row(WorkAccessPart, part="Bo Larson")]
    said = asker.ask(MAY_1, *rows).explanation

    assert said == (
        "No work assignment of Ann Olson has ever covered Case files. "
        "Those who have it: Police Clerk (Police), the department Police, Bo Larson."
    )


def test_of_more_than_four_the_others_are_counted(asker: Asker) -> None:
    titles = ["A", "B", "C", "D", "E", "F"]
    positions = [a_row(Position, position_code=f"X{title}", title=title) for title in titles]
    accesses = [a_row(WorkAccess, holder=f"X{title}") for title in titles]
    said = asker.ask(MAY_1, a_row(Employment), *positions, *accesses).explanation

    assert said.endswith("Those who have it: A (Police), B (Police), C (Police), D (Police) and 2 more.")


def test_action_and_purpose_are_asked_for(asker: Asker) -> None:
    access = a_row(WorkAccess, actions="view", purposes="audit")
    asker.ask(MAY_1, a_row(Employment), a_row(Assignment), access)

    assert asker.ask(MAY_1, purpose=" AUDIT").reason == "assigned"
    assert asker.ask(MAY_1, purpose="curiosity").reason == "purpose_not_described"
    assert asker.ask(MAY_1, action="print").reason == "action_exceeds_assignment"


def test_an_employee_that_nobody_knows_is_refused(asker: Asker) -> None:
    with pytest.raises(NotFound, match='no employee with the id or name "E9"'):
        asker.ask(MARCH_1, employee_id="E9")


def test_what_is_no_action_is_refused_with_those_there_are(asker: Asker) -> None:
    with pytest.raises(Invalid, match='"look" is no action; the actions are view, search'):
        asker.ask(MARCH_1, action="look")
