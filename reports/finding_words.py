"""Whom and what a finding is about, in words."""

from access.facts import Facts
from config.clock import microseconds
from reports.listed_findings import ListedFinding
from reports.people import People, series_named

NO_EMPLOYEE = "no employee"


class FindingWords:
    """Names who a finding is about, the department, and what was accessed."""

    def __init__(self, facts: Facts) -> None:
        self._facts, self._people = facts, People(facts)

    def who(self, finding: ListedFinding) -> str:
        """Name the employee or account."""
        if finding.who_is_employee:
            return self._people.named(finding.who)
        return f"account {finding.who or '(none given)'}"

    def what(self, finding: ListedFinding) -> str:
        """Name the series or resource."""
        return (series_named(self._facts, finding.what) if finding.what_is_series else finding.what) or "(none given)"

    def department(self, finding: ListedFinding) -> str:
        """Say in which department the employee worked when the last of the accesses was made."""
        if not finding.who_is_employee:
            return NO_EMPLOYEE
        return self._people.department_at(finding.who, microseconds(finding.last))
