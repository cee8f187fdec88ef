"""Files that correct what is recorded: absent columns, second facts, and files that are the whole truth."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlmodel import Session

from access.import_accounts import AccountImporter
from access.import_assignments import AssignmentImporter
from access.import_employees import EmployeeImporter
from access.import_officer_duties import OfficerDutyImporter
from access.import_officers import OfficerImporter
from access.import_temporary_duties import TemporaryDutyImporter
from access.import_work_access import WorkAccessImporter
from access.models import Account, Assignment, Employment, Officer, OfficerDuty, TemporaryDuty, WorkAccess
from config.errors import Invalid
from config.remedies import Advice
from config.tables.kind import Importer
from config.tables.listings import Entry
from config.tables.options import ImportOptions
from config.tables.receipt import Receipt
from tests.access.known_facts import LIVE, an_entity, people
from tests.builders import DAY, JUNE_1, MARCH_1, a_row
from tests.importing import counts, current_rows, import_text, refusals

REPLACE = ImportOptions(replace=True)
DUTY = "employee_id,series,actions,start,end,granted_by,reason"
ACCESS = "series,holder_type,holder,actions"


@pytest.fixture(autouse=True)
def town(session: Session) -> None:
    """Let there be an entity that is live, Ann Olson (E1) in P1, and the series S1."""
    session.add_all([an_entity(), *people(), a_row(Officer)])
    session.flush()


def entries(receipt: Receipt, name: str) -> Sequence[Entry]:
    """Give the entries of one of a receipt's lists."""
    return [entry for listing in receipt.listings if listing.name == name for entry in listing.entries]


def test_an_old_duty_file_without_the_column_leaves_a_revocation(session: Session, tmp_path: Path) -> None:
    old = f"{DUTY}\nE1,S1,view,2025-03-01,2025-03-31,E2,covers\n"
    revoked = f"{DUTY},revoked_at\nE1,S1,view,2025-03-01,2025-03-31,E2,covers,2025-03-10\n"
    for text in (old, revoked):
        import_text(session, TemporaryDutyImporter, tmp_path, text)

    receipt = import_text(session, TemporaryDutyImporter, tmp_path, old)

    assert counts(receipt) == (0, 0, 1, 0)
    assert [row.revoked_at is None for row in current_rows(session, TemporaryDuty)] == [False]


def test_an_empty_cell_takes_a_revocation_back_and_the_receipt_says_so(session: Session, tmp_path: Path) -> None:
    text = f"{DUTY},revoked_at\nE1,S1,view,2025-03-01,2025-03-31,E2,covers,%s\n"
    import_text(session, TemporaryDutyImporter, tmp_path, text % "2025-03-10")

    receipt = import_text(session, TemporaryDutyImporter, tmp_path, text % "")

    assert entries(receipt, "reopened") == [Entry(2, "E1 S1", "2025-03-10", "", "revoked_at")]
    assert "1 reopened" in str(receipt)
    assert [row.revoked_at for row in current_rows(session, TemporaryDuty)] == [None]


@pytest.mark.parametrize(
    ("importer", "whole", "part"),
    [
        (
            AssignmentImporter,
            "employee_id,position_code,start_date,end_date,recorded_at\nE1,P1,2025-01-01,2025-06-30,2025-01-02\n",
            "employee_id,position_code,start_date\nE1,P1,2025-01-01\n",
        ),
        (
            WorkAccessImporter,
            f"{ACCESS},purposes,start_date,end_date,authority\nS1,position,P1,view,audit,2025-01-01,2025-06-30,code\n",
            f"{ACCESS}\nS1,position,P1,view\n",
        ),
        (
            AccountImporter,
            "system,login,employee_id,kind,start,end\ncad,ann,E1,personal,2025-01-01,2025-06-30\n",
            "system,login\nCAD,Ann\n",
        ),
        (
            EmployeeImporter,
            "employee_id,name,email,hire_date,separation_date\nE9,Cy,a@b,2025-01-01,2025-06-30\n",
            "employee_id,name,hire_date\nE9,Cy,2025-01-01\n",
        ),
        (
            OfficerImporter,
            "office,employee_id,start,end\nhr_manager,E1,2025-01-01,2025-06-30\n",
            "office,employee_id,start\nhr_manager,E1,2025-01-01\n",
        ),
        (
            OfficerDutyImporter,
            "employee_id,series,duty,start,end,recorded_at\nE1,S1,audit,2025-01-01,2025-06-30,2025-01-02\n",
            "employee_id,series,duty,start,end\nE1,S1,audit,2025-01-01,2025-06-30\n",
        ),
    ],
)
def test_a_file_that_lacks_columns_leaves_what_they_say(
    session: Session, tmp_path: Path, importer: type[Importer], whole: str, part: str
) -> None:
    import_text(session, importer, tmp_path, whole)

    assert counts(import_text(session, importer, tmp_path, part)) == (0, 0, 1, 0)


def test_what_a_row_that_lacks_columns_would_change_must_be_told_apart(session: Session, tmp_path: Path) -> None:
    two = "system,login,employee_id,start,end\ncad,ann,E1,2024-01-01,2024-12-31\ncad,ann,E1,2025-01-01,2025-06-30\n"
    import_text(session, AccountImporter, tmp_path, two)

    (sentence,) = refusals(session, AccountImporter, tmp_path, "system,login,kind\ncad,ann,shared\n")

    assert "employee_id is missing, and 2 rows that are recorded fit this one; add the column to say which" in sentence


