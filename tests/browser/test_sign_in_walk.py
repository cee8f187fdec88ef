"""Looking for somebody, and signing in again where a session ended in the middle of a form with a file."""

from pathlib import Path

from config.officials.sessions import end_all_of
from tests.browser.conftest import Manner, Site
from tests.browser.walking import Walk


def test_a_session_that_ends_in_a_form_with_a_file_loses_nothing_that_was_typed(
    city_site: Site, manner: Manner, tmp_path: Path
) -> None:
    (tmp_path / "jobs.csv").write_text("Job,title,department\nP-1,Diver,Fire\n", encoding="utf-8")
    walk = city_site.signed_in("hr", width=manner[0], scripts=manner[1])
    walk.go("/search?q=Chavez")
    walk.page.goto("/imports/new?kind=positions")
    walk.page.get_by_label("File", exact=True).set_input_files(tmp_path / "jobs.csv")
    walk.page.locator("#columns").fill("Job = position_code")
    with city_site.installation.aside() as work:
        end_all_of(work.session, "hr", now=work.clock)

    walk.press("Send, and see what it would change")
    walk.heading("Sign in")
    _sign_in(walk, "a guess")
    walk.reads("You are not signed in")
    walk.reads("you choose it again then")
    _sign_in(walk, city_site.password)
    walk.reads("Job = position_code")
    walk.page.get_by_label("Choose again: jobs.csv").set_input_files(tmp_path / "jobs.csv")
    walk.press("Send it now")
    city_site.work_off()
    walk.look_again()
    walk.reads("1 added")


def _sign_in(walk: Walk, password: str) -> None:
    walk.page.get_by_label("Login").fill("hr")
    walk.page.get_by_label("Password").fill(password)
    walk.press("Sign in")
