"""The forms in which times are written, tried on texts, and found within lines."""

import re
from collections.abc import Sequence

import duckdb
import pyarrow as pa

from audit.logs.profiles.language import Times
from audit.logs.profiles.read_times import TimeReader
from audit.logs.profiles.zones import read_zone

# Months come first where both orders read every time, as in Minnesota; then that is said.
_FORMS = (
    *("iso", "epoch", "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %I:%M %p", "%m/%d/%Y %H:%M"),
    *("%d/%m/%Y %H:%M:%S", "%d/%m/%Y %I:%M:%S %p", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%Y/%m/%d %H:%M:%S"),
    *("%m-%d-%Y %H:%M:%S", "%m/%d/%y %H:%M:%S", "%m/%d/%y %I:%M:%S %p", "%m/%d/%y %H:%M", "%m/%d/%y %I:%M %p"),
    *("%d/%b/%Y:%H:%M:%S %z", "%d-%b-%Y %H:%M:%S", "%d-%b-%Y %I:%M:%S %p", "%b %d %Y %H:%M:%S"),
    *("%b %d, %Y %I:%M:%S %p", "%a %b %d %H:%M:%S %Y", "%Y%m%d%H%M%S", "%Y%m%d %H:%M:%S"),
)
_SWAPPED = {"%m/%d/%Y": "%d/%m/%Y"}
_LEAST_READ = 0.9
_IN_LINES = (
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?",
    r"\d{1,2}/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}",
    r"\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d\d(?::\d\d)?(?: [AP]M)?",
    r"\d{4}/\d\d/\d\d \d\d:\d\d:\d\d",
)


def find_form(texts: Sequence[str], connection: duckdb.DuckDBPyConnection) -> tuple[str, str] | None:
    """Find the form in which most of some times are written, and the one that would read them all as well.

    None where they are no times of a form that is known; the second is empty where there is no other.
    """
    some = [text for text in dict.fromkeys(texts) if text]
    if not some:
        return None
    shares = {form: share for form in _FORMS if (share := _share_read(some, form, connection)) >= _LEAST_READ}
    if not shares:
        return None
    best = max(shares, key=shares.__getitem__)  # the first of the best
    other = next((best.replace(one, two) for one, two in _SWAPPED.items() if one in best), "")
    return best, other if other and shares.get(other, 0.0) >= shares[best] else ""


def time_pattern(lines: Sequence[str]) -> str:
    """Give an expression with the time of most lines and what stands before and after it; empty where none has one."""
    told = [line for line in lines if line.strip()]
    for form in _IN_LINES:
        if told and sum(re.search(form, line) is not None for line in told) >= _LEAST_READ * len(told):
            return rf"(?P<before>.*?)(?P<time>{form})(?P<after>.*)"
    return ""


def _share_read(texts: Sequence[str], form: str, connection: duckdb.DuckDBPyConnection) -> float:
    if form == "epoch" and not all(re.fullmatch(r"\d{9,16}(\.\d+)?", text) for text in texts[:10]):
        return 0.0  # a short number is none of the counts that logs write
    reader = TimeReader(Times(formats=(form,)), read_zone("UTC"), connection)
    return 1 - float(reader.read(pa.array(texts, pa.string())).unread.mean())
