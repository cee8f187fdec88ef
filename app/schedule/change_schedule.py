"""Change when an entry of the schedule is done, or whether, or do it now."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from app.schedule.cadence import read_cadence
from app.schedule.entries import SCHEDULE, find_entry
from config.jobs.enqueue import JobRequest, enter_job
from config.jobs.models import ScheduleEntry, ScheduleSetting
from config.recorded import current


@dataclass(frozen=True)
class ScheduleChange:
    """What an entry is to be from now on."""

    name: str
    cadence: str
    enabled: bool


def change_schedule(
    session: Session, change: ScheduleChange, *, zone: ZoneInfo, now: datetime, by: str
) -> ScheduleEntry:
    """Change an entry; its next run is the first one from now on, whatever was missed before.

    Raises:
        NotFound: There is no such entry.
        Invalid: The cadence is none.
    """
    entry = find_entry(session, change.name)
    cadence = read_cadence(change.cadence)
    entry.cadence, entry.enabled = str(cadence), change.enabled
    entry.next_run_at = cadence.next_after(now, zone) if change.enabled else None
    entry.changed_at, entry.changed_by = now, by
    session.add(entry)
    _keep_setting(session, entry, now=now, by=by)
    session.flush()
    return entry


def _keep_setting(session: Session, entry: ScheduleEntry, *, now: datetime, by: str) -> None:
    standing = select(ScheduleSetting).where(ScheduleSetting.name == entry.name, current(ScheduleSetting))
    for setting in session.exec(standing):
        setting.superseded_at, setting.superseded_by = now, by
    setting = ScheduleSetting(
        name=entry.name, cadence=entry.cadence, enabled=entry.enabled, recorded_at=now, recorded_by=by
    )
    session.add(setting)


def run_now(session: Session, name: str, *, key: str, now: datetime, by: str) -> int:
    """Ask for an entry's job at once, beside its cadence, and give the job's number.

    Args:
        key: Of the form: sent twice, it is one job.

    Raises:
        NotFound: There is no such entry.
    """
    entry, scheduled = find_entry(session, name), SCHEDULE[name]
    request = JobRequest(scheduled.kind, scheduled.arguments, asked_by=by, key=key, scheduled_as=name)
    entry.last_job, entry.last_run_at = enter_job(session, request, now=now), now
    session.add(entry)
    session.flush()
    return entry.last_job
