"""Access reviews: what is asked of whom, what an answer changes from now on, and how it is taken back."""

from datetime import datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from access.change_duty import Decider
from access.models import Assignment, Position, TemporaryDuty, WorkAccess
from access.people_below import Reach
from access.reviews.answer_item import Given, answer_item, take_answer_back
from access.reviews.close_review import close_review
from access.reviews.find_review import ItemNow, find_review, review_items
from access.reviews.models import Answer, Scope, Silence
from access.reviews.narrow_terms import Narrowing
from access.reviews.start_review import ReviewRequest, start_review
from config.errors import Conflict, InvalidFields, NotFound, NotPermitted
from config.officials.officials import OfficialRequest, add_official
from config.officials.permissions import Role
from config.recorded import current
from config.settings import Settings
from inventory.models import WorkAccessPart
from tests.access.duties_at_work import BO, EVERYBODY, OFFICIAL, City, found_city
from tests.builders import LONG_AGO, a_row

_BY_P1 = {"work-access:1", "inventory:1", "temporary-duty:1"}
_ANY = ReviewRequest("Spring", Scope.ALL, (), "2026-06-30", 90, Silence.STAYS)
_BO_AS_OWNER = Decider("bo", Reach("people_below", "E2"))


@pytest.fixture
def city(engine: Engine, settings: Settings) -> City:
    """Ann holds P1, whose work access is to view and print; Bo, who manages her, signs in; Di holds P2 in Parks."""
    city = found_city(engine, settings)
    with city.installation.change() as work:
        rows = [
            a_row(Position),
            a_row(Position, position_code="P2", title="Gardener", department="Parks"),
            a_row(Assignment),
            a_row(Assignment, employee_id="E4", position_code="P2"),
            a_row(WorkAccess, actions="view;print", purposes="*", start=LONG_AGO),
            a_row(WorkAccess, holder="P2"),
            a_row(WorkAccess, holder_type="everyone", holder=""),
            a_row(WorkAccess, holder="P2", actions="delete", end=LONG_AGO),
            a_row(WorkAccessPart),
        ]
        work.session.add_all(rows)
        bo = OfficialRequest("bo", "Bo", [Role.MANAGER], "E2")
        add_official(work.session, bo, now=work.now, by=work.by)
    city.grant()
    city.pass_by(hours=1)
    return city


def _start(city: City, **changes: object) -> int:
    with city.installation.change() as work:
        return start_review(work, ReviewRequest(**{**vars(_ANY), **changes}), by="olga").id


def _items(city: City, review: int, by: Decider = OFFICIAL) -> dict[str, ItemNow]:
    with city.installation.read() as work:
        return {one.item.grant: one for one in review_items(work.session, review, by.reach)}


def _answer(city: City, review: int, grant: str, given: Given, by: Decider = BO) -> None:
    with city.installation.change() as work:
        found = find_review(work.session, review, by.reach)
        answer_item(work, found, _item_of(city, review, grant), given, by=by)


def _item_of(city: City, review: int, grant: str) -> ItemNow:
    return _items(city, review)[grant]


def _take_back(city: City, review: int, grant: str) -> None:
    with city.installation.change() as work:
        take_answer_back(work, find_review(work.session, review, EVERYBODY), _item_of(city, review, grant), by=BO)


def _standing(city: City, holder: str) -> list[tuple[str, datetime | None, datetime | None]]:
    with city.installation.read() as work:
        chosen = select(WorkAccess).where(current(WorkAccess), WorkAccess.holder == holder)
        return sorted((one.actions, one.start, one.end) for one in work.session.exec(chosen))


def test_each_grant_in_force_is_asked_of_the_manager_of_those_it_reaches_else_of_an_official(city: City) -> None:
    owners = {grant: one.item.owner for grant, one in _items(city, _start(city)).items()}

    assert owners == {
        "work-access:1": "E2",
        "work-access:2": "",  # the manager of who holds it may not sign in
        "work-access:3": "",
        "inventory:1": "E2",
        "temporary-duty:1": "E2",
    }


