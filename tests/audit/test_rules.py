"""Each row of the decision table with its sentence, and the order of the rows."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from access.rules import GrantKind
from audit.rules import DECISION_TABLE, VERDICT_OF, Standing, Target, Verdict, decide
from tests.builders import APRIL_1, MARCH_1, MAY_1, a_case, a_grant

DUTY = a_grant(
    grant_id="temporary-duty:3",
    kind=GrantKind.TEMPORARY_DUTY,
    through="",
    start=MARCH_1,
    end=MAY_1,
    authority="granted by Bo Larson: covers for a colleague",
)
SPECIFIED = a_grant(
    grant_id="officer-duty:9", kind=GrantKind.OFFICER_DUTY, through="", authority="specified duty: answer a request"
)
# 9 April 2025, 12:00 UTC is 07:00 in Chicago
LATE = datetime(2025, 4, 9, 15, tzinfo=UTC)

# Reason, verdict, what the case has, and the sentence: in the table's order, each case also fits some later rows.
ROWS: list[tuple[str, str, dict[str, Any], str]] = [
    (
        "ignored",
        "out_of_scope",
        {"target": Target.IGNORE, "standing": Standing.NOT_EMPLOYED},
        '"case/17" is left out of audits: its pattern says ignore.',
    ),
    (
        "public_data",
        "authorized",
        {"target": Target.PUBLIC, "standing": Standing.NOT_EMPLOYED},
        '"case/17" is mapped to public data, which anybody may see.',
    ),
    (
        "public_data",
        "authorized",
        {"series_public": True, "standing": Standing.UNKNOWN},
        "Every class of Case files is public.",
    ),
    (
        "not_employed",
        "unauthorized",
        {"standing": Standing.NOT_EMPLOYED, "last_separation": APRIL_1, "grants": [a_grant()]},
        (
            "The account aolson belonged to Ann Olson, who was not employed then: "
            "employment had ended on 1 April 2025, 00:00, 8 days before."
        ),
    ),
    (
        "not_employed",
        "unauthorized",
        {"standing": Standing.NOT_EMPLOYED, "target": Target.NOTHING},
        "The account aolson belonged to Ann Olson, who was not employed then: no employment had begun.",
    ),
    (
        "uninventoried_resource",
        "unresolved",
        {"target": Target.NOTHING, "standing": Standing.SHARED},
        'No pattern maps "case/17" to a data series of the inventory; add one, or map it to ignore.',
    ),
    (
        "shared_account",
        "unresolved",
        {"standing": Standing.SHARED, "untestable": ("some",)},
        "The account aolson is a shared or service account: it names nobody, so nobody's assignment applies.",
    ),
    (
        "unknown_account",
        "unresolved",
        {"standing": Standing.UNKNOWN, "untestable": ("some",)},
        "The account aolson belonged to no known employee then.",
    ),
    (
        "unknown_account",
        "unresolved",
        {"standing": Standing.UNKNOWN, "account": ""},
        "The account (none given) belonged to no known employee then.",
    ),
    (
        "assigned",
        "authorized",
        {"grants": [SPECIFIED, a_grant()]},
        (
            "The position Police Clerk of Ann Olson was in force for Case files "
            "and covers the access (job description of 2024)."
        ),
    ),
    (
        "assigned",
        "authorized",
        {"grants": [DUTY], "in_office": True},
        (
            "A temporary duty of Ann Olson was in force for Case files and covers the access "
            "(granted by Bo Larson: covers for a colleague)."
        ),
    ),
    (
        "officer_duty",
        "authorized",
        {"grants": [a_grant(timely_from=LATE), SPECIFIED], "in_office": True},
        "Ann Olson held a designated office then, with a specified duty: answer a request.",
    ),
    (
        "backdated",
        "unresolved",
        {"grants": [a_grant(timely_from=LATE), a_grant(purposes="audit")]},
        (
            "The position Police Clerk of Ann Olson was in force for Case files, but it was recorded only "
            "after the access, 3 hours too late to count as timely."
        ),
    ),
    (
        "purpose_not_described",
        "unauthorized",
        {"grants": [a_grant(actions="print"), a_grant(purposes="audit;payroll")], "purpose": " My own "},
        (
            "The position Police Clerk of Ann Olson was in force for Case files, for these purposes: audit, payroll; "
            'the access gave "My own".'
        ),
    ),
    (
        "purpose_not_described",
        "unauthorized",
        {"grants": [a_grant(purposes="audit")]},
        (
            "The position Police Clerk of Ann Olson was in force for Case files, for these purposes: audit; "
            "the access gave no purpose."
        ),
    ),
    (
        "action_exceeds_assignment",
        "unauthorized",
        {"grants": [a_grant(actions="view;search")], "action": "export", "in_office": True},
        (
            "The position Police Clerk of Ann Olson was in force for Case files, for these actions: view, search; "
            "the access was: export."
        ),
    ),
    (
        "officer_without_duty",
        "unresolved",
        {"in_office": True, "untestable": ("some",)},
        "Ann Olson held a designated office then, but no specified duty covers Case files.",
    ),
    (
        "untestable_access",
        "unresolved",
        {"untestable": ("certain employees", "others"), "grants": [a_grant(end=APRIL_1)]},
        (
            'The inventory grants Case files to "certain employees"; "others", which names no known holder; '
            "resolve or dismiss that part."
        ),
    ),
    (
        "assignment_ended",
        "unauthorized",
        {"grants": [a_grant(end=MARCH_1), a_grant(end=APRIL_1), a_grant(start=MAY_1)]},
        (
            "The position Police Clerk of Ann Olson covered Case files until 1 April 2025, 00:00; "
            "the access was 8 days later. Bo Larson, the supervisor, could have extended it."
        ),
    ),
    (
        "assignment_not_begun",
        "unauthorized",
        {"grants": [a_grant(start=MAY_1), a_grant(start=LATE)]},
        (
            "The position Police Clerk of Ann Olson covers Case files from 9 April 2025, 10:00; "
            "the access was 3 hours earlier."
        ),
    ),
    (
        "no_work_assignment",
        "unauthorized",
        {},
        "No work assignment of Ann Olson has ever covered Case files. Those who have it: Investigator (Police).",
    ),
    (
        "no_work_assignment",
        "unauthorized",
        {"holders": ""},
        "No work assignment of Ann Olson has ever covered Case files. Nobody's work assignment covers it.",
    ),
]


@pytest.mark.parametrize(("reason", "verdict", "changes", "sentence"), ROWS, ids=[row[0] for row in ROWS])
def test_the_first_row_that_fits_decides_and_says_why_in_a_sentence(
    reason: str, verdict: str, changes: dict[str, Any], sentence: str
) -> None:
    decision = decide(a_case(**changes))

    assert (decision.reason, decision.verdict, decision.explanation) == (reason, verdict, sentence)


def test_the_table_has_the_rows_of_the_rules_in_their_order() -> None:
    assert [rule.__name__ for _, rule in DECISION_TABLE] == list(dict.fromkeys(reason for reason, *_ in ROWS))
    assert {reason: str(verdict) for reason, verdict in VERDICT_OF.items()} == {row[0]: row[1] for row in ROWS}


def test_no_sentence_says_that_anybody_is_guilty() -> None:
    said = " ".join(decide(a_case(**changes)).explanation for _, _, changes, _ in ROWS)

    assert not re.search(
        r"guilt|wilful|willful|knowing|violat|illegal|unlawful|misuse|snoop|criminal|offen[cs]e", said, re.IGNORECASE
    )


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


def test_verdicts_are_the_four_words() -> None:
    assert {str(verdict) for verdict in Verdict} == {"authorized", "unauthorized", "unresolved", "out_of_scope"}
