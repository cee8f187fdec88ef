"""The findings that stand of some accesses: which they are, and how many of each finding's accesses are among them."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from sqlmodel import Session, col, func, select

from audit.decide_events import Rules
from audit.decide_variants import Variants
from audit.decided import FLAGGED
from audit.models import Finding, FindingFigures
from audit.rules import REASONS
from audit.statuses import CLOSED
from config.clock import from_microseconds, microseconds, months_between
from config.work import Work

_AT_ONCE = 500


@dataclass(frozen=True)
class TouchedFinding:
    """A finding that stands, with some of its accesses.

    Args:
        events: How many of its accesses are meant.
        of: How many it has.
    """

    key: str
    who: str
    reason: str
    month: str
    status: str
    events: int
    of: int


def touched_findings(
    work: Work,
    variants: Variants,
    rules: Rules,
    chosen: "np.ndarray[Any, np.dtype[np.bool_]]",
    *,
    only_open: bool = False,
) -> tuple[TouchedFinding, ...]:
    """Give the findings that stand of accesses that were chosen, the most accesses first.

    Args:
        rules: By which row of the decision table each access was decided.
        only_open: Only those that are not closed.
    """
    places = np.flatnonzero(chosen & np.isin(rules, FLAGGED))
    if not len(places):
        return ()
    months, month = _months(work, variants, places)
    counted = Counter(
        (variants.people[who], variants.codes[what], REASONS[rule - 1], months[at])
        for who, what, rule, at in zip(
            variants.employee[places].tolist(),
            variants.series[places].tolist(),
            rules[places].tolist(),
            month.tolist(),
            strict=True,
        )
    )
    found = [one for one in _standing(work, counted) if not only_open or one[1]]
    return tuple(sorted((one for one, _ in found), key=lambda one: (-one.events, one.key)))


def first_found(session: Session, people: Collection[str], series: Collection[str]) -> datetime | None:
    """Give the time of the first access of the findings that stand of some people and series; None where none does."""
    first = (
        select(func.min(FindingFigures.first))
        .join(Finding, col(Finding.figures_id) == col(FindingFigures.id))
        .where(Finding.who_is_employee, col(Finding.what).in_(series), Finding.what_is_series)
    )
    if len(people) <= _AT_ONCE:
        first = first.where(col(Finding.who).in_(people))
    return session.exec(first).one()


def _months(work: Work, variants: Variants, places: Any) -> tuple[list[str], Any]:  # noqa: ANN401 - arrays of numbers
    """Give the months of some accesses, and which of them each falls in."""
    instants = variants.instant[places]
    first, last = (from_microseconds(int(one)) for one in (instants.min(), instants.max()))
    spans = list(months_between(first, last, work.zone))
    starts = np.array([microseconds(start) for _, start, _ in spans], np.int64)
    return [month for month, _, _ in spans], np.searchsorted(starts, instants, side="right") - 1


def _standing(work: Work, counted: Counter[tuple[str, str, str, str]]) -> list[tuple[TouchedFinding, bool]]:
    """Give the findings that stand, each with whether it is open."""
    people, series, _, months = map(set, zip(*counted, strict=True))
    found, listed = list[tuple[TouchedFinding, bool]](), sorted(people)
    for first in range(0, len(listed), _AT_ONCE):
        chosen = (
            select(Finding, FindingFigures)
            .join(FindingFigures, col(Finding.figures_id) == col(FindingFigures.id))
            .where(col(Finding.who).in_(listed[first : first + _AT_ONCE]), Finding.who_is_employee)
            .where(col(Finding.what).in_(series), Finding.what_is_series, col(Finding.month).in_(months))
        )
        for finding, figures in work.session.exec(chosen):
            events = counted.get((finding.who, finding.what, finding.reason, finding.month), 0)
            if events:
                told = (finding.key, finding.who, finding.reason, finding.month, finding.status)
                found.append((TouchedFinding(*told, events, figures.events), finding.status not in CLOSED))
    return found
