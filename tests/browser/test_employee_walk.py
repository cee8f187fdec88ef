"""An employee asks for a duty of their own, learns that it was refused and why, and sees who looked at their record."""

from playwright.sync_api import expect

from app.notices.gather_notices import gather_notices
from tests.browser.conftest import Site
from tests.browser.walking import Walk


def test_an_employee_asks_is_refused_with_a_reason_and_sees_who_looked(city_site: Site) -> None:
    employee = city_site.signed_in("employee", width=320, scripts=False)
    employee.check()
    employee.follow("Ask for a temporary duty")
    series = _ask(employee)

    manager = city_site.signed_in("manager", width=320, scripts=False)
    manager.check()
    manager.follow("Temporary duties asked for")
    manager.page.locator("tbody tr", has_text=series).get_by_role("link").first.click()
    manager.press("Refuse it")
    expect(manager.page.get_by_role("alert")).to_contain_text("Reason")
    manager.page.locator("#refused-reason").fill("Eve is back already")
    manager.press("Refuse it")
    manager.reads("refused")

    gather_notices(city_site.installation)
    employee.go("/")
    employee.follow("was refused: Eve is back already")
    employee.reads("refused")
    employee.page.goto("/notices")
    employee.follow("What I want to be told, and how")
    employee.page.get_by_label("A duty that I asked for is approved or refused").select_option(index=0)
    employee.press("Save")
    employee.go("/me")
    employee.reads("refused by manager")
    employee.reads("Eve is back already")
    employee.follow("Who looked at my record")
    employee.reads("(manager)")


def _ask(walk: Walk) -> str:
    """Ask, and give the name of the data series."""
    page = walk.page
    name = page.get_by_label("Data series").locator("option").nth(1).inner_text()
    page.get_by_label("Data series").select_option(index=1)
    walk.press("Go on")
    expect(page.get_by_role("alert")).to_contain_text("Reason")
    expect(page.get_by_role("alert")).not_to_contain_text("Person")
    page.get_by_label("Until").fill("+3d")
    page.get_by_label("Reason").fill("Eve is ill")
    walk.press("Go on")
    walk.press("Ask for it")
    walk.reads("requested")
    return name.rpartition(" (")[0]
