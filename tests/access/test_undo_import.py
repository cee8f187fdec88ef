"""Taking imports back: decisions are those of before, and what a later change rests on stays."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from access.import_accounts import AccountImporter
from access.import_assignments import AssignmentImporter
from access.import_employees import EmployeeImporter
from access.import_temporary_duties import TemporaryDutyImporter
from access.import_work_access import WorkAccessImporter
from access.models import Assignment, TemporaryDuty, WorkAccess
from access.undo_import import undo_import
from access.withdraw_grant import withdraw_grant
from config.applied_imports import AppliedImport
from config.errors import Conflict, NotFound
from config.recorded import Recorded
from config.tables.kind import Importer
from config.tables.options import ImportOptions
from inventory.models import WorkAccessPart
from tests.access.known_facts import LATER, LIVE, an_entity, people, the_facts
from tests.builders import DAY, a_row
from tests.databases import on_both
from tests.importing import CHICAGO, import_text

REPLACE = ImportOptions(replace=True)
DUTY = "employee_id,series,actions,purposes,start,end,granted_by,reason,revoked_at\n"
CHANGES: list[tuple[type[Importer], str]] = [
    (AssignmentImporter, "employee_id,position_code,start_date,end_date\nE1,P1,2025-01-01,2025-05-31\n"),
    (AssignmentImporter, "employee_id,position_code,start_date\nE1,P1,2025-02-01\n"),
    (WorkAccessImporter, "series,holder_type,holder,actions,start_date\nS1,position,P1,view,2025-01-01\n"),
    (TemporaryDutyImporter, DUTY + "E1,S1,view,,2025-03-01,2025-05-31,E9,covers,2025-04-01\n"),
    (TemporaryDutyImporter, DUTY + "E1,S1,view;print,,2025-03-05,2025-06-30,E9,covers,\n"),
]


@pytest.fixture
def entered(session: Session, tmp_path: Path) -> Callable[[type[Importer], str, int], int]:
    """Give what imports a text, as the whole truth, so many days after going live, and gives the import's number."""

    def enter(importer: type[Importer], text: str, days: int) -> int:
        receipt = import_text(session, importer, tmp_path, text, now=LIVE + days * DAY, options=REPLACE)
        assert receipt.number is not None
        return receipt.number

    session.add_all([an_entity(), *people()])
    session.flush()
    enter(AssignmentImporter, "employee_id,position_code,start_date\nE1,P1,2025-01-01\n", 1)
    enter(WorkAccessImporter, "series,holder_type,holder,actions,start_date\nS1,position,P1,*,2025-01-01\n", 2)
    enter(TemporaryDutyImporter, DUTY + "E1,S1,view,,2025-03-01,2025-04-30,E9,covers,\n", 3)
    return enter


Entered = Callable[[type[Importer], str, int], int]


def undo(session: Session, number: int, days: int) -> int:
    """Take an import back, so many days after going live."""
    undone = undo_import(session, number, now=LIVE + days * DAY, by="clerk").number
    assert undone is not None
    return undone


@on_both
@pytest.mark.parametrize("change", range(len(CHANGES)))
def test_after_an_undo_all_is_as_before_the_import_and_after_its_undo_as_after_it(
    session: Session, entered: Entered, change: int
) -> None:
    before = the_facts(session)
    number = entered(*CHANGES[change], 40)
    after = the_facts(session)
    undone = undo(session, number, 50)

    assert after != before
    assert the_facts(session) == before
    undo(session, undone, 60)
    assert the_facts(session) == after


def test_what_changes_a_row_that_stands_again_is_as_timely_as_a_change_of_the_first(
    session: Session, entered: Entered
) -> None:
    longer = DUTY + "E1,S1,view,,2025-03-01,2025-06-30,E9,covers,\n"
    undo(session, entered(*CHANGES[3], 40), 50)
    entered(TemporaryDutyImporter, longer, 60)
    again = [(duty.start, duty.end, duty.timely_from) for duty in the_facts(session).duties]

    recorded = {LIVE + 3 * DAY, LIVE + 60 * DAY}
    assert {timely for _, _, timely in again} == {round(moment.timestamp() * 1_000_000) for moment in recorded}


def test_what_was_known_between_an_import_and_its_undo_stays_known(session: Session, entered: Entered) -> None:
    number = entered(*CHANGES[3], 40)
    between = the_facts(session, at=LIVE + 45 * DAY)
    undo(session, number, 50)

    assert the_facts(session, at=LIVE + 45 * DAY) == between


def test_an_import_whose_rows_were_changed_since_is_not_taken_back(session: Session, entered: Entered) -> None:
    number = entered(*CHANGES[0], 40)
    later = entered(AssignmentImporter, "employee_id,position_code,start_date,end_date\nE1,P1,2025-01-01,\n", 41)

    with pytest.raises(Conflict, match=rf"cannot be taken back: import {later} .*changed 1 of its rows since"):
        undo(session, number, 50)


def test_an_import_of_people_stays_while_others_name_them(session: Session, entered: Entered) -> None:
    number = entered(EmployeeImporter, "employee_id,name,hire_date\nE7,Cy Dale,2025-01-01\n", 40)
    later = entered(AccountImporter, "system,login,employee_id\ncad,cdale,E7\n", 41)

    with pytest.raises(Conflict, match=rf"import {later} .* names the employee E7, which would not be there"):
        undo(session, number, 50)
    undo(session, later, 50)
    undo(session, number, 51)


