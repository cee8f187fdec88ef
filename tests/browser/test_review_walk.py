"""Access reviews by their owners: confirmed, narrowed, ended, taken back; closed by an official; of the inventory."""

from playwright.sync_api import expect

from tests.browser.conftest import Site


def test_an_owner_answers_in_a_review_and_an_official_closes_it(city_site: Site) -> None:
    owner = city_site.signed_in("manager", width=320, scripts=False)
    owner.follow("Grants of Yearly review")
    owner.press("Confirm what is ticked")
    ticked = owner.page.get_by_role("checkbox").first.get_attribute("id")
    owner.page.locator(f"#{ticked}").focus()
    owner.page.keyboard.press("Space")
    owner.press("Confirm what is ticked")
    expect(owner.page.locator(f"#{ticked}")).to_have_count(0)

    owner.follow("work-access", first=True)
    owner.page.get_by_label("Actions that are left").fill("fly")
    owner.press("Narrow it")
    owner.reads("This needs another look")
    expect(owner.page.get_by_label("Actions that are left")).to_have_value("fly")
    owner.page.locator("#ended-note").fill("moved to another desk")
    owner.press("End it now")
    owner.reads("ended")
    owner.press("Take the answer back")
    owner.press("It is still needed")
    owner.reads("confirmed")

    official = city_site.signed_in("official", width=320, scripts=False)
    official.page.goto("/reviews")
    official.follow("Yearly review")
    official.page.get_by_label("State").select_option("waiting")
    official.press("Show")
    official.press("Close it")
    official.reads("Closed on")
    owner.go("/reviews/1")
    expect(owner.page.get_by_role("button", name="Confirm what is ticked")).to_have_count(0)


def test_who_heads_a_department_goes_over_its_series(city_site: Site) -> None:
    owner = city_site.signed_in("manager", width=320, scripts=False)
    owner.follow("Data series of Inventory of the year")
    owner.page.locator("form tbody th a").first.click()
    owner.check()
    owner.press("Note what is to be changed")
    owner.reads("This needs another look")
    owner.page.locator("#to-be-changed-note").fill("kept for ten years now")
    owner.press("Note what is to be changed")
    owner.reads("kept for ten years now")
    owner.press("Take the answer back")
    owner.press("It was gone over, and is right")
    owner.reads("confirmed")

    official = city_site.signed_in("official", scripts=False)
    official.go("/inventory/reviews")
    official.follow("start a review of the inventory")
    expect(official.page.get_by_label("What is reviewed")).to_have_value("inventory")
    official.go("/")
