"""Whom and what is asked about, where not everything is."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class About:
    """One series, and one employee or all, where nothing else is asked for: facts about others are left out.

    Args:
        employee_id: Empty = all.
        with_names: What maps the names in logs, logins and patterns, is asked for as well.
    """

    employee_id: str
    series: str
    with_names: bool = False

    @property
    def wanted(self) -> Mapping[str, str]:
        """What is asked about, by the columns that say so."""
        return {"employee_id": self.employee_id, "series": self.series}
