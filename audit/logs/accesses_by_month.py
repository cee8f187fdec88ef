"""How many accesses the logs that count hold in each month; a log's are counted once, as they never change."""

from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlmodel import Session

from audit.logs.event_store import StoredLog, stored_logs
from audit.logs.open_events import rows_of_logs
from config.bulk import open_bulk, plain_faults
from config.clock import from_microseconds, microseconds, months_between
from config.officials.limits import Limits
from config.settings import Settings

_COUNTED: dict[tuple[Path, str, str], Mapping[str, int]] = {}  # by data folder, the log's origin, and zone
_SPAN = "SELECT epoch_us(min(time)), epoch_us(max(time)) FROM {rows}"
_COUNT = """
    SELECT count(*) FROM {rows} WHERE time >= make_timestamp({start}) AND time < make_timestamp({end})
"""


def accesses_by_month(session: Session, settings: Settings, zone: ZoneInfo, limits: Limits) -> Counter[str]:
    """Count the accesses of the sources within some limits by month, as YYYY-MM in a zone.

    Raises:
        Conflict: A file of the store is missing, or not as its receipt says.
    """
    counted = Counter[str]()
    for log in stored_logs(session, settings.data_dir).logs:
        if not limits.admit_source(log.source):
            continue
        key = (settings.data_dir, log.origin, zone.key)
        if key not in _COUNTED:
            _COUNTED[key] = _months_of(log, zone, settings)
        counted.update(_COUNTED[key])
    return counted


def _months_of(log: StoredLog, zone: ZoneInfo, settings: Settings) -> Mapping[str, int]:
    rows = rows_of_logs([log])
    with plain_faults(), closing(open_bulk(settings)) as connection:
        ((first, last),) = connection.execute(_SPAN.format(rows=rows)).fetchall()
        if first is None:
            return {}
        found = dict[str, int]()
        for month, start, end in months_between(from_microseconds(first), from_microseconds(last), zone):
            query = _COUNT.format(rows=rows, start=microseconds(start), end=microseconds(end))
            ((count,),) = connection.execute(query).fetchall()
            found[month] = count
        return found
