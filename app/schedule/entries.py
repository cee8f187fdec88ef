"""The schedule: the table of what the service does by itself, and how each entry of it stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from app.notices.gather_notices import is_any_missing
from app.notices.outbox import SCHEDULED_AS
from app.notices.send_mails import does_any_wait
from app.retention.apply_retention import RemovalRequest
from audit.logs.keeping.retention import retention_of_sources
from audit.logs.watched_folder import quiet_files
from audit.run_audit import AuditRequest
from config.errors import NotFound
from config.jobs.models import JobKind, ScheduleEntry
from config.jobs.queries import schedule_entries
from config.work import Installation


@dataclass(frozen=True)
class Scheduled:
    """What an entry of the schedule asks for.

    Args:
        in_words: What it is for.
        kind: The job.
        arguments: Of the job.
        cadence: When, until somebody changes it.
        has_work: Whether there is anything to do, where that can be told at a glance: else it is not asked for.
    """

    in_words: str
    kind: JobKind
    arguments: object
    cadence: str
    has_work: Callable[[Installation], bool] = lambda _: True


def _files_wait(installation: Installation) -> bool:
    return any(quiet_files(installation.settings, installation.clock()))


def _some_by_itself(installation: Installation) -> bool:
    with installation.read() as work:
        return any(one.by_itself for one in retention_of_sources(work.session).values())


def _has_backup_folder(installation: Installation) -> bool:
    return installation.settings.backup_dir is not None


SCHEDULE: Mapping[str, Scheduled] = {
    "nightly-audit": Scheduled(
        "Audits all logs; where nothing has changed since the last audit, that one stands.",
        *(JobKind.AUDIT, AuditRequest(), "daily at 03:15"),
    ),
    "expiry": Scheduled("Opens findings again whose exception has ended.", JobKind.EXPIRY, None, "daily at 00:10"),
    "reminders": Scheduled(
        "Counts what temporary duties that ended lately were used for, which their granters and holders are told.",
        *(JobKind.REMINDERS, None, "daily at 04:00"),
    ),
    "notices": Scheduled(
        "Gathers what officials are to be told, for their page of notices and for mails.",
        *(JobKind.NOTICES, None, "every 5 minutes", is_any_missing),
    ),
    SCHEDULED_AS: Scheduled(
        "Sends the mails that wait, where the setting smtp_host names a mail server.",
        *(JobKind.MAILS, None, "every 5 minutes", does_any_wait),
    ),
    "watched-folders": Scheduled(
        "Imports what was put into the watched folders, where the setting watched_dir names any.",
        *(JobKind.WATCH, None, "every 10 minutes", _files_wait),
    ),
    "leftovers": Scheduled(
        "Removes what killed work left in the data folder.", JobKind.LEFTOVERS, None, "daily at 04:45"
    ),
    "compaction": Scheduled(
        "Puts the files of sources together by month that have eight new ones or more, where they become fewer.",
        *(JobKind.COMPACT, None, "saturday at 05:30"),
    ),
    "retention": Scheduled(
        "Removes what is due of sources whose retention is switched on to be applied by itself.",
        *(JobKind.RETENTION, RemovalRequest(), "daily at 05:00", _some_by_itself),
    ),
    "backup": Scheduled(
        "Writes a backup of everything, where the setting backup_dir names a folder for it.",
        *(JobKind.BACKUP, None, "daily at 02:15", _has_backup_folder),
    ),
    "verify": Scheduled(
        "Holds every file of the imported logs to its receipt.", JobKind.VERIFY, None, "sunday at 05:15"
    ),
}


def standing_entries(session: Session) -> list[ScheduleEntry]:
    """Give every entry in its order; one that nobody has touched yet is as the table has it, and is no row yet."""
    rows = {row.name: row for row in schedule_entries(session)}
    return [rows.get(name) or ScheduleEntry(name=name, cadence=SCHEDULE[name].cadence) for name in SCHEDULE]


def find_entry(session: Session, name: str) -> ScheduleEntry:
    """Give an entry by its name.

    Raises:
        NotFound: There is none of that name.
    """
    if name not in SCHEDULE:
        raise NotFound(f'The schedule has no entry "{name}"; its entries are {", ".join(SCHEDULE)}.')
    return next(entry for entry in standing_entries(session) if entry.name == name)
