"""What a change of grants would mean, before it is saved: by the accesses of the last 90 days, decided as audits do.

Work access that claims to have been recorded earlier, or that stands again, is weighed by older accesses as well, as
far back as findings stand.

Three questions are answered of the same accesses. What would the new grants have covered, had they held all the time?
What rests on those that end? And what does the next audit decide otherwise, once the change is made as it is?
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

import numpy as np

from access.current_policy import KeptPolicy
from access.load_facts import StatedGrants
from access.rules import Grant
from access.tried_grants import Tried, less, people_of, with_texts
from audit.decide_events import Rules
from audit.decide_variants import Variants, Wanted, open_variants
from audit.kept import Kept
from audit.rules import REASONS, rule_number
from audit.series_log_days import log_days_of_series
from audit.touched_findings import TouchedFinding, first_found, touched_findings
from config.bulk import plain_faults
from config.clock import ALWAYS, FOREVER, from_microseconds, microseconds
from config.work import Work
from inventory.entity_time import entity_time

LOOKED_BACK = timedelta(days=90)
_MOST_NAMED = 10
_BY_GRANT = tuple(map(rule_number, ("assigned", "officer_duty")))
_NONE: Rules = np.zeros(1, np.uint8)  # the rule of no access
_Chosen: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True)
class Counted:
    """How many accesses there are, of how many people, and the first and the last of them; None where there is none."""

    count: int
    people: int
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True)
class Otherwise:
    """Accesses that the next audit decides otherwise: by which reason now, and by which then."""

    before: str
    after: str
    count: int


@dataclass(frozen=True)
class Holders:
    """Who has access now: where several series are meant, to each of them.

    Args:
        among: Those of the people whom the new grants reach, and the first of their names.
        others: How many others, and the first of their names.
        reached: How many people the new grants reach who are employed now.
        own: The grants in force of the only one whom they reach; none where they reach several.
        ids: Those of the people whom the new grants reach who are employed now, in order.
    """

    reached: int
    among: int
    named: tuple[str, ...]
    others: int
    others_named: tuple[str, ...]
    own: tuple[Grant, ...]
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Meaning:
    """What a change would mean.

    Args:
        since: The first instant of the accesses looked at.
        covered: Those of the last 90 days that the new grants would have authorized; None where nothing is new.
        findings: Findings that stand, not closed, among them.
        resting: Those of the last 90 days that are authorized, and were not without what ends; None where nothing ends.
        still_covered: How many of these the new grants would authorize as well.
        otherwise: What the next audit decides otherwise, of accesses that are logged already.
        touched: The findings that stand, closed or not, which would be otherwise then.
        is_unseen: No log of a system that holds the data has an access of the last 90 days: what uses it is not known.
    """

    since: datetime
    holders: Holders
    covered: Counted | None
    findings: tuple[TouchedFinding, ...]
    resting: Counted | None
    still_covered: int
    otherwise: tuple[Otherwise, ...]
    touched: tuple[TouchedFinding, ...]
    is_unseen: bool

    @property
    def is_for_two(self) -> bool:
        """Whether a second person should look at it: it makes accesses look otherwise that were found already."""
        return bool(self.touched)


def weigh_grants(work: Work, kept: Kept, tried: Tried) -> Meaning:
    """Say what a change of grants would mean.

    Args:
        work: Reads the record as it is without the change.
        kept: What is at hand.

    Raises:
        Conflict: A file of the store is not as its receipt says, or the memory allowed does not suffice.
    """
    known = kept.policy.about(work, tried.series)
    since = work.now - LOOKED_BACK
    people = people_of(known.facts, tried.gone, tried.new)
    start = min([since, *_begun(tried, work.now), *_found(work, tried, people, since)])
    wanted = Wanted(people, tried.series, start, work.now)
    has_new, has_gone = any(tried.new), any(tried.gone)
    states = _States.of(known, tried, since)
    with plain_faults(), open_variants(work, kept, known, wanted, states.all) as variants:
        lately = variants.instant >= microseconds(since)
        before, after = variants.rules(states.before), variants.rules(states.after)
        # without new grants none are covered by them, and without such as end all of the others are left
        always = variants.rules(states.always) if has_new else _NONE
        left = variants.rules(states.left) if has_gone else before
        covered, resting = _by_grant(always) & lately, _by_grant(before) & ~_by_grant(left) & lately
    differs = before != after
    return Meaning(
        start,
        _holders(known, tried, work.now),
        _count(variants, covered) if has_new else None,
        touched_findings(work, variants, before, covered, only_open=True),
        _count(variants, resting) if has_gone else None,
        int((resting & covered).sum()),
        _otherwise(before[differs], after[differs]),
        touched_findings(work, variants, before, differs),
        not (covered.any() or resting.any()) and _is_unseen(work, known, tried.series),
    )


@dataclass(frozen=True)
class _States:
    """The grants by which the accesses are decided, one way and another.

    Args:
        always: What is new alone, as if it had held all the time and been told in time.
        left: What stood before, without what ends.
    """

    before: StatedGrants
    after: StatedGrants
    always: StatedGrants
    left: StatedGrants

    @classmethod
    def of(cls, known: KeptPolicy, tried: Tried, since: datetime) -> "_States":
        before, after = (with_texts(known.facts, one, tried.series) for one in (tried.before, tried.after))
        return cls(before, after, _always(tried.new, microseconds(since)), less(before, tried.gone))

    @property
    def all(self) -> tuple[StatedGrants, ...]:
        return (self.before, self.after, self.always)


def _is_unseen(work: Work, known: KeptPolicy, series: Collection[str]) -> bool:
    first, last = ((work.now - back).astimezone(work.zone).date() for back in (LOOKED_BACK, timedelta()))
    days = log_days_of_series(work, known.facts, first, last)
    return not any(days.get(one) for one in series)


def _always(grants: StatedGrants, since: int) -> StatedGrants:
    return StatedGrants(
        tuple(one._replace(start=since, end=FOREVER, timely_from=ALWAYS) for one in grants.accesses),
        tuple(one._replace(start=since, end=FOREVER, timely_from=ALWAYS) for one in grants.duties),
        tuple(one._replace(start=since, end=FOREVER, timely_from=ALWAYS) for one in grants.officer_duties),
    )


def _by_grant(rules: Rules) -> _Chosen:
    return np.isin(rules, _BY_GRANT)


def _begun(tried: Tried, now: datetime) -> Collection[datetime]:
    """Give from when on duties hold that begin in the past: all that comes after can be decided otherwise."""
    begun = [one.start for one in tried.new.duties if ALWAYS < one.start < microseconds(now)]
    return [from_microseconds(one) for one in begun]


def _found(work: Work, tried: Tried, people: Collection[str], since: datetime) -> Collection[datetime]:
    """Give from when on findings stand, where work access is new that counts as told so long ago.

    It claims so, or stands again. However old they are, none of those is overlooked that it can make authorized. While
    the history of an entity is being loaded, all of it counts as told always, and what is found meanwhile is not final.
    """
    is_live = entity_time(work.session, work.now).went_live_at is not None
    told = [one.timely_from for one in tried.new.accesses if is_live or one.timely_from > ALWAYS]
    if not any(one < microseconds(since) for one in told):
        return []
    first = first_found(work.session, people, tried.series)
    return [] if first is None else [first]


def _count(variants: Variants, chosen: _Chosen) -> Counted:
    instants = variants.instant[chosen]
    if not len(instants):
        return Counted(0, 0, None, None)
    first, last = (from_microseconds(int(one)) for one in (instants.min(), instants.max()))
    return Counted(len(instants), len(np.unique(variants.employee[chosen])), first, last)


def _otherwise(before: Rules, after: Rules) -> tuple[Otherwise, ...]:
    pairs, counts = np.unique(np.stack([before, after], axis=1), axis=0, return_counts=True)
    found = [
        Otherwise(REASONS[one - 1], REASONS[other - 1], int(count))
        for (one, other), count in zip(pairs.tolist(), counts, strict=True)
    ]
    return tuple(sorted(found, key=lambda one: (-one.count, one.before, one.after)))


def _holders(known: KeptPolicy, tried: Tried, now: datetime) -> Holders:
    instant = microseconds(now)
    employed = {one.employee_id for one in known.facts.employments if one.start <= instant < one.end}
    held = {code: [one for one in known.grants_of_series(code) if one.grant.holds_at(now)] for code in tried.series}
    having = employed.intersection(*({one.employee_id for one in grants} for grants in held.values()))
    reached = people_of(known.facts, tried.new) & employed
    among, others = having & reached, having - people_of(known.facts, tried.new, tried.gone)
    alone = reached if len(reached) == 1 else frozenset()
    own = [one.grant for code in sorted(held) for one in held[code] if one.employee_id in alone]
    names = _named(known, among), _named(known, others)
    return Holders(len(reached), len(among), names[0], len(others), names[1], tuple(own), tuple(sorted(reached)))


def _named(known: KeptPolicy, people: Collection[str]) -> tuple[str, ...]:
    names: Sequence[str] = sorted(known.facts.employees[one].name for one in people)
    return tuple(names[:_MOST_NAMED])
