"""What is kept and indexed of many findings says the same as reading them all: counts, order, and others like one."""

from dataclasses import replace

import pytest
from sqlmodel import Session

from audit.finding_rows import find_finding_id, view_of
from audit.finding_views import finding_views
from audit.findings_about import count_by_grants
from audit.kept import AtHand, Kept
from audit.list_findings import FindingsFilter, ListedFindings, count_findings, list_findings, order_of
from audit.move_finding import Move, move_finding
from audit.other_findings import others_of_what, others_of_who
from audit.own_findings import MovedBy
from audit.standing_counts import KeptCounts
from audit.views import FindingView
from config.officials.limits import UNLIMITED, Limits
from config.settings import Settings
from config.work import Work
from inventory.entity_time import entity_zone
from tests.audit.auditing import keys, open_bids, view_bids
from tests.audit.many_findings import MONTHS, add_findings
from tests.builders import APRIL_1, JUNE_1, MAY_1
from tests.databases import on_both
from tests.town import NOW, Town

_CADS = Limits(sources=frozenset({"cad"}))
_LIMITS = (UNLIMITED, _CADS, Limits(months=frozenset(MONTHS[1:])), replace(_CADS, months=frozenset(MONTHS[:1])))
_FILTERS = (
    FindingsFilter(),
    FindingsFilter(status="open"),
    FindingsFilter(status="referred"),
    FindingsFilter(verdict="unresolved", month="2025-04"),
    FindingsFilter(reason="no_work_assignment", source="records"),
    FindingsFilter(status="dismissed", source="cad"),
)
_SORTS = ("", "who", "-who", "status,-what", "events", "-last")
_ROE = MovedBy("Jane Roe")


def _work(session: Session, settings: Settings) -> Work:
    return Work(session, NOW, NOW, "test", settings, entity_zone)


def _key(view: FindingView, wanted: FindingsFilter) -> tuple[object, ...]:
    """Give what sorts a view, turned round for what is sorted downwards; months and ids here are as long as others."""
    return tuple(_turned(getattr(view, name)) if down else getattr(view, name) for name, down in order_of(wanted))


def _turned(value: object) -> object:
    return -value if isinstance(value, int) else tuple(-ord(one) for one in str(value))


@on_both
def test_counts_that_are_kept_follow_each_move_as_if_counted_anew(session: Session, settings: Settings) -> None:
    found, kept = add_findings(session), KeptCounts()
    work = _work(session, settings)
    before = kept.of(work)
    for key, move in (
        (found[0], Move("under_review", "asked")),
        (found[0], Move("dismissed", "twice", reason="logged_twice")),
        (found[0], Move("open", "not twice")),
        (found[9], Move(None, "a note alone")),
        (found[9], Move("accepted", "flood", owner="Jane Roe", exception_ends=MAY_1)),
    ):
        move_finding(session, key, move, now=APRIL_1, by=_ROE)
        counts = kept.of(work)
        assert counts == KeptCounts().of(work)
    assert counts.findings() == before.findings() == len(found)
    assert counts.findings(lambda kind: kind.status == "accepted") == 1


def test_counts_that_are_kept_are_those_of_the_newest_audit(quiet_town: Town) -> None:
    kept = KeptCounts()
    work = _work(quiet_town.session, quiet_town.settings)
    assert kept.of(work).findings() == 0
    view_bids(quiet_town, "2025-04-05", "2025-05-06")
    quiet_town.audit()
    move_finding(quiet_town.session, keys(quiet_town)[0], Move("under_review"), now=NOW, by=_ROE)
    assert kept.of(work) == KeptCounts().of(work)
    assert kept.of(work).findings() == 2
    assert kept.by_grants(work) == {"S4": 2}
    open_bids(quiet_town, JUNE_1)
    quiet_town.audit()
    assert kept.of(work).findings() == len(keys(quiet_town))
    assert kept.by_grants(work) == count_by_grants(quiet_town.session)
    assert kept.of(work) == KeptCounts().of(work)


@on_both
def test_a_list_is_counted_and_ordered_alike_with_and_without_counts_at_hand(
    session: Session, settings: Settings
) -> None:
    found = add_findings(session)
    for key in found[3:8]:
        move_finding(session, key, Move("dismissed", "twice", reason="logged_twice"), now=APRIL_1, by=_ROE)
    at_hand = AtHand(Kept(), _work(session, settings))
    every = finding_views(session)
    for limits in _LIMITS:
        for wanted in _FILTERS:
            fit = [one for one in every if _fits(one, wanted, limits)]
            for sort in _SORTS:
                asked = replace(wanted, sort=sort)
                expected = [one.key for one in sorted(fit, key=lambda one: _key(one, asked))]
                listed = list_findings(session, asked, now=NOW, limit=7, offset=2, limits=limits, at_hand=at_hand)
                assert _told(listed) == (expected[2:9], len(fit))
                alone = list_findings(session, asked, now=NOW, limit=7, offset=2, limits=limits)
                assert _told(alone) == _told(listed)
                if len(listed.findings) > 2:
                    place = [getattr(listed.findings[2], name) for name, _ in order_of(asked)]
                    further = list_findings(
                        session, asked, now=NOW, limit=4, after=place, limits=limits, at_hand=at_hand
                    )
                    assert _told(further) == (expected[5:9], len(fit))


def _fits(one: FindingView, wanted: FindingsFilter, limits: Limits) -> bool:
    named = all(getattr(wanted, name) in {"", getattr(one, name)} for name in ("status", "verdict", "reason", "month"))
    sources = one.sources.split("; ")
    return named and (not wanted.source or wanted.source in sources) and limits.admit(one.month, sources)


def _told(listed: ListedFindings) -> tuple[list[str], int]:
    return [one.key for one in listed.findings], listed.total


@on_both
def test_those_that_grew_and_those_that_wait_for_a_second_official_are_counted(session: Session) -> None:
    found = add_findings(session)
    for key in found[:2]:
        move_finding(session, key, Move("explained", "seen"), now=APRIL_1, by=_ROE)
        move_finding(session, key, Move("open", "look again"), now=APRIL_1, by=_ROE)
    first = move_finding(session, found[0], Move(None, "grew"), now=APRIL_1, by=_ROE)
    first.accesses = (first.closed_events or 0) + 1
    other = move_finding(session, found[5], Move(None, "proposed"), now=APRIL_1, by=_ROE)
    other.dismissal_proposed_by = "Jane Roe"
    session.flush()

    assert count_findings(session, FindingsFilter(grown=True), now=NOW) == 1
    assert _told(list_findings(session, FindingsFilter(proposed=True), now=NOW, limit=5)) == ([found[5]], 1)


@on_both
@pytest.mark.parametrize("limits", _LIMITS, ids=str)
def test_others_like_a_finding_are_those_at_the_places_asked_for(session: Session, limits: Limits) -> None:
    found = add_findings(session)
    every = [one for one in finding_views(session) if limits.admit(one.month, one.sources.split("; "))]
    one = view_of(session, find_finding_id(session, found[21]))
    of_who = [other for other in every if other.who == one.who and other.key != one.key]
    of_what = [other for other in every if other.what == one.what and other.who != one.who]
    for places in (slice(0), slice(4), slice(-3, None), slice(9, 14), slice(50)):
        for others, expected in ((others_of_who, of_who), (others_of_what, of_what)):
            told = others(session, one, limits, places)
            assert ([*told.shown], told.total) == (expected[places], len(expected))
