"""A manager is away: somebody asks for a duty, another manager stands in and decides, and officials see who did."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from config.officials.permissions import Role
from tests.browser.conftest import Manner, Site
from tests.browser.walking import Walk

_LASTS = timedelta(days=30)
_ASKER, _DELEGATE = "E10050", "E10051"


def test_who_stands_in_for_a_manager_answers_what_their_people_ask_for(city_site: Site, manner: Manner) -> None:
    city_site.let_in("asker", Role.EMPLOYEE, _ASKER)
    city_site.let_in("deputy", Role.MANAGER, _DELEGATE)
    asker = city_site.signed_in("asker", width=manner[0], scripts=manner[1])
    _ask(asker)
    deputy = city_site.signed_in("deputy", width=manner[0], scripts=manner[1])
    deputy.go("/my-people")
    deputy.reads("Nobody has you as their manager")
    manager = city_site.signed_in("manager", width=manner[0], scripts=manner[1])
    _let_stand_in(manager)

    deputy.page.goto("/my-people")
    deputy.follow("Todd Chavez", first=True)
    deputy.page.locator("#refused-reason").fill("Eve is back already")
    deputy.press("Refuse it")
    deputy.reads("refused")
    asker.go("/me")
    asker.reads("refused by deputy: Eve is back already")

    _ask(asker)
    deputy.page.goto("/my-people")
    deputy.follow("Todd Chavez", first=True)
    deputy.press("Approve it")
    deputy.reads("in force")
    expect(deputy.page.get_by_role("cell", name="deputy")).to_be_visible()

    manager.press("End it")
    manager.reads("Nobody stands in for you")
    deputy.page.goto("/my-people")
    deputy.reads("Nobody has you as their manager")
    official = city_site.signed_in("official", width=manner[0], scripts=manner[1])
    official.page.goto("/duties/delegations")
    official.follow("Show those that are over as well")
    official.reads("(over)")


def _ask(walk: Walk) -> None:
    walk.page.goto("/duties")
    walk.follow("Ask for a duty")
    walk.page.get_by_label("Person").select_option(_ASKER)
    walk.page.get_by_label("Data series").select_option(index=1)
    walk.page.get_by_label("Until").fill("+3d")
    walk.page.get_by_label("Reason").fill("Eve is ill")
    walk.press("Go on")
    walk.press("Ask for it")
    walk.reads("requested")
    walk.reads("somebody else answers")


def _let_stand_in(walk: Walk) -> None:
    walk.page.goto("/my-people/delegations")
    walk.page.get_by_label("Who stands in").fill("Nobody Known")
    walk.press("Let them stand in")
    expect(walk.page.get_by_label("Who stands in")).to_have_value("Nobody Known")
    walk.page.get_by_label("Who stands in").fill(_DELEGATE)
    walk.page.get_by_label("Through").fill((datetime.now(UTC) + _LASTS).date().isoformat())
    walk.press("Let them stand in")
