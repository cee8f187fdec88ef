"""Whom and what is asked about, where not everything is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class About:
    """Some employees or all, and some series or all, where nothing else is asked for: facts about others are left out.

    Args:
        employees: Their ids; none = all.
        series: Their codes; none = all.
        with_names: What maps the names in logs, logins and patterns, is asked for as well.
    """

    employees: Collection[str] = ()
    series: Collection[str] = ()
    with_names: bool = False

    @property
    def wanted(self) -> Mapping[str, Collection[str]]:
        """What is asked about, by the columns that say so."""
        return {"employee_id": self.employees, "series": self.series}
