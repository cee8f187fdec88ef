"""Each row of the decision table with its sentence, and the order of the rows."""

import re
from typing import Any

import pytest

from audit.case import Standing, Target, Verdict
from audit.rules import DECISION_TABLE, VERDICT_OF, decide
from tests.audit.case_grants import DUTY, LATE, SPECIFIED
from tests.builders import APRIL_1, MARCH_1, MAY_1, a_case, a_grant

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
            "employment had lasted through 31 March 2025, and ended 8 days before."
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
        {"standing": Standing.UNKNOWN, "account": "RECORDS01$"},
        (
            "The account RECORDS01$ belonged to no known employee then. It looks like a machine's or the system's "
            "account: it ends in $, as accounts of Windows computers and managed services do."
        ),
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
    (  # what somebody typed may tell of a person, and a sentence goes into lists and letters
        "purpose_not_described",
        "unauthorized",
        {"grants": [a_grant(purposes="audit")], "purpose": "plate QRS771"},
        (
            "The position Police Clerk of Ann Olson was in force for Case files, for these purposes: audit; "
            'the access gave "(masked)".'
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
            "The position Police Clerk of Ann Olson covered Case files through 31 March 2025; "
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


def test_verdicts_are_the_four_words() -> None:
    assert {str(verdict) for verdict in Verdict} == {"authorized", "unauthorized", "unresolved", "out_of_scope"}


def test_no_sentence_says_that_anybody_is_guilty() -> None:
    said = " ".join(decide(a_case(**changes)).explanation for _, _, changes, _ in ROWS)

    assert not re.search(
        r"guilt|wilful|willful|knowing|violat|illegal|unlawful|misuse|snoop|criminal|offen[cs]e", said, re.IGNORECASE
    )
