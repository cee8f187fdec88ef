"""The lists of people and accounts that are kept are those of the record as it is, and as it was when that is asked."""

from sqlmodel import Session

from access.kept_lists import KeptLists
from access.models import Account, Employee
from config.texts import compare_form
from tests.builders import APRIL_1, JUNE_1, MARCH_1, MAY_1, a_row


def _names(session: Session, kept: KeptLists) -> list[str]:
    return [one.name for one in kept.people(session, JUNE_1).rows]


def test_what_is_recorded_later_is_in_the_lists_at_once_and_not_in_those_of_before(session: Session) -> None:
    kept = KeptLists()
    for number, name in (("E1", "Bo Larson"), ("E2", "ann olson")):
        session.add(a_row(Employee, employee_id=number, name=name, recorded_at=MARCH_1))
    session.add(a_row(Account, system="records", login="larson", employee_id="E1", recorded_at=MARCH_1))
    session.flush()
    assert _names(session, kept) == ["ann olson", "Bo Larson"]
    assert [(one.login, one.name) for one in kept.accounts(session, JUNE_1).rows] == [("larson", "Bo Larson")]

    session.add(a_row(Employee, employee_id="E3", name="Åsa  Berg", recorded_at=APRIL_1))
    session.add(a_row(Account, system="cad", login="nobody", employee_id="", recorded_at=MAY_1))
    session.flush()
    assert _names(session, kept) == ["ann olson", "Bo Larson", "Åsa  Berg"]
    assert [one.login for one in kept.accounts(session, JUNE_1).rows] == ["nobody", "larson"]
    assert len(kept.people(session, MARCH_1).rows) == 2
    assert [one.login for one in kept.accounts(session, APRIL_1).rows] == ["larson"]
    assert _names(session, kept) == ["ann olson", "Bo Larson", "Åsa  Berg"]


def test_a_list_is_searched_by_parts_of_ids_and_names_however_these_are_spelt(session: Session) -> None:
    session.add(a_row(Employee, employee_id="E3", name="Åsa  Berg", email="asa@city.example", recorded_at=MARCH_1))
    session.flush()
    people = KeptLists().people(session, JUNE_1)
    for text, is_found in (("a\u030asa berg", True), ("e3", True), ("@CITY", True), ("", True), ("berg e3", False)):
        assert bool(people.having(compare_form(text))) == is_found
