"""The day that a file's name tells, such as vault-2024-10-14.log, for records that do not say theirs."""

import re
from datetime import date

# The part of a record by which a profile names it.
FILE_DATE = "file.date"
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def date_of_name(name: str) -> str:
    """Give the day in a file's name as YYYY-MM-DD; empty where there is none, or several."""
    found = {day for one in _DATE.finditer(name) if (day := _day(one))}
    return found.pop() if len(found) == 1 else ""


def year_of_name(name: str) -> str:
    """Give the year in a file's name that has no day; empty where there is none, or several."""
    found = set(_YEAR.findall(name))
    return found.pop() if len(found) == 1 else ""


def noted_date(day: str) -> tuple[str, ...]:
    """Say what a file's name tells of the time of records that do not say theirs."""
    if not day:
        return ("Records that bear no time have none, as the file's name holds no day such as 2025-03-01 either.",)
    return (f"Where a record bears no time of its own, it has the day of the file's name: {day}.",)


def _day(found: re.Match[str]) -> str:
    year, _, month, day = found.groups()
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
