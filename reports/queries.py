"""Named questions of reports to the record; sorted here, as databases sort text in ways of their own."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlmodel import Session, col, or_, select

from access.facts import Facts
from access.models import Employee, Officer, TemporaryDuty
from audit.logs.listed_rejects import count_listed
from audit.logs.models import LogImport, StandingLog
from audit.models import AuditRun
from config.clock import microseconds
from config.recorded import current, known_at
from config.texts import compare_form
from inventory.models import PartResolution


class OfficeHolder(NamedTuple):
    """Who holds an office."""

    name: str
    employee_id: str
    email: str


def officers_at(session: Session, instant: datetime, *, at: datetime) -> dict[str, list[OfficeHolder]]:
    """Give those who hold each office at an instant, as known `at` another, in the order of names."""
    rows = session.exec(
        select(Officer.office, Employee.name, Employee.employee_id, Employee.email)
        .join(Employee, col(Employee.employee_id) == col(Officer.employee_id))
        .where(known_at(Officer, at), known_at(Employee, at))
        .where(or_(col(Officer.start).is_(None), col(Officer.start) <= instant))
        .where(or_(col(Officer.end).is_(None), col(Officer.end) > instant))
        .distinct()
    )
    officers: dict[str, list[OfficeHolder]] = defaultdict(list)
    for office, *holder in sorted(rows):
        officers[office].append(OfficeHolder(*holder))
    return officers


def part_resolutions(session: Session, *, at: datetime) -> Sequence[PartResolution]:
    """Give what officials decided about parts of work access texts, as known at an instant, by series and part."""
    rows = session.exec(select(PartResolution).where(known_at(PartResolution, at)))
    return sorted(rows, key=lambda one: (one.series, one.part, one.holder_type, one.holder))


def temporary_duties(session: Session, *, at: datetime) -> Sequence[TemporaryDuty]:
    """Give the temporary duties known at an instant, by employee and start."""
    rows = session.exec(select(TemporaryDuty).where(known_at(TemporaryDuty, at)))
    return sorted(rows, key=lambda one: (one.employee_id, one.start, one.id))


def audit_runs(session: Session) -> Sequence[AuditRun]:
    """Give all audits whose findings stand or stood, the newest first; questions about the past are none of them."""
    return session.exec(select(AuditRun).where(~col(AuditRun.is_question)).order_by(col(AuditRun.id).desc())).all()


def log_imports(session: Session) -> Sequence[LogImport]:
    """Give the imported logs that count, in the order of their import."""
    standing = select(LogImport).join(StandingLog, col(StandingLog.import_id) == col(LogImport.id))
    return session.exec(standing.where(current(StandingLog)).order_by(col(LogImport.id))).all()


def rejects_waiting(session: Session, data_dir: Path) -> dict[int, int]:
    """Give, by an import's id, how many of the unreadable records that were kept of it still wait for repair.

    What an earlier import had kept already is not kept again.
    """
    sources = sorted({one.source for one in log_imports(session)})
    return {number: kept for source in sources for number, kept in count_listed(session, source, data_dir).items()}


def logs_until(facts: Facts, imports: Sequence[LogImport]) -> dict[str, int]:
    """Give, by the code of a series, the last time in the logs of the systems whose patterns map to it.

    Returns:
        Microseconds since 1970 in UTC; a series of no system with logs is missing.
    """
    by_system: dict[str, int] = {}
    for one in imports:
        if one.last_time is not None:
            system = compare_form(one.system)
            by_system[system] = max(by_system.get(system, 0), microseconds(one.last_time))
    until: dict[str, int] = {}
    for system, _, series in facts.patterns:
        last = by_system.get(compare_form(system))
        if last is not None:
            until[series] = max(until.get(series, last), last)
    return until