@pytest.mark.parametrize(
    ("scope", "names", "grants"),
    [
        (Scope.POSITIONS, ["p2"], {"work-access:2"}),
        (Scope.DEPARTMENTS, ["police"], {"work-access:1", "inventory:1", "temporary-duty:1"}),
        (
            Scope.SERIES,
            ["Case files"],
            {"work-access:1", "work-access:2", "work-access:3", "inventory:1", "temporary-duty:1"},
        ),
    ],
)
def test_a_review_is_of_what_it_names(city: City, scope: Scope, names: list[str], grants: set[str]) -> None:
    found = _items(city, _start(city, scope=scope, names=names))

    assert set(found) == grants
    assert scope is not Scope.SERIES or {one.item.owner for one in found.values()} == {""}


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"name": " "}, "name"),
        ({"due": "2026-06-01"}, "due"),
        ({"due": "some day"}, "due"),
        ({"days": 0}, "days"),
        ({"scope": Scope.SERIES, "names": ["S9"]}, "names"),
        ({"names": ["S1"]}, "names"),
    ],
)
def test_a_review_that_cannot_be_started_says_at_which_field(city: City, asked: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidFields) as refused:
        _start(city, **asked)

    assert set(refused.value.faults) == {field}


def test_an_owner_sees_their_own_grants_alone(city: City) -> None:
    review = _start(city)

    assert set(_items(city, review, _BO_AS_OWNER)) == _BY_P1
    with city.installation.read() as work, pytest.raises(NotFound):
        find_review(work.session, review, Reach("people_below", "E5"))


def test_what_is_narrowed_permits_less_from_now_on_and_what_it_permitted_before_as_ever(city: City) -> None:
    review = _start(city)
    city.pass_by(hours=1)

    _answer(
        city, review, "work-access:1", Given(Answer.NARROWED, "prints nothing", Narrowing("view", "", "2026-12-31"))
    )

    (before, since) = _standing(city, "P1")[::-1]
    assert before == ("view;print", LONG_AGO, city.now)
    assert since == ("view", city.now, datetime.fromisoformat("2027-01-01T06:00Z"))
    assert _items(city, review)["work-access:1"].state == "narrowed"


def test_what_is_ended_ends_now_and_stands_again_when_the_answer_is_taken_back(city: City) -> None:
    review = _start(city)
    city.pass_by(hours=1)
    for grant in ("work-access:1", "temporary-duty:1"):
        _answer(city, review, grant, Given(Answer.ENDED, "no longer needed"))
    assert [end for _, _, end in _standing(city, "P1")] == [city.now]

    city.pass_by(hours=1)
    assert city.state("1") == "revoked"
    for grant in ("work-access:1", "temporary-duty:1"):
        _take_back(city, review, grant)

    assert _standing(city, "P1") == [("view;print", LONG_AGO, None)]
    assert city.state("1") == "in force"
    assert {one.state for one in _items(city, review).values()} == {"waiting"}


def test_a_duty_is_narrowed_to_fewer_purposes_and_its_end_stays(city: City) -> None:
    review = _start(city)
    city.pass_by(hours=1)

    _answer(city, review, "temporary-duty:1", Given(Answer.NARROWED, "audits alone", Narrowing("", "audit; Review")))

    with city.installation.read() as work:
        chosen = select(TemporaryDuty).where(current(TemporaryDuty)).order_by(col(TemporaryDuty.start))
        first, second = work.session.exec(chosen)
    assert (first.end, second.start) == (city.now, city.now)
    assert (first.purposes, second.purposes, second.granted_by) == ("*", "audit;review", "E2")


