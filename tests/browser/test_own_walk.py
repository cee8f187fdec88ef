"""What concerns oneself: an employee asks, sees and explains; a delegate weighs what was asked, and shortens it."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect
from sqlmodel import col, select

from audit.models import Finding
from config.officials.permissions import Role
from tests.browser.conftest import Manner, Site
from tests.browser.walking import Walk

_SOON = timedelta(days=14)
_ASKER, _DELEGATE = "E10050", "E10051"


def test_an_employee_sees_by_whose_word_and_explains_accesses_when_asked(city_site: Site, manner: Manner) -> None:
    key, who = _a_finding(city_site)
    city_site.let_in("asked", Role.EMPLOYEE, who)
    official = city_site.signed_in("official", width=manner[0], scripts=manner[1])
    official.page.goto(f"/findings/{key}")
    official.page.get_by_label("Move to").select_option("under_review")
    official.page.get_by_label("Note").fill("What were these look-ups for?")
    official.page.get_by_label("Employee who is to explain it").fill(who)
    official.page.get_by_label("Last day for the explanation").fill(_day())
    official.press("Record")

    employee = city_site.signed_in("asked", width=manner[0], scripts=manner[1])
    employee.go("/me")
    employee.follow("What may I see")
    employee.reads("in force, as of now")
    employee.go("/")
    employee.follow("Explanations asked of you")
    employee.reads("What were these look-ups for?")
    employee.press("Send the answer")
    employee.reads("This needs another look")
    employee.page.get_by_label("Your answer").fill("I covered the desk that day")
    employee.press("Send the answer")
    employee.reads("I covered the desk that day")

    official.go(f"/findings/{key}")
    official.reads("Explained, as asked: I covered the desk that day")


def test_a_delegate_weighs_a_request_and_shortens_it_and_the_asker_sees_that(city_site: Site) -> None:
    city_site.let_in("asker", Role.EMPLOYEE, _ASKER)
    city_site.let_in("deputy", Role.MANAGER, _DELEGATE)
    asker = city_site.signed_in("asker")
    _ask(asker)
    manager = city_site.signed_in("manager")
    manager.page.goto("/my-people/delegations")
    manager.page.get_by_label("Who stands in").fill(_DELEGATE)
    manager.page.get_by_label("Through").fill(_day())
    manager.page.get_by_role("button", name="Let them stand in").click()

    deputy = city_site.signed_in("deputy")
    deputy.page.goto("/my-people")
    deputy.page.get_by_role("link", name="Todd Chavez").first.click()
    deputy.page.get_by_label("An earlier end").fill("tomorrow")
    deputy.press("What would it mean?", first=True)
    deputy.heading("Duty of")
    deputy.reads("What it would mean if it were approved")
    expect(deputy.page.get_by_label("An earlier end")).to_have_value("tomorrow")
    deputy.page.get_by_label("Note").fill("the team meets on Thursday")
    deputy.press("Approve it")
    deputy.reads("shortened")

    asker.go("/me")
    asker.reads("shortened by deputy")
    asker.reads("the team meets on Thursday")


def _a_finding(site: Site) -> tuple[str, str]:
    with site.installation.read() as work:
        chosen = select(Finding.key, Finding.who).where(Finding.who_is_employee, Finding.status == "open")
        found = work.session.exec(chosen.where(col(Finding.figures_id).is_not(None)).order_by(Finding.key)).first()
    assert found is not None
    return found


def _ask(walk: Walk) -> None:
    walk.page.goto("/duties/new")
    walk.page.get_by_label("Person").select_option(_ASKER)
    walk.page.get_by_label("Data series").select_option(index=1)
    walk.page.get_by_label("Until").fill("+3d")
    walk.page.get_by_label("Reason").fill("Eve is ill")
    walk.page.get_by_role("button", name="Go on").click()
    walk.page.get_by_role("button", name="Ask for it").click()
    walk.reads("requested")


def _day() -> str:
    return (datetime.now(UTC) + _SOON).date().isoformat()
