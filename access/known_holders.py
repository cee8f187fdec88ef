"""Whom the parts of work access texts can name at an instant, and what they are called."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from access.known_tables import EMPLOYEES, POSITIONS
from access.match_work_access import Holders
from config.database import Reader
from config.known_rows import KnownRows


@dataclass(frozen=True)
class KnownHolders:
    """The holders that are known.

    Args:
        titles: Of positions with their departments, by code.
        names: Of employees, by id.
    """

    holders: Holders
    titles: Mapping[str, str]
    names: Mapping[str, str]


def known_holders(positions: Collection[Any], employees: Collection[Any]) -> KnownHolders:
    """Give the holders that some positions and employees are; any rows do that have their columns."""
    return KnownHolders(
        Holders(positions, employees),
        {one.position_code: f"{one.title} ({one.department})" for one in positions},
        {one.employee_id: one.name for one in employees},
    )


def holders_known_at(reader: Reader, at: datetime) -> KnownHolders:
    """Read the holders that were known at an instant; those of the resolved policy are at hand."""
    rows = KnownRows(reader, at)
    return known_holders(rows.of(POSITIONS), rows.of(EMPLOYEES))
