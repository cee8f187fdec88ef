"""Others like a finding: of the same employee or account, and of others about the same series or resource.

There may be very many; they are counted by month, and only those of the months from which some are shown are read.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, text

from audit.finding_rows import views_by_ids
from audit.views import FindingView
from config.database import Reader
from config.officials.limits import Limits

_WHO = "f.who = :who AND f.who_is_employee = :who_is_employee"
_WHAT = "f.what = :what AND f.what_is_series = :what_is_series"
# found by whom they are of, as somebody has fewer than a series
_WHO_AND_WHAT = f"{_WHO} AND f.what || '' = :what AND f.what_is_series = :what_is_series"
_OTHERS_OF_WHO = f"{_WHO} AND f.key <> :key"
_OTHERS_OF_WHAT = f"{_WHAT} AND NOT ({_WHO})"
_COUNTED = "SELECT f.month, '', count(*) FROM findings f WHERE f.figures_id IS NOT NULL AND {which} GROUP BY f.month"
_COUNTED_BY_SOURCES = """
    SELECT f.month, g.sources, count(*) FROM findings f JOIN finding_figures g ON g.id = f.figures_id
    WHERE {which} GROUP BY f.month, g.sources
"""
_OF_MONTHS = """
    SELECT f.month, f.reason, f.who, f.what, f.key, f.id, g.sources
    FROM findings f JOIN finding_figures g ON g.id = f.figures_id WHERE {which} AND f.month IN :months
"""


@dataclass(frozen=True)
class SomeFindings:
    """Some of many findings, by month, reason, who and what, and how many they are in all."""

    shown: Sequence[FindingView]
    total: int


def others_of_who(reader: Reader, finding: FindingView, limits: Limits, wanted: slice) -> SomeFindings:
    """Give the other findings that stand of the same employee or account, by their places among them.

    Args:
        limits: Of which months and sources findings are there for who asks.
    """
    months = _months(reader, finding, _OTHERS_OF_WHO, limits)
    return _some(reader, finding, _OTHERS_OF_WHO, months, limits, wanted)


def others_of_what(reader: Reader, finding: FindingView, limits: Limits, wanted: slice) -> SomeFindings:
    """Give likewise those of others about the same series or resource."""
    months = _months(reader, finding, _WHAT, limits) - _months(reader, finding, _WHO_AND_WHAT, limits)
    return _some(reader, finding, _OTHERS_OF_WHAT, months, limits, wanted)


def _months(reader: Reader, finding: FindingView, which: str, limits: Limits) -> Counter[str]:
    """Count findings by month, those that are there for who asks."""
    counted = (_COUNTED_BY_SOURCES if limits.sources else _COUNTED).format(which=which)
    months = Counter[str]()
    for month, sources, count in reader.execute(text(counted), _named(finding)):
        if limits.admit_month(month) and (not limits.sources or limits.admit(month, sources.split("; "))):
            months[month] += count
    return months


def _some(
    reader: Reader, finding: FindingView, which: str, months: Counter[str], limits: Limits, wanted: slice
) -> SomeFindings:
    places = range(months.total())[wanted]
    if not places:
        return SomeFindings((), months.total())
    before, skipped, read = 0, 0, list[str]()
    for month in sorted(months):
        if before <= places[-1] and places[0] < before + months[month]:
            read.append(month)
        elif not read:
            skipped += months[month]
        before += months[month]
    asked = text(_OF_MONTHS.format(which=which)).bindparams(bindparam("months", expanding=True))
    # sorted here, as databases sort text in ways of their own
    found = sorted(
        row[:-1]
        for row in reader.execute(asked, {**_named(finding), "months": read}).all()
        if limits.admit(row[0], row[-1].split("; "))
    )
    ids = [row[-1] for row in found[places[0] - skipped : places[-1] + 1 - skipped]]
    return SomeFindings(views_by_ids(reader, ids), months.total())


def _named(finding: FindingView) -> Mapping[str, Any]:
    return {name: getattr(finding, name) for name in ("key", "who", "who_is_employee", "what", "what_is_series")}
