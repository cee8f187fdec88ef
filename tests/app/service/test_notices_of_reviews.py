"""Who is to answer in a review is told so, again before and after the deadline; officials hear what silence means."""

from datetime import timedelta

import pytest

from access.change_duty import Decider
from access.delegations import DelegationRequest, delegate_people
from access.people_below import Reach
from access.reviews.answer_item import Given, answer_item
from access.reviews.close_review import close_review
from access.reviews.find_review import find_review, review_items
from access.reviews.models import Answer, Scope, Silence
from access.reviews.start_review import ReviewRequest, start_review
from config.officials.officials import OfficialRequest, add_official, change_official
from config.officials.permissions import Role
from tests.app.service.notices import gather, notices, told
from tests.app.service.serving import Service, hashed_password

_OFFICIAL = "compliance_official"
_EVERYBODY = Reach("all", "")


@pytest.fixture
def asked(town_service: Service) -> Service:
    """Give the town whose grants are under review until the end of 30 June: one is its manager's, two an official's."""
    request = ReviewRequest("Spring", Scope.ALL, (), "2026-06-30", 90, Silence.LISTED)
    with town_service.installation.change() as work:
        start_review(work, request, by=work.by)
    gather(town_service)
    return town_service


def confirm(service: Service, owner: str) -> None:
    with service.installation.change() as work:
        review = find_review(work.session, 1, _EVERYBODY)
        for one in review_items(work.session, 1, _EVERYBODY):
            if one.item.owner == owner:
                answer_item(work, review, one, Given(Answer.CONFIRMED), by=Decider(work.by, _EVERYBODY))


def texts(service: Service, login: str, kind: str) -> list[str]:
    return [one.text for one in notices(service, login) if one.kind == kind and one.over_at is None]


def test_each_owner_is_told_what_waits_for_them_until_it_is_answered(asked: Service) -> None:
    assert texts(asked, "manager", "review_waiting") == [
        '1 grant of the review "Spring" waits for your answer, through 30 June 2026.'
    ]
    assert texts(asked, _OFFICIAL, "review_waiting") == [
        '2 grants of the review "Spring" wait for your answer, through 30 June 2026.'
    ]
    assert told(asked, "hr", "review") == []

    confirm(asked, "E2")
    gather(asked)
    assert told(asked, "manager", "review") == []


def test_who_stands_in_for_an_owner_is_told_too_and_officials_where_the_owner_signs_in_no_longer(
    asked: Service,
) -> None:
    with asked.installation.change() as work:
        request = OfficialRequest("cy", "Cy", [Role.MANAGER], "E3", hashed_password())
        add_official(work.session, request, now=work.now, by=work.by)
        until = work.now + timedelta(days=30)
        delegation = DelegationRequest("E2", "E3", work.now, until)
        delegate_people(work.session, delegation, now=work.now, by=work.by)
    asked.clock.pass_by(timedelta(hours=1))
    gather(asked)
    assert told(asked, "cy", "review") == ["review_waiting"]

    with asked.installation.change() as work:
        for login in ("manager", "cy"):
            change_official(work.session, login, now=work.now, by=work.by, disabled=True)
    gather(asked)
    assert len(texts(asked, _OFFICIAL, "review_waiting")) == 2


def test_owners_are_reminded_before_the_deadline_and_after_it_and_the_official_hears_what_silence_means(
    asked: Service,
) -> None:
    confirm(asked, "")
    asked.clock.pass_by(timedelta(days=28))
    gather(asked)
    assert texts(asked, "manager", "review_answers_due") == [
        'Answers in the review "Spring" are asked for through 30 June 2026; 1 grant waits for yours.'
    ]
    assert told(asked, _OFFICIAL, "review") == ["review_due"]  # that of the inventory

    asked.clock.pass_by(timedelta(days=5))
    gather(asked)
    assert texts(asked, "manager", "review_answers_due") == [
        'Answers in the review "Spring" were asked for through 30 June 2026; 1 grant waits for yours.'
    ]
    (text,) = texts(asked, _OFFICIAL, "review_ended")
    assert "nobody answered for 1 grant: each stays, and is listed for an official to decide. Close it, or" in text

    confirm(asked, "E2")
    gather(asked)
    assert told(asked, "manager", "review") == []
    (text,) = texts(asked, _OFFICIAL, "review_ended")
    assert text == 'The deadline of the review "Spring" has passed; nothing in it waits for an answer. Close it.'


def test_a_closed_review_asks_nothing_any_more(asked: Service) -> None:
    asked.clock.pass_by(timedelta(days=40))
    with asked.installation.change() as work:
        close_review(work, find_review(work.session, 1, _EVERYBODY), by=work.by)
    gather(asked)

    assert [told(asked, login, "review") for login in ("manager", _OFFICIAL)] == [[], ["review_due"]]
