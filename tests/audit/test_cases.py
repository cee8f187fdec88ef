"""What a decision makes of grants: when they hold, what they cover, which one is named and how."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from access.rules import GrantKind
from audit.case import Target
from audit.rules import decide
from tests.audit.case_grants import LATE, SPECIFIED
from tests.builders import APRIL_1, MARCH_1, a_case, a_grant


def test_an_access_shortly_after_a_duty_ended_says_how_long_after_and_who_could_have_extended_it() -> None:
    ended = datetime(2025, 3, 3, 23, tzinfo=UTC)
    case = a_case(time=ended + timedelta(minutes=41), grants=[a_grant(kind=GrantKind.TEMPORARY_DUTY, end=ended)])

    assert decide(case).explanation == (
        "A temporary duty of Ann Olson covered Case files until 3 March 2025, 17:00; the access was 41 minutes later. "
        "Bo Larson, the supervisor, could have extended it."
    )


def test_without_a_known_supervisor_nobody_is_said_to_have_been_able_to_extend_it() -> None:
    case = a_case(supervisor="", grants=[a_grant(end=APRIL_1)])

    assert decide(case).explanation.endswith("the access was 8 days later.")


@pytest.mark.parametrize(
    ("later", "said"),
    [
        *(
            (timedelta(0), "less than a second"),
            (timedelta(seconds=1), "1 second"),
            (timedelta(seconds=59), "59 seconds"),
        ),
        *((timedelta(minutes=1), "1 minute"), (timedelta(hours=1), "1 hour"), (timedelta(hours=47), "1 day")),
        (timedelta(days=1500), "1,500 days"),
    ],
)
def test_lengths_of_time_are_said_as_people_say_them(later: timedelta, said: str) -> None:
    case = a_case(time=MARCH_1 + later, grants=[a_grant(end=MARCH_1)])

    assert f"the access was {said} later." in decide(case).explanation


@pytest.mark.parametrize(
    ("kind", "through", "begins"),
    [
        (GrantKind.POSITION, "Clerk", "The position Clerk of Ann Olson was in force"),
        (GrantKind.DEPARTMENT, "Police", "The position of Ann Olson in Police was in force"),
        (GrantKind.EVERYONE, "every employee", "Work access of every employee, Ann Olson among them, was in force"),
        (GrantKind.EMPLOYEE, "", "Work access of Ann Olson was in force"),
        (GrantKind.TEMPORARY_DUTY, "", "A temporary duty of Ann Olson was in force"),
    ],
)
def test_a_sentence_names_the_grant_by_its_kind(kind: GrantKind, through: str, begins: str) -> None:
    assert decide(a_case(grants=[a_grant(kind=kind, through=through)])).explanation.startswith(begins)


def test_a_grant_holds_from_its_start_up_to_not_including_its_end() -> None:
    moment = a_case().time
    tick = timedelta(microseconds=1)

    def reason(**period: datetime) -> str:
        return decide(a_case(grants=[a_grant(**period)])).reason

    assert reason(start=moment, end=moment + tick) == "assigned"
    assert reason(start=moment - tick, end=moment) == "assignment_ended"
    assert reason(start=moment + tick) == "assignment_not_begun"


def test_a_grant_recorded_at_the_last_timely_moment_is_timely() -> None:
    moment = a_case().time

    assert decide(a_case(grants=[a_grant(timely_from=moment)])).reason == "assigned"
    assert decide(a_case(grants=[a_grant(timely_from=moment + timedelta(microseconds=1))])).reason == "backdated"


def test_other_is_covered_by_every_action_alone() -> None:
    assert decide(a_case(action="other", grants=[a_grant(actions="*")])).reason == "assigned"
    assert decide(a_case(action="other", grants=[a_grant(actions="view;other")])).reason == "action_exceeds_assignment"


def test_purposes_compare_trimmed_and_case_folded() -> None:
    assert decide(a_case(purpose=" CASE Review ", grants=[a_grant(purposes="audit;case review")])).reason == "assigned"
    assert decide(a_case(purpose="STRASSE", grants=[a_grant(purposes="strasse")])).reason == "assigned"


def test_the_first_timely_grant_that_covers_is_named() -> None:
    grants = [
        a_grant(grant_id="work-access:1", timely_from=LATE),
        a_grant(grant_id="work-access:2", actions="print"),
        a_grant(grant_id="work-access:3"),
        a_grant(grant_id="work-access:4"),
    ]
    decision = decide(a_case(grants=grants))

    assert decision.grant is grants[2]


def test_an_officer_rests_on_the_specified_duty() -> None:
    assert decide(a_case(grants=[SPECIFIED], in_office=True)).grant is SPECIFIED


def test_the_grant_named_of_a_backdated_access_is_the_one_that_the_sentence_is_about() -> None:
    very_late = a_grant(grant_id="work-access:1", through="Sergeant", timely_from=LATE + timedelta(days=9))
    late = a_grant(grant_id="work-access:2", through="Clerk", timely_from=LATE)
    decision = decide(a_case(grants=[very_late, late]))

    assert decision.grant is late
    assert "The position Clerk" in decision.explanation
    assert "3 hours too late" in decision.explanation


@pytest.mark.parametrize("changes", [{"grants": [a_grant(end=APRIL_1)]}, {"target": Target.PUBLIC}, {}])
def test_where_no_grant_decided_none_is_named(changes: dict[str, Any]) -> None:
    assert decide(a_case(**changes)).grant is None
