"""What waits for an official, the largest first: each a count in words and one link to where it is dealt with."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple
from urllib.parse import quote

from sqlmodel import col, func, select

from access.duty_models import Asked
from access.list_duties import DutyList
from access.people_below import Reach, recorded_id
from access.proposals.answer_proposal import may_decide
from access.proposals.find_proposal import THING as PROPOSALS
from access.proposals.find_proposal import waiting_proposals
from access.reviews.find_review import WAITING, list_reviews, review_items
from access.reviews.owners import THING as REVIEWS
from app.duties.shown import decider
from app.imports.refused_rows import count_refused
from app.people.reach import reach_of
from audit.explanations import questions_to
from audit.kept import AtHand
from audit.list_findings import FindingsFilter, count_findings
from audit.logs.coverage import CoverageRequest, read_coverage
from audit.logs.models import LogImport
from audit.logs.source_purge import find_purge
from audit.logs.standing_logs import standing_ids
from audit.standing_counts import StandingCounts
from audit.statuses import CLOSED, Status
from config.clock import end_text
from config.errors import Conflict
from config.jobs.models import Job, JobState
from config.officials.permissions import Scope
from config.texts import counted
from config.uploads.models import Upload, UploadState
from config.web.signed_in import SignedIn
from config.work import Work
from inventory.review_series import count_overdue

_DUTIES = "temporary duties"
_DAYS_LATELY = 90
_MAPPED_LATER = {
    "unknown_account": ("accounts", "Accesses of accounts that belong to nobody"),
    "uninventoried_resource": ("resources", "Accesses to resources that no pattern maps"),
}


class Waiting(NamedTuple):
    """Something that waits: how many, what it is, and where it is dealt with."""

    how_many: int
    what: str
    path: str


def waiting_for(work: Work, at_hand: AtHand, official: SignedIn) -> list[Waiting]:
    """Give what waits for an official, the largest first; what there is none of is left out."""
    found = [*_findings(work, at_hand, official), *_mappings(at_hand.counts, official), *_duties(work, official)]
    found += _proposals(work, official)
    found += [*_asked(work, official), *_reviews(work, official), *_yearly_reviews(work, official)]
    found += [*_records(work, official), *_coverage(work, official)]
    found += [*_imports(work, official), *_jobs(work, official)]
    return sorted((one for one in found if one.how_many), key=lambda one: (-one.how_many, one.path))


def _findings(work: Work, at_hand: AtHand, official: SignedIn) -> Iterator[Waiting]:
    if not official.may("change", "findings"):
        return
    for wanted, what, path in (
        (FindingsFilter(status=Status.OPEN), "Open findings", "/findings?status=open"),
        (FindingsFilter(status=Status.UNDER_REVIEW), "Findings under review", "/findings?status=under_review"),
        (
            FindingsFilter(status=Status.UNDER_REVIEW, assignee=official.login),
            "Findings assigned to you",
            f"/findings?status=under_review&assignee={quote(official.login)}",
        ),
        (FindingsFilter(proposed=True), "Dismissals that wait for a second official", "/findings?proposed=1"),
        (FindingsFilter(grown=True), "Findings that grew since they were closed", "/findings?grown=1"),
    ):
        yield Waiting(count_findings(work.session, wanted, now=work.now, at_hand=at_hand), what, path)


def _mappings(counts: StandingCounts, official: SignedIn) -> Iterator[Waiting]:
    """Count, as the newest audit found them, the accesses whose account or resource maps to nothing."""
    if not official.may("change", "mappings"):
        return
    accesses = Counter[tuple[str, str]]()
    for found, those in counts.by_kind.items():
        if found.reason in _MAPPED_LATER and found.status not in CLOSED:
            accesses[found.reason, found.sources] += those.accesses
    for (reason, sources), events in accesses.items():
        kind, what = _MAPPED_LATER[reason]
        is_one = "; " not in sources
        path = f"/logs/{quote(sources, safe='')}/mapping?what={kind}" if is_one else "/logs"
        yield Waiting(events, f"{what}, in {sources.replace('; ', ' and ')}", path)


def _duties(work: Work, official: SignedIn) -> Iterator[Waiting]:
    scope = official.reach("change", _DUTIES)
    if scope is None:
        return
    reach = reach_of(work, replace(official, scope=scope))
    duties = DutyList(reach, work.now)
    for state, what in (
        (Asked.REQUESTED, "Temporary duties asked for"),
        (Asked.AWAITING, "Temporary duties that wait for a second person"),
    ):
        others = duties.choose(state=state).where(duties.columns["employee_id"] != reach.employee_id)
        yield Waiting(duties.count(others, work.session), what, f"/duties?state={quote(state)}")


def _proposals(work: Work, official: SignedIn) -> Iterator[Waiting]:
    """Count the changes of work access that wait for a second official, of which this one may be it."""
    scope = official.reach("change", PROPOSALS)
    if scope is None:
        return
    by = decider(work, replace(official, scope=scope))
    found = [one.row.id for one in waiting_proposals(work.session) if may_decide(work, one, by)]
    path = f"/grants/proposals/{found[0]}" if len(found) == 1 else "/grants/proposals?state=waiting"
    yield Waiting(len(found), "Changes of work access that wait for a second official", path)


def _reviews(work: Work, official: SignedIn) -> Iterator[Waiting]:
    """Count, of each open review, the grants or series for which the official is to answer themselves and has not."""
    scope = official.reach("change", REVIEWS)
    if scope is None:
        return
    reach = reach_of(work, replace(official, scope=scope))
    for review in list_reviews(work.session, reach):
        if review.closed_at is None:
            own = [one for one in review_items(work.session, review.id, reach) if _is_own(one.item.owner, reach)]
            waiting = sum(one.state == WAITING for one in own)
            things = "Data series" if review.is_of_inventory else "Grants"
            what = f"{things} of {review.name} to be answered for {end_text(review.due, work.zone)}"
            yield Waiting(waiting, what, f"/reviews/{review.id}?state={WAITING}")


def _is_own(owner: str, reach: Reach) -> bool:
    return owner in reach.managers if owner else reach.scope == Scope.ALL


def _asked(work: Work, official: SignedIn) -> Iterator[Waiting]:
    """Count what the official, as an employee, is asked to explain."""
    if not official.employee_id or not official.may("read", "explanations"):
        return
    waiting = [one for one in questions_to(work.session, recorded_id(work.session, official.employee_id)) if one.waits]
    path = f"/findings/{waiting[0].finding.key}/answer" if len(waiting) == 1 else "/me#asked"
    late = sum(one.due <= work.now for one in waiting)
    yield Waiting(len(waiting), f"Explanations asked of you{f', {late:,} of them late' if late else ''}", path)


def _records(work: Work, official: SignedIn) -> Iterator[Waiting]:
    if official.may("change", "sources"):
        counting = standing_ids(work.session)
        unreadable = select(func.sum(LogImport.unreadable)).where(col(LogImport.id).in_(counting))
        yield Waiting(work.session.exec(unreadable).one() or 0, "Records of logs that cannot be read", "/logs")


def _coverage(work: Work, official: SignedIn) -> Iterator[Waiting]:
    """Count the days of late that no log covers, and the sources that are about to purge what was not imported."""
    if not official.may("run", "log imports"):
        return
    today = work.clock.astimezone(work.zone).date()
    first = today - timedelta(days=_DAYS_LATELY)
    request = CoverageRequest(first=first, last=today, limits=official.limits, usual=False)
    try:
        seen = [one for one in read_coverage(work, request) if one.first_seen and one.expected.cadence]
    except Conflict:  # a file of the store is missing; the page says so beneath
        return
    sources = sum(one.missing > 0 for one in seen)
    of = f"Days of the last {_DAYS_LATELY} without records, in {counted(sources, 'source')}"
    yield Waiting(sum(one.missing for one in seen), of, "/logs")
    for one in seen:
        purge = find_purge(one)
        if purge and purge.on and purge.is_soon:
            what = f"Days until {one.source} purges what was not imported"
            yield Waiting(max(1, (purge.on - today).days), what, f"/logs/{quote(one.source, safe='')}#coverage")


def _imports(work: Work, official: SignedIn) -> Iterator[Waiting]:
    """Count what the official sent and nobody applied, and the rows that were refused of the newest table."""
    if not official.may("change", "imports"):
        return
    mine = select(Upload).where(Upload.uploaded_by == official.login).order_by(col(Upload.uploaded_at).desc())
    staged = work.session.exec(mine.where(Upload.state == UploadState.STAGED)).all()
    path = f"/imports/staged/{staged[0].id}" if len(staged) == 1 else "/imports"
    yield Waiting(len(staged), "Files you sent that wait to be applied", path)
    newest = work.session.exec(mine.where(Upload.kind != "log").limit(1)).first()
    if newest is not None and newest.state in {UploadState.STAGED, UploadState.APPLIED}:
        what = f"Rows of {newest.names[0]} that were refused"
        refused = count_refused(work.settings.data_dir, newest.id)
        yield Waiting(refused, what, f"/imports/staged/{newest.id}")


def _yearly_reviews(work: Work, official: SignedIn) -> Iterator[Waiting]:
    if official.may("change", "inventory"):
        overdue = count_overdue(work.session, today=work.clock.astimezone(work.zone).date(), zone=work.zone)
        yield Waiting(overdue, "Data series whose yearly review is overdue", "/inventory/reviews?overdue=1")


def _jobs(work: Work, official: SignedIn) -> Iterator[Waiting]:
    if not official.may("read", "jobs"):
        return
    # what was overtaken fails as well, but another job does it anew
    failed = (Job.state == JobState.FAILED, col(Job.followed_by).is_(None))
    chosen = select(func.count()).select_from(Job).where(*failed)
    if not official.may("read", "schedule"):
        chosen = chosen.where(Job.asked_by == official.login)
    yield Waiting(work.session.exec(chosen).one(), "Failed jobs", "/admin/jobs")
