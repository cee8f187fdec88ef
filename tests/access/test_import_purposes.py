"""What people type means purposes, source by source; and cases are listed."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from access.facts import MeantPurpose
from access.import_cases import CaseImporter
from access.import_purposes import PurposeImporter
from access.models import ListedCase, LoginForm, PurposeMeaning
from access.purpose_map import PurposeMap
from access.undo_import import undo_import
from access.withdraw_grant import withdraw_grant
from config.tables.options import ImportOptions
from tests.builders import a_row
from tests.importing import CHICAGO, JULY_1, current_rows, import_text, refusals

HEAD = "source,typed,match,purpose\n"


@pytest.fixture
def sources(people: Session) -> Session:
    """Give people and a source."""
    people.add(a_row(LoginForm, source="Cad"))
    people.flush()
    return people


def stated(session: Session) -> list[tuple[str, str, str, str]]:
    return [(row.source, row.typed, row.match, row.purpose) for row in current_rows(session, PurposeMeaning)]


def test_a_meaning_is_kept_with_the_source_as_it_is_spelt_and_told_where_nobody_lists_it(
    sources: Session, tmp_path: Path
) -> None:
    receipt = import_text(sources, PurposeImporter, tmp_path, f"{HEAD}cad,Case *,,Investigation\n")

    assert stated(sources) == [("Cad", "Case *", "text", "Investigation")]
    assert receipt.notices == (
        "Row 2: *, ? and [ stand for themselves where match is text.",
        'Row 2: no work access or temporary duty lists the purpose "Investigation".',
    )


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("radio,x,,audit", '"radio" names no source of access logs; the sources are Cad'),
        ("cad,x,like,audit", '"like" is no way to match; expected one of text, pattern'),
        ("cad,x,,audit; payroll", "is no single purpose"),
        ("cad,\u200b,,audit", "column typed"),
    ],
)
def test_what_means_nothing_is_refused(sources: Session, tmp_path: Path, row: str, sentence: str) -> None:
    [refusal] = refusals(sources, PurposeImporter, tmp_path, f"{HEAD}{row}\n")

    assert sentence in refusal


def test_a_meaning_is_changed_replaced_withdrawn_and_taken_back(sources: Session, tmp_path: Path) -> None:
    import_text(sources, PurposeImporter, tmp_path, f"{HEAD}cad,wages,,audit\ncad,inv*,pattern,audit\n")
    import_text(sources, PurposeImporter, tmp_path, f"{HEAD}CAD, WAGES,text,payroll\n", now=JULY_1 + timedelta(1))
    assert [row[3] for row in stated(sources)] == ["audit", "payroll"]

    whole = ImportOptions(replace=True)
    later = JULY_1 + timedelta(2)
    replaced = import_text(sources, PurposeImporter, tmp_path, f"{HEAD}cad,wages,,payroll\n", now=later, options=whole)
    assert [row[1] for row in stated(sources)] == ["WAGES"]

    undo_import(sources, replaced.number or 0, now=JULY_1 + timedelta(3), by="clerk")
    assert {row[1] for row in stated(sources)} == {"WAGES", "inv*"}

    name = f"purpose:{current_rows(sources, PurposeMeaning)[0].restores or current_rows(sources, PurposeMeaning)[0].id}"
    withdrawn = withdraw_grant(sources, name, reason="a guess", zone=CHICAGO, now=JULY_1 + timedelta(4), by="clerk")
    assert len(stated(sources)) == 1
    assert withdrawn.receipt.endswith("is withdrawn: a guess.")


def test_the_whole_text_goes_before_a_pattern_and_each_source_by_itself() -> None:
    rows = [
        MeantPurpose("cad", "pattern", "inv*", "short"),
        MeantPurpose("cad", "pattern", "inv*up", "long"),
        MeantPurpose("cad", "text", "Inv  Follow up", "whole"),
        MeantPurpose("rms", "pattern", "*", "all"),
    ]
    found = PurposeMap(rows)

    asked = [("cad", "inv"), ("cad", "INV look up"), ("cad", "inv follow UP"), ("cad", "x"), ("rms", "x"), ("rms", " ")]
    assert [found.of(*one) for one in asked] == ["short", "long", "whole", None, "all", None]


def test_a_list_of_cases_is_added_to_and_a_case_closed(people: Session, tmp_path: Path) -> None:
    import_text(people, CaseImporter, tmp_path, "Case #,Date Opened\n25-0001,2025-03-01\n25-0002,\n")
    closing = "case_number,closed\n25-0001,2025-03-31\n"
    import_text(people, CaseImporter, tmp_path, closing, now=JULY_1 + timedelta(1))

    cases = [(one.case_number, one.start is None, one.end is None) for one in current_rows(people, ListedCase)]
    assert sorted(cases) == [("25-0001", False, False), ("25-0002", True, True)]
