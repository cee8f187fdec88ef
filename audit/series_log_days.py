"""On which days a log was seen that could tell of accesses to a data series: none used it apart from none is known."""

from collections import defaultdict
from datetime import date

from sqlmodel import select

from access.facts import Facts
from audit.logs.log_days import days_of_sources
from audit.logs.models import Source
from config.recorded import current
from config.texts import compare_form
from config.work import Work


def log_days_of_series(work: Work, facts: Facts, first: date, last: date) -> dict[str, set[date]]:
    """Give, by series, the days of a span on which a log of a system that holds it has accesses.

    Args:
        last: The last day, in the entity's zone as the first.

    Raises:
        Conflict: A file of the store is missing, or not as its receipt says.
    """
    sources = select(Source.name, Source.system).where(current(Source))
    system_of = {name: compare_form(system) for name, system in work.session.exec(sources)}
    seen: dict[str, set[date]] = defaultdict(set)
    for source, days in days_of_sources(work.session, work.settings, work.zone).items():
        if source in system_of:
            seen[system_of[source]] |= {day for day, events in days.items() if events and first <= day <= last}
    of_series: dict[str, set[date]] = defaultdict(set)
    for system, _, series in facts.patterns:
        of_series[series] |= seen[compare_form(system)]
    return of_series
