"""Importing work access: its holders, actions and purposes in one form."""

from pathlib import Path

import pytest
from sqlmodel import Session

from access.import_positions import PositionImporter
from access.import_work_access import WorkAccessImporter
from access.models import (
    WorkAccess,
)
from tests.importing import current_rows, import_text, refusals

# --- Work access ---

WORK_ACCESS = "series,holder_type,holder,actions,purposes,start_date,end_date\n"


def test_holders_are_kept_as_grants_name_them(people: Session, tmp_path: Path) -> None:
    text = (
        WORK_ACCESS
        + "payroll,Position,detective,*,,,\nS2,position,P1,*,,,\nS2,department,FINANCE,*,,,\n"
        + "S2,employee,E1,*,,,\nS2,everyone,All employees,*,,,\n"
    )

    import_text(people, WorkAccessImporter, tmp_path, text)

    assert [(row.series, row.holder_type, row.holder) for row in current_rows(people, WorkAccess)] == [
        ("S2", "position", "P3"),
        ("S2", "position", "P1"),
        ("S2", "department", "Finance"),
        ("S2", "employee", "E1"),
        ("S2", "everyone", ""),
    ]


@pytest.mark.parametrize(
    ("holder", "sentence"),
    [
        ("position,Detective", '"Detective" is the title of several positions; give the code of one: P3, P5'),
        ("position,Chief", '"Chief" is no position\'s code or title'),
        ("position,", "column holder: is empty; name the position that has this work access"),
        ("department,Library", '"Library" is the department of no position'),
        ("employee,E9", '"E9" is no known employee_id'),
        ("everyone,E1", '"E1" is named although everyone holds this'),
        ("team,Red", 'column holder_type: "team" is no kind of holder; expected one of position, department'),
    ],
)
def test_a_holder_that_is_not_clear_is_refused(holder: str, sentence: str, people: Session, tmp_path: Path) -> None:
    import_text(people, PositionImporter, tmp_path, "position_code,title,department\nP5,Detective,Parks\n")

    [refusal] = refusals(people, WorkAccessImporter, tmp_path, WORK_ACCESS + f"S2,{holder},*,,,\n")

    assert sentence in refusal


def test_actions_and_purposes_are_kept_in_one_form(people: Session, tmp_path: Path) -> None:
    text = WORK_ACCESS + "S2,employee,E1,Print; VIEW,Payroll ; audit;PAYROLL,,\nS2,employee,E2,view;*,,,\n"

    import_text(people, WorkAccessImporter, tmp_path, text)

    kept = [(row.actions, row.purposes) for row in current_rows(people, WorkAccess)]
    assert kept == [("view;print", "audit;payroll"), ("*", "*")]


def test_a_word_that_is_no_action_is_refused(people: Session, tmp_path: Path) -> None:
    [sentence] = refusals(people, WorkAccessImporter, tmp_path, WORK_ACCESS + "S2,employee,E1,view;read,,,\n")

    assert '"view;read" is no list of actions; expected * or some of view, search, create' in sentence


def test_other_by_name_is_taken_with_a_notice(people: Session, tmp_path: Path) -> None:
    receipt = import_text(people, WorkAccessImporter, tmp_path, WORK_ACCESS + "S2,employee,E1,view;other,,,\n")

    assert receipt.notices == ('Row 2: "other" among the actions covers nothing; only * covers what no profile names.',)