@pytest.mark.parametrize(
    ("narrowing", "field"),
    [
        (Narrowing("view;delete"), "actions"),
        (Narrowing("*"), "actions"),
        (Narrowing("peek"), "actions"),
        (Narrowing(), "actions"),
        (Narrowing("", "*"), "actions"),
        (Narrowing("", "", "2026-06-01"), "end"),
        (Narrowing("", "", "one day"), "end"),
    ],
)
def test_no_grant_is_widened_by_a_review(city: City, narrowing: Narrowing, field: str) -> None:
    review = _start(city)

    with pytest.raises(InvalidFields) as refused:
        _answer(city, review, "work-access:1", Given(Answer.NARROWED, "so", narrowing))

    assert set(refused.value.faults) == {field}


def test_nobody_answers_for_a_grant_that_reaches_themselves(city: City) -> None:
    review = _start(city)
    ann = Decider("ann", Reach("all", "E1"))

    for grant in ("work-access:1", "inventory:1", "temporary-duty:1"):
        with pytest.raises(NotPermitted, match="reaches themselves"):
            _answer(city, review, grant, Given(Answer.CONFIRMED), ann)
    _answer(city, review, "work-access:3", Given(Answer.CONFIRMED), ann)


def test_a_grant_by_a_text_is_confirmed_and_changed_by_its_text_alone(city: City) -> None:
    review = _start(city)

    with pytest.raises(Conflict, match="change the text of the series"):
        _answer(city, review, "inventory:1", Given(Answer.ENDED, "nobody needs it"))
    _answer(city, review, "inventory:1", Given(Answer.CONFIRMED))
    assert _items(city, review)["inventory:1"].state == "confirmed"


def test_a_grant_that_was_changed_otherwise_is_told_apart_and_not_confirmed(city: City) -> None:
    review = _start(city)
    city.pass_by(hours=1)
    with city.installation.change() as work:
        row = work.session.get_one(WorkAccess, 2)
        row.superseded_at, row.superseded_by = work.now, "olga"

    assert _items(city, review)["work-access:2"].state == "changed otherwise"
    for answer in (Answer.CONFIRMED, Answer.ENDED):
        with pytest.raises(Conflict, match="stands no longer"):
            _answer(city, review, "work-access:2", Given(answer, "so"), OFFICIAL)


def test_an_answer_is_given_once_with_a_reason_and_none_after_the_review_is_closed(city: City) -> None:
    review = _start(city)
    with pytest.raises(InvalidFields, match="cannot be used"):
        _answer(city, review, "work-access:1", Given(Answer.ENDED))
    _answer(city, review, "work-access:1", Given(Answer.CONFIRMED))
    with pytest.raises(Conflict, match="confirmed already"):
        _answer(city, review, "work-access:1", Given(Answer.CONFIRMED))
    city.pass_by(hours=1)
    with city.installation.change() as work:
        close_review(work, find_review(work.session, review, EVERYBODY), by="olga")

    with pytest.raises(Conflict, match="is closed"):
        _answer(city, review, "work-access:2", Given(Answer.CONFIRMED), OFFICIAL)
    with pytest.raises(Conflict, match="is closed"):
        _take_back(city, review, "work-access:1")
    with city.installation.change() as work, pytest.raises(Conflict, match="closed already"):
        close_review(work, find_review(work.session, review, EVERYBODY), by="olga")


def test_an_answer_is_not_taken_back_where_a_later_change_rests_on_it(city: City) -> None:
    review = _start(city)
    city.pass_by(hours=1)
    _answer(city, review, "work-access:1", Given(Answer.NARROWED, "prints nothing", Narrowing("view")))
    city.pass_by(hours=1)
    later = _start(city, name="Again")
    (narrowed,) = [one for one in _items(city, later).values() if one.item.actions == "view"]
    city.pass_by(hours=1)
    _answer(city, later, narrowed.item.grant, Given(Answer.ENDED, "no longer needed"))
    city.pass_by(hours=1)

    with pytest.raises(Conflict, match="cannot be taken back"):
        _take_back(city, review, "work-access:1")
