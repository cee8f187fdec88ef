"""Who has standing work access to a series by the record, in the words of the inventory's fifth column."""

from collections import defaultdict
from collections.abc import Mapping

from access.facts import Access, Facts
from config.texts import compare_form
from inventory.models import DataSeries
from reports.people import People

ANYBODY = "Public data: anybody"
NOBODY = "(nobody on record)"


class AccessByRecord:
    """Says who has standing work access to a series at an instant: by the inventory's text, and by what was entered.

    Temporary duties and the specified duties of officers are no part of it.

    Args:
        facts: Everything known.
        instant: In microseconds since 1970 in UTC.
        names_employees: Whether an employee who has access by name is named, as the public is not to be told.
    """

    def __init__(self, facts: Facts, instant: int, *, names_employees: bool = True) -> None:
        self._facts = facts
        self._instant = instant
        self._names_employees = names_employees
        self._people = People(facts)
        self._held: Mapping[str, list[Access]] = defaultdict(list)
        for access in facts.accesses:
            if access.start <= instant < access.end:
                self._held[access.series].append(access)

    def stated(self, row: DataSeries) -> str:
        """Name the holders, and the parts of the text that name none, as they are written; empty where nobody has."""
        series = self._facts.series.get(row.code)
        named = {self._in_order(access, row.department) for access in self._held.get(row.code, [])}
        holders = dict.fromkeys(words for _, words in sorted(named))
        return "; ".join([*holders, *(series.untestable if series else ())])

    def in_words(self, row: DataSeries) -> str:
        """Say the same as the inventory is to say it: also of data that anybody may see, and of what nobody has."""
        series = self._facts.series.get(row.code)
        return self.stated(row) or (ANYBODY if series and series.public else NOBODY)

    def _in_order(self, access: Access, department: str) -> tuple[int, str]:
        """Give a holder in words, after the place of its kind."""
        holder = access.holder
        match access.holder_type:
            case "everyone":
                return 0, "All employees"
            case "department":
                return 1, f"{holder} (all positions)"
            case "position" if holder in self._facts.positions:
                position = self._facts.positions[holder]
                elsewhere = compare_form(position.department) != compare_form(department)
                return 2, f"{position.title} ({position.department})" if elsewhere else position.title
            case "employee" if not self._names_employees:
                titles = self._people.titles_at(holder, self._instant)
                return 3, f"One employee ({titles})" if titles else "One employee"
            case "employee" if holder in self._facts.employees:
                return 3, f"{self._facts.employees[holder].name} (by name)"
            case _:
                return 3, holder
