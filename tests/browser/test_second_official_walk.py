"""A dismissal of a finding about the official's own department: it stands once a second official dismisses it too."""

from sqlmodel import Session, col, select

from access.models import Assignment, Position
from audit.models import Finding
from config.officials.permissions import Role
from config.recorded import current
from tests.browser.conftest import Site
from tests.browser.walking import Walk


def test_a_dismissal_in_ones_own_department_waits_for_a_second_official(city_site: Site) -> None:
    with city_site.installation.read() as work:
        key, colleague = _a_finding(work.session)
    city_site.let_in("colleague", Role.COMPLIANCE_OFFICIAL, colleague)
    first = city_site.signed_in("colleague", width=320, scripts=False)
    _dismiss(first, key)
    first.reads("a second official has to do so too")

    second = city_site.signed_in("official", width=320, scripts=False)
    second.follow("Dismissals that wait for a second official")
    second.follow(key)
    _dismiss(second, key)
    second.reads("open to dismissed")
    first.go("/")
    assert first.page.get_by_text("Dismissals that wait").count() == 0


def _dismiss(walk: Walk, key: str) -> None:
    walk.page.goto(f"/findings/{key}")
    walk.page.get_by_label("Move to").select_option("dismissed")
    walk.page.get_by_label("Reason, where it is dismissed").select_option(index=1)
    walk.page.get_by_label("Note").fill("The letter of appointment is in the file")
    walk.press("Record")


def _a_finding(session: Session) -> tuple[str, str]:
    """Give a finding of an employee, and somebody else of their department."""
    asked = select(Assignment.employee_id, Position.department).where(
        Assignment.position_code == Position.position_code, col(Assignment.end).is_(None)
    )
    held = session.exec(asked.where(current(Assignment), current(Position))).all()
    departments = dict(held)
    found = select(Finding.key, Finding.who).where(Finding.who_is_employee, Finding.status == "open")
    for key, who in session.exec(found.where(col(Finding.figures_id).is_not(None)).order_by(Finding.key)):
        for other, department in departments.items():
            if other != who and department == departments.get(who):
                return key, other
    raise AssertionError("no finding is of somebody who has colleagues")