def test_a_row_does_not_stand_again_beside_what_took_its_place_since(session: Session, entered: Entered) -> None:
    withdrawn = withdraw(session, Assignment, "assignment", 40)
    later = entered(AssignmentImporter, "employee_id,position_code,start_date,end_date\nE1,P1,2025-01-01,\n", 41)

    with pytest.raises(Conflict, match=rf"of E1 P1, import {later} .* recorded something else since"):
        undo(session, withdrawn, 50)


def test_a_login_does_not_become_two_peoples_at_a_time(session: Session, entered: Entered, tmp_path: Path) -> None:
    entered(AccountImporter, "system,login,employee_id,start\ncad,aolson,E1,2025-01-01\n", 40)
    number = entered(AccountImporter, "system,login,employee_id,start\nCAD,AOLSON,E1,2025-03-01\n", 41)
    earlier = "system,login,kind,start,end\ncad,aolson,shared,2025-02-01,2025-02-28\n"
    later = import_text(session, AccountImporter, tmp_path, earlier, now=LIVE + 42 * DAY).number

    with pytest.raises(Conflict, match=rf"of cad aolson, import {later} .* recorded something else since"):
        undo(session, number, 50)


def test_what_was_taken_back_is_not_taken_back_again(session: Session, entered: Entered) -> None:
    number = entered(*CHANGES[0], 40)
    undone = undo(session, number, 50)
    with pytest.raises(Conflict, match=f"was taken back already, by {undone}; take back {undone} to apply it"):
        undo(session, number, 51)
    again = undo(session, undone, 52)

    with pytest.raises(Conflict, match=f"applied again by {again}; take back {again} instead"):
        undo(session, number, 53)


def test_an_import_that_changed_nothing_or_is_not_there_cannot_be_taken_back(
    session: Session, entered: Entered
) -> None:
    number = entered(AssignmentImporter, "employee_id,position_code,start_date\nE1,P1,2025-01-01\n", 40)

    with pytest.raises(Conflict, match="changed nothing"):
        undo(session, number, 50)
    with pytest.raises(NotFound, match="There is no import 99"):
        undo(session, 99, 50)


def withdraw(session: Session, model: Any, kind: str, days: int) -> int:  # noqa: ANN401 - a grant table
    """Withdraw the only grant that stands in a table."""
    (row,) = [row for row in session.exec(select(model)) if row.superseded_at is None]
    grant = f"{kind}:{row.restores or row.id}"
    now = LIVE + timedelta(days)
    return withdraw_grant(session, grant, reason="a mix-up", zone=CHICAGO, now=now, by="clerk").number


@pytest.mark.usefixtures("entered")
@pytest.mark.parametrize(
    ("model", "kind"), [(TemporaryDuty, "temporary-duty"), (Assignment, "assignment"), (WorkAccess, "work-access")]
)
def test_a_withdrawn_grant_was_never_so_until_that_is_taken_back(
    session: Session, model: type[Recorded], kind: str
) -> None:
    before = the_facts(session)
    for round_of in (40, 42):  # the second names a row that brings back another
        number = withdraw(session, model, kind, round_of)
        assert the_facts(session) != before
        undo(session, number, round_of + 1)
        assert the_facts(session) == before


@pytest.mark.usefixtures("entered")
def test_why_a_grant_was_withdrawn_is_kept(session: Session) -> None:
    number = withdraw(session, TemporaryDuty, "temporary-duty", 40)
    applied = session.get(AppliedImport, number)

    assert applied is not None
    assert (applied.kind, applied.applied_by) == ("withdraw", "clerk")
    assert applied.receipt.endswith("is withdrawn: a mix-up.")


@pytest.mark.usefixtures("entered")
def test_what_no_longer_stands_or_rests_on_a_text_is_not_withdrawn(session: Session) -> None:
    number = withdraw(session, TemporaryDuty, "temporary-duty", 40)
    part = a_row(WorkAccessPart)
    session.add(part)
    session.flush()

    def refused(grant: str) -> str:
        with pytest.raises((Conflict, NotFound)) as refusal:
            withdraw_grant(session, grant, reason="a mix-up", zone=CHICAGO, now=LATER, by="clerk")
        return str(refusal.value)

    assert f"stands no longer: import {number} (withdraw" in refused("temporary-duty:1")
    assert 'rests on the text "Police Clerk" in the work access of S1' in refused(f"inventory:{part.id}")
    assert "There is no grant work-access:99" in refused("work-access:99")
    assert '"nonsense" names no grant' in refused("nonsense")


def test_no_login_comes_to_belong_to_two_by_taking_back(entered: Entered, session: Session) -> None:
    head = "system,login,employee_id,start,end\n"
    entered(AccountImporter, head + "hris,jdoe,E1,,\n", 4)
    ended = entered(AccountImporter, head + "hris,jdoe,E1,,2025-05-31\n", 5)
    handed_on = entered(AccountImporter, head + "hris,jdoe,E1,,2025-05-31\nhris,CITY\\jdoe,,2025-06-01,\n", 6)

    with pytest.raises(Conflict, match=rf"of hris CITY.jdoe, import {handed_on} .* recorded something else since"):
        undo_import(session, ended, now=LIVE + 7 * DAY, by="clerk")