def test_a_stated_recorded_time_does_not_cover_what_is_said_later(session: Session, tmp_path: Path) -> None:
    head = "employee_id,position_code,start_date,end_date"
    stated = f"{head},recorded_at\nE1,P1,2025-01-01,2025-03-31,2025-01-02\n"
    import_text(session, AssignmentImporter, tmp_path, stated)
    narrower = f"{head}\nE1,P1,2025-01-01,2025-02-28\n"
    import_text(session, AssignmentImporter, tmp_path, narrower)
    (row,) = current_rows(session, Assignment)
    import_text(session, AssignmentImporter, tmp_path, f"{head}\nE1,P1,2025-01-01,2025-12-31\n")
    (wider,) = current_rows(session, Assignment)

    assert row.stated_recorded_at is not None
    assert wider.stated_recorded_at is None


SECONDS: list[tuple[type[Importer], str, str, str, type]] = [
    (AssignmentImporter, "employee_id,position_code,start_date", "E1,P1,2025-01-01", "E1,P1,2025-02-01", Assignment),
    (WorkAccessImporter, ACCESS, "S1,position,P1,*", "S1,position,P1,view", WorkAccess),
    (
        TemporaryDutyImporter,
        DUTY,
        "E1,S1,view,2025-03-01,2025-04-30,E2,covers",
        "E1,S1,view,2025-04-01,2025-04-30,E2,covers",
        TemporaryDuty,
    ),
    (EmployeeImporter, "employee_id,name,hire_date", "E9,Cy,2025-01-01", "E9,Cy,2025-02-01", Employment),
    (OfficerImporter, "office,employee_id,start", "hr_manager,E1,2025-01-01", "hr_manager,E1,2025-02-01", Officer),
    (
        OfficerDutyImporter,
        "employee_id,series,duty,start,end",
        "E1,S1,audit,2025-01-01,2025-06-30",
        "E1,S1,audit,2025-02-01,2025-06-30",
        OfficerDuty,
    ),
]


@pytest.mark.parametrize(("importer", "head", "wrong", "right", "model"), SECONDS)
def test_what_overlaps_without_restating_is_a_second_fact_unless_the_file_replaces(
    session: Session, tmp_path: Path, importer: type[Importer], head: str, wrong: str, right: str, model: type
) -> None:
    import_text(session, importer, tmp_path, f"{head}\n{wrong}\n")
    before = len(current_rows(session, model))

    second = import_text(session, importer, tmp_path, f"{head}\n{right}\n", dry_run=True)
    replaced = import_text(session, importer, tmp_path, f"{head}\n{right}\n", options=REPLACE)

    assert [entry.number for entry in entries(second, "second facts")] == [2]
    assert "1 second fact beside what stands" in str(second)
    assert not entries(replaced, "second facts")
    assert (replaced.withdrawn, len(current_rows(session, model))) == (1, before)


def test_what_holds_at_another_time_is_no_second_fact(session: Session, tmp_path: Path) -> None:
    head = "employee_id,position_code,start_date,end_date\n"
    import_text(session, AssignmentImporter, tmp_path, f"{head}E1,P1,2025-01-01,2025-02-28\n")

    receipt = import_text(session, AssignmentImporter, tmp_path, f"{head}E1,P1,2025-03-01,\n")

    assert not entries(receipt, "second facts")


def test_a_file_that_replaces_withdraws_only_what_is_about_its_subjects(session: Session, tmp_path: Path) -> None:
    text = f"{ACCESS}\nS1,position,P1,*\nS1,employee,E1,view\nS1,position,P1,view;print\n"
    import_text(session, WorkAccessImporter, tmp_path, text)

    receipt = import_text(session, WorkAccessImporter, tmp_path, f"{ACCESS}\nS1,position,P1,view\n", options=REPLACE)

    assert {(row.holder, row.actions) for row in current_rows(session, WorkAccess)} == {("E1", "view"), ("P1", "view")}
    assert receipt.withdrawn == 2


def test_an_overlapping_login_is_refused_with_the_remedy_and_replaced_when_asked(
    session: Session, tmp_path: Path
) -> None:
    text = "system,login,employee_id,start\ncad,ann,E1,%s\n"
    import_text(session, AccountImporter, tmp_path, text % "2025-01-01")
    with pytest.raises(Invalid) as refused:
        import_text(session, AccountImporter, tmp_path, text % "2025-03-01")
    import_text(session, AccountImporter, tmp_path, text % "2025-03-01", options=REPLACE)

    assert refused.value.remedy is not None
    assert refused.value.remedy.advice is Advice.SKIP_OR_REPLACE
    assert [row.start for row in current_rows(session, Account)] == [MARCH_1]


def test_a_file_that_replaces_must_be_whole(session: Session, tmp_path: Path) -> None:
    text = "employee_id,position_code,start_date\nE1,P1,2025-01-01\nE1,P9,2025-01-01\n"

    with pytest.raises(Invalid) as refused:
        import_text(session, AssignmentImporter, tmp_path, text, options=REPLACE, skip_bad_rows=True)

    assert refused.value.remedy is not None
    assert refused.value.remedy.advice is Advice.MAKE_WHOLE


def test_a_dry_run_lists_each_row_that_would_change(session: Session, tmp_path: Path) -> None:
    head = "employee_id,position_code,start_date,end_date\n"
    import_text(session, AssignmentImporter, tmp_path, f"{head}E1,P1,2025-01-01,\n", now=LIVE + DAY)
    later = f"{head}E1,P1,2025-01-01,2025-05-31\nE1,P1,2025-07-01,\n"

    receipt = import_text(session, AssignmentImporter, tmp_path, later, dry_run=True)

    assert {listing.name: list(listing.entries) for listing in receipt.changes} == {
        "added": [Entry(3, "E1 P1", "", "start 2025-07-01")],
        "changed": [Entry(2, "E1 P1", "", "2025-05-31", "end")],
    }
    assert current_rows(session, Assignment)[0].end != JUNE_1
