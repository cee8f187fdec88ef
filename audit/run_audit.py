"""Run an audit: decide the events of a range, cross-examine, find. All of it is published, or nothing.

It decides on one state of the record, while others may write, and publishes in one short commit (`publish.py`).
"""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from access.accounts import AccountNormalising
from access.facts import Facts
from access.load_facts import load_facts
from audit.audit_digests import digest_of, stamp_of
from audit.audit_receipt import AuditReceipt
from audit.audited_range import AuditedRange, widen
from audit.case import Verdict
from audit.decide_range import Asked, Outcome, decide_range
from audit.decided import Range
from audit.differences import differences_of
from audit.engines import check_engine
from audit.kept_audits.kept_audit import let_stand
from audit.logs.account_forms import normalising_of
from audit.logs.check_store import check_store
from audit.logs.coverage import CoverageRequest, days_asked, read_coverage
from audit.logs.event_store import Store, stored_logs
from audit.logs.log_days import keep_days
from audit.logs.say_coverage import NotSeen, sum_up
from audit.models import AuditRun
from audit.publish import AGAIN, RecordMoved, newest_run, publish
from audit.record_question import record_question
from audit.reopen_exceptions import exceptions_ended, reopen_exceptions
from audit.rules import VERDICT_OF
from config.bulk import open_bulk, plain_faults
from config.clock import local_text, microseconds
from config.errors import Conflict, Invalid
from config.known_then import check_has_come
from config.remedies import Advice, Remedy
from config.texts import counted
from config.work import Installation, Work
from inventory.entity_time import entity_zone
from inventory.queries import the_entity

_MOVED = "The record was changed while the audit ran; nothing was published."


@dataclass(frozen=True)
class AuditRequest:
    """What to audit.

    Args:
        start: From this instant on; None = from the first event.
        end: Up to, not including; None = to the last event.
        known_at: As people, assignments and access were known here then; None = now.
        logs_known_at: With the logs that had been imported by then; None = all logs.
        whole: Decide everything anew, whatever an earlier audit decided.
    """

    start: datetime | None = None
    end: datetime | None = None
    known_at: datetime | None = None
    logs_known_at: datetime | None = None
    whole: bool = False


@dataclass(frozen=True)
class _State:
    """The one state of the record that an audit decides on.

    Args:
        stamp: Of all that the decisions rest on but the range.
        after: The newest run there was.
        kept: The digest of what that run kept, from which may be gone on; empty = nothing.
    """

    started: datetime
    known_at: datetime
    audited: AuditedRange
    stamp: str
    after: int
    kept: str
    facts: Facts
    store: Store
    normalising: Mapping[int, AccountNormalising]
    not_seen: NotSeen


def run_audit(installation: Installation, request: AuditRequest) -> AuditReceipt:
    """Audit a range of events and record the run and its findings.

    After an audit of the same range only what can have changed is decided again, with the answers of a whole audit.

    Where a range begins or ends within a month of which other days were audited before, it is widened to them, so that
    a month's findings are always counted whole. Where nothing changed since the newest audit of the same range, that
    audit's receipt is given again. What was or would have been known in the past is a question: what it finds is kept
    under its run, and the findings that stand are left alone.

    Raises:
        NotFound: There is no entity yet.
        Invalid: The range ends before it begins, or what is asked of has not come yet.
        RecordMoved: The record was changed meanwhile: nothing is published.
        Conflict: The cross-examination found a difference, a file of the store is not as it was, the disk is full, or
            Spark is to decide and cannot.
    """
    check_engine(installation.settings)
    installation.progress.step("Auditing: reading what is known")
    with installation.read() as work:
        _check(request, work.now)
        the_entity(work.session, work.now)
    keep_days(installation)
    reopened = _reopen_exceptions(installation, request)
    with installation.read() as work:
        again = _receipt_again(work, request)
        if again is not None:
            return replace(again, reopened=reopened)
        state = _read_state(work, request)
    outcome = _decided(state, request, installation)
    installation.progress.step("Auditing: publishing")
    with _discarding(outcome), installation.change() as work:
        if _has_moved(work, state, request):
            raise RecordMoved(_MOVED, remedy=AGAIN)
        receipt = replace(_published(state, outcome, request, work), reopened=reopened)
    if outcome.kept is not None:
        let_stand(installation.settings.data_dir, outcome.kept.folder, outcome.kept.digest)
    return receipt


