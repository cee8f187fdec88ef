"""How many accesses the logs that count hold in each month; a file's are counted once, as it never changes."""

from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlmodel import Session

from audit.logs.event_store import stored_logs
from config.bulk import open_bulk, parquet_rows, plain_faults
from config.clock import from_microseconds, microseconds, months_between
from config.officials.limits import Limits
from config.settings import Settings

_COUNTED: dict[tuple[Path, str], Mapping[str, int]] = {}  # by file and zone
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
        key = (log.path, zone.key)
        if key not in _COUNTED:
            _COUNTED[key] = _months_of(log.path, zone, settings)
        counted.update(_COUNTED[key])
    return counted


def _months_of(path: Path, zone: ZoneInfo, settings: Settings) -> Mapping[str, int]:
    rows = parquet_rows([path])
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
