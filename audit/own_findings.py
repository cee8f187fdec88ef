"""Which findings are too near to the official who moves them: about themselves, or about somebody of their department.

Nobody moves a finding about themselves; the dismissal of one about their own department needs a second official.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlmodel import Session, col, select

from access.departments import Departments
from access.people_below import recorded_id
from audit.models import Finding, FindingFigures
from config.errors import Invalid, NotPermitted
from config.officials.models import Official
from config.own_source import OWN_SOURCE
from config.texts import compare_form


@dataclass(frozen=True)
class MovedBy:
    """Who moves findings: the login, or the account at the command line, and their own id where they are employed."""

    name: str
    employee_id: str = ""


class OwnFindings:
    """Tells how near findings are to one who moves them, by what is known now."""

    def __init__(self, session: Session, mover: MovedBy, now: datetime) -> None:
        self._session, self._mover, self._now = session, mover, now

    def refuse_about_self(self, finding: Finding) -> None:
        """Refuse a finding about the one who moves it.

        Raises:
            NotPermitted: It is.
        """
        if self._is_about(finding, self._mover):
            raise NotPermitted(f"Finding {finding.key} is about yourself; another official has to deal with it.")

    def refuse_assignee(self, finding: Finding, official: Official) -> None:
        """Refuse to have somebody review a finding about themselves.

        Raises:
            Invalid: It is about them.
        """
        if self._is_about(finding, MovedBy(official.login, official.employee_id)):
            raise Invalid(
                f"Finding {finding.key} is about {official.name}, who cannot review it; choose another official."
            )

    def _is_about(self, finding: Finding, who: MovedBy) -> bool:
        """Say whether it is about an employee, or about the looks of an official whom nobody knows as one."""
        if finding.who_is_employee:
            # an official's id is as somebody wrote it, at the provider too
            return bool(who.employee_id) and compare_form(finding.who) == compare_form(who.employee_id)
        return compare_form(finding.who) == compare_form(who.name) and self._is_about_looks(finding)

    def _is_about_looks(self, finding: Finding) -> bool:
        sources = self._session.exec(select(FindingFigures.sources).where(FindingFigures.finding_id == finding.id))
        return any(OWN_SOURCE in told.split("; ") for told in sources)

    def is_of_own_department(self, finding: Finding) -> bool:
        """Say whether the employee worked, at the last access, in a department in which the mover works now."""
        if not self._mover.employee_id or not finding.who_is_employee:
            return False
        last = select(FindingFigures.last).where(FindingFigures.finding_id == finding.id)
        at = self._session.exec(last.order_by(col(FindingFigures.id).desc()).limit(1)).first() or self._now
        own = recorded_id(self._session, self._mover.employee_id) or self._mover.employee_id
        mine = self._departments.of(own, self._now)
        return bool(mine & self._departments.of(finding.who, at))

    @cached_property
    def _departments(self) -> Departments:
        return Departments(self._session, self._now)