def _decided(state: _State, request: AuditRequest, installation: Installation) -> Outcome:
    """Decide; where accesses were removed meanwhile, that their files are gone is no fault of the disk."""
    try:
        return _decide(state, request, installation)
    except Conflict as fault:
        with installation.read() as work:
            if _has_moved(work, state, request):
                raise RecordMoved(_MOVED, remedy=AGAIN) from fault
        raise


def _has_moved(work: Work, state: _State, request: AuditRequest) -> bool:
    logs_known_at = request.logs_known_at or state.started
    return state.stamp != stamp_of(work.session, state.known_at, logs_known_at, work.settings)


@contextmanager
def _discarding(outcome: Outcome) -> Iterator[None]:
    """Remove what is kept of an audit that is not published, as accesses may have been removed meanwhile."""
    try:
        yield
    except Conflict:
        if outcome.kept is not None:
            shutil.rmtree(outcome.kept.folder, ignore_errors=True)
        raise


def _published(state: _State, outcome: Outcome, request: AuditRequest, work: Work) -> AuditReceipt:
    run, zone = _run(state, outcome, request, work), state.facts.zone
    notices = (*state.audited.notices(zone), *outcome.misread, *_unknown(state), *_again(outcome))
    if run.is_question:
        differences = record_question(work.session, run, outcome.found, zone)
        receipt = AuditReceipt(run, outcome.counts, notices, differences=differences)
    else:
        moves = publish(work.session, run, outcome.found, zone, after=state.after, among=outcome.among)
        receipt = AuditReceipt(run, outcome.counts, notices, moves)
    work.session.expunge(run)  # it is still asked when the session is closed
    return receipt


def _unknown(state: _State) -> Iterator[str]:
    if not state.facts.employees and not state.facts.patterns:
        known = local_text(state.known_at, state.facts.zone)
        yield f"On {known}, neither people nor what systems hold were known here yet; so nothing is told of them."


def _again(outcome: Outcome) -> Iterator[str]:
    if outcome.again is not None:
        again, events = outcome.again.events, counted(sum(outcome.counts.values()), "access", "accesses")
        yield (
            f"{again:,} of {events} {'was' if again == 1 else 'were'} decided anew; the others' answers cannot have "
            f"changed since run {outcome.again.since}."
        )


def _reopen_exceptions(installation: Installation, request: AuditRequest) -> int:
    """Open again what exceptions have ended, unless a question is asked, which leaves alone what stands."""
    with installation.read() as work:
        if _is_question(request, work.now) or not exceptions_ended(work.session, work.now):
            return 0
    with installation.change() as work:
        return reopen_exceptions(work.session, work.zone, now=work.now)


def _check(request: AuditRequest, now: datetime) -> None:
    if request.start is not None and request.end is not None and request.end <= request.start:
        raise Invalid("The audit would end before it begins.", remedy=Remedy(Advice.LATER_END))
    for instant in (request.known_at, request.logs_known_at):
        check_has_come(instant, now)


def _is_question(request: AuditRequest, now: datetime) -> bool:
    return request.logs_known_at is not None or (request.known_at is not None and request.known_at < now)


def _receipt_again(work: Work, request: AuditRequest) -> AuditReceipt | None:
    """Give the newest audit's receipt if nothing that it rests on has changed, and its range is what is asked."""
    is_question, known_at = _is_question(request, work.now), request.known_at or work.now
    audited = widen(work.session, request.start, request.end, entity_zone(work.session, known_at))
    stands = newest_run(work.session)
    newest = _question_before(work.session, request, stands) if is_question else work.session.get(AuditRun, stands)
    if request.whole or newest is None or (newest.range_start, newest.range_end) != (audited.start, audited.end):
        return None
    if newest.stamp != stamp_of(work.session, known_at, request.logs_known_at or work.now, work.settings):
        return None
    check_store(work.session, work.settings.data_dir)
    differences = differences_of(work.session, newest.id) if is_question else None
    work.session.expunge(newest)
    findings = "findings are as kept" if is_question else "its findings stand"
    again = f"Nothing that decisions rest on has changed since run {newest.id}; {findings}."
    notices = (*audited.notices(entity_zone(work.session, known_at)), again)
    return AuditReceipt(newest, json.loads(newest.reasons), notices, differences=differences, is_new=False)


