"""Each reason has its meaning, law and remedy, and none of them speaks of guilt."""

import re

from audit.case import Verdict
from audit.rules import VERDICT_OF
from reports.legal_basis import LEGAL_BASIS, POSSIBLE, VERDICTS_IN_WORDS, legal_basis_sheet
from tests.reports.reading import table


def test_every_reason_has_a_row_in_the_order_of_the_decision_table() -> None:
    assert list(LEGAL_BASIS) == list(VERDICT_OF)
    assert [row["Reason"] for row in table([legal_basis_sheet()], "Legal basis")] == [
        one.in_words for one in LEGAL_BASIS.values()
    ]
    assert set(VERDICTS_IN_WORDS) == set(Verdict)


def test_no_two_reasons_read_alike() -> None:
    assert len({one.in_words for one in LEGAL_BASIS.values()}) == len(LEGAL_BASIS)


def test_nothing_calls_an_access_a_violation_or_an_employee_guilty() -> None:
    accusing = re.compile(r"\b(guilt|violat|illegal|unlawful|crime|criminal|misdemeanor|misuse)", re.IGNORECASE)
    texts = [POSSIBLE, *(text for one in LEGAL_BASIS.values() for text in vars(one).values())]

    assert [text for text in texts if accusing.search(text)] == []


def test_every_reason_for_possible_unauthorized_access_cites_the_three_sections_that_bear_on_it() -> None:
    for reason, verdict in VERDICT_OF.items():
        if verdict is Verdict.UNAUTHORIZED:
            basis = LEGAL_BASIS[reason].basis
            assert [law for law in ("13.05 subd. 5", "13.055", "13.09") if law not in basis] == [], reason
