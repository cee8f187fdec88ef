"""A review of the inventory asks each series of who heads its department; confirmed, it is gone over for the year."""

from datetime import date

import pytest
from sqlalchemy import Engine

from access.change_duty import Decider
from access.models import Assignment, Employee, Employment, Position
from access.people_below import Reach
from access.reviews.answer_item import Given, answer_item, take_answer_back
from access.reviews.find_review import ItemNow, find_review, review_items
from access.reviews.models import Answer, Scope, Silence
from access.reviews.reviewed_series import heads_of_departments
from access.reviews.start_review import ReviewRequest, start_review
from config.errors import Conflict, InvalidFields
from config.officials.officials import OfficialRequest, add_official
from config.officials.permissions import Role
from config.settings import Settings
from config.work import Work
from inventory.change_series import find_series
from inventory.models import DataSeries
from inventory.review_series import review_series, review_state
from tests.access.duties_at_work import EVERYBODY, OFFICIAL, City, found_city
from tests.builders import CHICAGO, LONG_AGO, a_row
from tests.databases import on_both

_REQUEST = ReviewRequest("Year", Scope.INVENTORY, (), "2026-06-30", 90, Silence.LISTED)
_BO = Decider("bo", Reach("people_below", "E2"))


@pytest.fixture
def city(engine: Engine, settings: Settings) -> City:
    """Bo heads the police, where Ann works, and signs in; the parks' series is nobody's, and one is retired."""
    city = found_city(engine, settings)
    with city.installation.change() as work:
        series = find_series(work.session, "S1")
        series.department = "police"
        rows = [
            a_row(Position),
            a_row(Assignment),
            a_row(Assignment, employee_id="E2"),
            a_row(DataSeries, code="S2", name="Dog licenses", department="Parks"),
            a_row(DataSeries, code="S3", name="Old maps", department="Police", retired=LONG_AGO),
        ]
        work.session.add_all(rows)
        bo = OfficialRequest("bo", "Bo", [Role.MANAGER], "E2")
        add_official(work.session, bo, now=work.now, by=work.by)
    city.pass_by(hours=1)
    return city


def _start(city: City, **changes: object) -> None:
    with city.installation.change() as work:
        start_review(work, ReviewRequest(**{**vars(_REQUEST), **changes}), by="olga")
    city.pass_by(hours=1)


def _items(city: City, by: Decider = OFFICIAL) -> dict[str, ItemNow]:
    with city.installation.read() as work:
        return {one.item.series: one for one in review_items(work.session, 1, by.reach)}


def _answer(city: City, series: str, answer: Answer, note: str = "", by: Decider = _BO) -> None:
    with city.installation.change() as work:
        now = _items(city)[series]
        answer_item(work, find_review(work.session, 1, by.reach), now, Given(answer, note), by=by)


def _last_reviewed_by(work: Work, series: str) -> str:
    found = find_series(work.session, series)
    state = review_state(work.session, found, today=date(2026, 6, 3), zone=CHICAGO)
    return state.last.reviewed_by if state.last else ""


def test_each_series_in_use_is_asked_of_who_heads_its_department_else_of_an_official(city: City) -> None:
    _start(city)

    assert {code: one.item.owner for code, one in _items(city).items()} == {"S1": "E2", "S2": ""}
    assert list(_items(city, _BO)) == ["S1"]


@pytest.mark.parametrize("names", [("Dog licenses",), ("s2",), ("parks",)])
def test_it_may_be_of_some_series_or_of_a_department_s(city: City, names: tuple[str, ...]) -> None:
    _start(city, names=names)

    assert list(_items(city)) == ["S2"]


@on_both
def test_what_is_confirmed_is_gone_over_for_the_year_until_the_answer_is_taken_back(city: City) -> None:
    _start(city)
    _answer(city, "S1", Answer.CONFIRMED)
    with city.installation.read() as work:
        assert (_last_reviewed_by(work, "S1"), _items(city)["S1"].state) == ("bo", "confirmed")

    with city.installation.change() as work:
        take_answer_back(work, find_review(work.session, 1, EVERYBODY), _items(city)["S1"], by=OFFICIAL)
    with city.installation.read() as work:
        assert (_last_reviewed_by(work, "S1"), _items(city)["S1"].state) == ("", "waiting")


def test_what_is_to_be_changed_is_noted_and_is_no_yearly_review(city: City) -> None:
    _start(city)
    with pytest.raises(InvalidFields) as refused:
        _answer(city, "S1", Answer.TO_CHANGE)
    assert refused.value.faults == {"note": "Say why it is to be changed; the reason is kept."}

    _answer(city, "S1", Answer.TO_CHANGE, "Kept for ten years now")
    with city.installation.read() as work:
        assert (_last_reviewed_by(work, "S1"), _items(city)["S1"].state) == ("", "to be changed")


def test_what_the_inventory_says_cannot_be_ended(city: City) -> None:
    _start(city)

    with pytest.raises(InvalidFields) as refused:
        _answer(city, "S1", Answer.ENDED, "Because")
    assert refused.value.faults == {"answer": "S1's entry cannot be ended; answer one of confirmed, to be changed."}


def test_a_series_that_was_gone_over_on_its_own_page_waits_no_longer(city: City) -> None:
    _start(city)
    with city.installation.change() as work:
        review_series(work.session, "S1", "", now=work.now, by="olga")

    assert _items(city)["S1"].state == "changed otherwise"
    with pytest.raises(Conflict, match="was gone over since the start, or is retired"):
        _answer(city, "S1", Answer.CONFIRMED)


def test_a_department_s_head_is_who_manages_its_people_and_is_managed_by_none_of_them(city: City) -> None:
    def add(work: Work, employee_id: str, manager: str, position: str) -> None:
        work.session.add(a_row(Employee, employee_id=employee_id, name=employee_id, manager_id=manager))
        work.session.add_all([a_row(Employment, employee_id=employee_id)])
        work.session.add(a_row(Assignment, employee_id=employee_id, position_code=position))

    with city.installation.change() as work:
        for code, department in (("P3", "Flat"), ("P4", "Torn"), ("P5", "Deep")):
            work.session.add(a_row(Position, position_code=code, title=code, department=department))
        for employee_id, manager, position in (
            *(("F1", "E5", "P3"), ("F2", "E5", "P3")),
            *(("T1", "E5", "P4"), ("T2", "E3", "P4")),
            *(("D1", "E5", "P5"), ("D2", "D1", "P5"), ("D3", "D2", "P5")),
        ):
            add(work, employee_id, manager, position)

    with city.installation.read() as work:
        assert heads_of_departments(work.session, work.now) == {"police": "E2", "flat": "E5", "deep": "D1"}