def _question_before(session: Session, request: AuditRequest, stands: int) -> AuditRun | None:
    """Give the newest question of the same times that was asked since what stands was published."""
    asked = select(AuditRun).where(col(AuditRun.is_question), col(AuditRun.id) > stands)
    if request.known_at is not None:
        asked = asked.where(AuditRun.known_at == request.known_at)
    if request.logs_known_at is not None:
        asked = asked.where(AuditRun.logs_known_at == request.logs_known_at)
    return session.exec(asked.order_by(col(AuditRun.id).desc()).limit(1)).first()


def _read_state(work: Work, request: AuditRequest) -> _State:
    session, known_at = work.session, request.known_at or work.now
    facts = load_facts(session, at=known_at, graces=work.settings.graces())
    audited = widen(session, request.start, request.end, facts.zone)
    store = stored_logs(session, work.settings.data_dir, at=request.logs_known_at or work.now)
    stamp = stamp_of(session, known_at, request.logs_known_at or work.now, work.settings)
    normalising = normalising_of(session, store)
    not_seen = _not_seen(work, audited, request.logs_known_at)
    after = newest_run(session)
    newest = None if request.whole or _is_question(request, work.now) else session.get(AuditRun, after)
    kept = "" if newest is None else newest.kept
    return _State(work.now, known_at, audited, stamp, after, kept, facts, store, normalising, not_seen)


def _not_seen(work: Work, audited: AuditedRange, logs_known_at: datetime | None) -> NotSeen:
    """Say which days of the audited time no logs cover: they are not judged, never clean."""
    first, last = days_asked(audited.start, audited.end, work.zone)
    return sum_up(read_coverage(work, CoverageRequest(first=first, last=last, at=logs_known_at, usual=False)))


def _decide(state: _State, request: AuditRequest, installation: Installation) -> Outcome:
    settings = installation.settings
    bounds = (None if bound is None else microseconds(bound) for bound in (state.audited.start, state.audited.end))
    asked = Asked(
        state.facts,
        state.store,
        state.normalising,
        Range(*bounds),
        settings,
        is_question=_is_question(request, state.started),
        kept=(state.kept, state.after),
    )
    with plain_faults(), closing(open_bulk(settings)) as connection:
        return decide_range(asked, connection, installation.progress)


def _run(state: _State, outcome: Outcome, request: AuditRequest, work: Work) -> AuditRun:
    counts = outcome.counts
    return AuditRun(
        range_start=state.audited.start,
        range_end=state.audited.end,
        known_at=state.known_at,
        logs_known_at=request.logs_known_at or state.started,
        digest=digest_of(state.facts, state.store, state.normalising, state.audited),
        stamp=state.stamp,
        events=sum(counts.values()),
        authorized=_count(counts, Verdict.AUTHORIZED),
        unauthorized=_count(counts, Verdict.UNAUTHORIZED),
        unresolved=_count(counts, Verdict.UNRESOLVED),
        out_of_scope=_count(counts, Verdict.OUT_OF_SCOPE),
        reasons=json.dumps(counts, sort_keys=True),
        examined=outcome.examination.put,
        agreed=outcome.examination.agreed,
        findings=outcome.findings,
        run_at=state.started,
        run_by=work.by,
        is_question=_is_question(request, state.started),
        kept="" if outcome.kept is None else outcome.kept.digest,
        days_not_seen=state.not_seen.days,
        not_seen=state.not_seen.said,
    )


def _count(counts: dict[str, int], verdict: Verdict) -> int:
    return sum(count for reason, count in counts.items() if VERDICT_OF[reason] is verdict)
