"""By whose word somebody has access: who granted each grant or wrote it down, and who entered it here, when."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from access.models import Employee, OfficerDuty, TemporaryDuty, WorkAccess
from config.officials.models import Official
from config.recorded import current
from inventory.models import WorkAccessPart

_TABLES: Mapping[str, Any] = {
    "work-access": WorkAccess,
    "temporary-duty": TemporaryDuty,
    "officer-duty": OfficerDuty,
    "inventory": WorkAccessPart,
}


@dataclass(frozen=True)
class Word:
    """By whose word a grant is.

    Args:
        said_by: Who decided it, as far as that is known: the granter, or where it is written down.
        why: The reason that was given; empty where none was.
        entered_by: Who entered it here.
    """

    said_by: str
    why: str
    entered_by: str
    entered_at: datetime


def words_of(session: Session, grants: Collection[str]) -> Mapping[str, Word]:
    """Give by whose word each of some grants is, by the names that decisions give them; of one unknown nothing."""
    found: dict[str, Word] = {}
    for kind, model in _TABLES.items():
        numbers = {int(one.partition(":")[2]) for one in grants if one.partition(":")[0] == kind}
        if not numbers:
            continue
        named = func.coalesce(model.restores, model.id)
        # a row that brings another back is entered later, and says the same
        rows = session.exec(select(model).where(named.in_(numbers)).order_by(model.id)).all()
        names = _names(session, rows)
        found |= {f"{kind}:{row.restores or row.id}": _word(row, names) for row in rows}
    return found


def _word(row: Any, names: Mapping[str, str]) -> Word:  # noqa: ANN401 - a grant's row
    entered = names.get(row.recorded_by, row.recorded_by)
    if isinstance(row, TemporaryDuty):
        return Word(names.get(row.granted_by, row.granted_by), row.reason, entered, row.recorded_at)
    if isinstance(row, OfficerDuty):
        return Word("a specified duty of a designated office", row.duty, entered, row.recorded_at)
    if isinstance(row, WorkAccessPart):
        return Word("the work access text of the inventory", row.part, entered, row.recorded_at)
    return Word(row.authority or entered, "", entered, row.recorded_at)


def _names(session: Session, rows: Sequence[Any]) -> dict[str, str]:
    """Give the names of those who granted or entered rows, by login or employee id."""
    wanted = {row.recorded_by for row in rows} | {getattr(row, "granted_by", "") for row in rows}
    people = session.exec(
        select(Employee.employee_id, Employee.name).where(current(Employee), col(Employee.employee_id).in_(wanted))
    )
    officials = session.exec(
        select(Official.login, Official.name).where(current(Official), col(Official.login).in_(wanted))
    )
    return dict([*people, *officials])
