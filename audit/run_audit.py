"""Run an audit: decide the events of a range, cross-examine, find. All of it is published, or nothing.

It decides on one state of the record, while others may write, and publishes in one short commit (`publish.py`).
"""

import hashlib
import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from access.accounts import AccountNormalising
from access.facts import Facts
from access.load_facts import load_facts
from access.record_stamp import record_stamp
from access.resolve_grants import Policy
from audit.audited_range import AuditedRange, widen
from audit.build_cases import CaseBuilder
from audit.case import Verdict
from audit.cross_examine import Examination, cross_examine
from audit.decided import Decided, Range
from audit.find_accesses import Found, find_accesses
from audit.logs.check_store import check_store
from audit.logs.event_store import Store, stored_logs
from audit.logs.models import Source
from audit.logs.sources import normalising_of
from audit.logs.standing_logs import standing_ids
from audit.models import AuditRun
from audit.pick_accesses import pick_accesses
from audit.publish import newest_run, publish
from audit.rules import VERDICT_OF
from config.bulk import open_bulk, plain_faults
from config.clock import local_text, microseconds
from config.errors import Conflict, Invalid
from config.remedies import Advice, Remedy
from config.settings import Settings
from config.work import Installation, Work
from inventory.queries import entity_zone


@dataclass(frozen=True)
class AuditRequest:
    """What to audit.

    Args:
        start: From this instant on; None = from the first event.
        end: Up to, not including; None = to the last event.
        known_at: As people, assignments and access were known here then; None = now.
        logs_known_at: With the logs that had been imported by then; None = all logs.
    """

    start: datetime | None = None
    end: datetime | None = None
    known_at: datetime | None = None
    logs_known_at: datetime | None = None


@dataclass(frozen=True)
class AuditReceipt:
    """What an audit did; `is_new` says whether anything had to be decided."""

    run: AuditRun
    counts: dict[str, int]
    new: int
    changed: int
    withdrawn: int
    notices: tuple[str, ...]
    is_new: bool = True


@dataclass(frozen=True)
class _State:
    """The one state of the record that an audit decides on.

    Args:
        stamp: Of all that the decisions rest on but the range.
        after: The newest run there was.
    """

    started: datetime
    known_at: datetime
    audited: AuditedRange
    stamp: str
    after: int
    facts: Facts
    store: Store
    normalising: Mapping[int, AccountNormalising]


@dataclass(frozen=True)
class _Outcome:
    """What was decided and found."""

    counts: dict[str, int]
    examination: Examination
    found: list[Found]


def run_audit(installation: Installation, request: AuditRequest) -> AuditReceipt:
    """Audit a range of events and record the run and its findings.

    Where a range begins or ends within a month of which other days were audited before, it is widened to them, so that
    a month's findings are always counted whole. Where nothing changed since the newest audit of the same range, that
    audit's receipt is given again.

    Raises:
        NotFound: There is no entity yet.
        Invalid: The range ends before it begins.
        Conflict: The cross-examination found a difference, a file of the store is not as its receipt says, or the
            record moved meanwhile: nothing is published. Or the disk is full.
    """
    if request.start is not None and request.end is not None and request.end <= request.start:
        raise Invalid("The audit would end before it begins.", remedy=Remedy(Advice.LATER_END))
    installation.progress.step("Auditing: reading what is known")
    with installation.read() as work:
        again = _receipt_again(work, request)
        if again is not None:
            return again
        state = _read_state(work, request)
    outcome = _decide(state, installation)
    installation.progress.step("Auditing: publishing")
    with installation.change() as work:
        if _stamp(work.session, state.known_at, request.logs_known_at or state.started, work.settings) != state.stamp:
            raise Conflict("The record was changed while the audit ran. Nothing was published; run the audit again.")
        run = _run(state, outcome, request, work)
        moves = publish(work.session, run, outcome.found, state.facts.zone, after=state.after)
        work.session.expunge(run)  # it is still asked when the session is closed
        notices = _notices(state.audited, request, state.known_at, state.started, state.facts.zone)
        return AuditReceipt(run, outcome.counts, *moves, notices)


def receipt_lines(receipt: AuditReceipt) -> list[str]:
    """Say what an audit did, line by line."""
    run = receipt.run
    verdicts = (
        f"{run.authorized:,} authorized, {run.unauthorized:,} possibly unauthorized, {run.unresolved:,} unresolved"
    )
    lines = [f"{run.events:,} accesses decided: {verdicts}, {run.out_of_scope:,} out of scope."]
    lines += [f"  {receipt.counts[reason]:>12,}  {reason}" for reason in VERDICT_OF if reason in receipt.counts]
    lines.append(f"{run.examined:,} decisions put to Casbin and the decision table: {run.agreed:,} agreed.")
    moved = f"{receipt.new:,} new, {receipt.changed:,} changed, {receipt.withdrawn:,} no longer found"
    lines.append(
        f"{run.findings:,} findings stand for the audited time ({moved}). Run {run.id}, digest {run.digest[:16]}."
    )
    return lines


def _receipt_again(work: Work, request: AuditRequest) -> AuditReceipt | None:
    """Give the newest audit's receipt if nothing that it rests on has changed, and its range is what is asked."""
    newest = work.session.get(AuditRun, newest_run(work.session))
    known_at = request.known_at or work.now
    zone = entity_zone(work.session, known_at)
    audited = widen(work.session, request.start, request.end, zone)
    if newest is None or (newest.range_start, newest.range_end) != (audited.start, audited.end):
        return None
    if newest.stamp != _stamp(work.session, known_at, request.logs_known_at or work.now, work.settings):
        return None
    check_store(work.session, work.settings.data_dir)
    work.session.expunge(newest)
    notices = _notices(audited, request, known_at, work.now, zone)
    again = f"Nothing that decisions rest on has changed since run {newest.id}; its findings stand."
    return AuditReceipt(newest, json.loads(newest.reasons), 0, 0, 0, (*notices, again), is_new=False)


def _read_state(work: Work, request: AuditRequest) -> _State:
    session, known_at = work.session, request.known_at or work.now
    facts = load_facts(session, at=known_at, graces=work.settings.graces())
    audited = widen(session, request.start, request.end, facts.zone)
    store = stored_logs(session, work.settings.data_dir, at=request.logs_known_at or work.now)
    stamp = _stamp(session, known_at, request.logs_known_at or work.now, work.settings)
    normalising = normalising_of(session, store)
    return _State(work.now, known_at, audited, stamp, newest_run(session), facts, store, normalising)


def _stamp(session: Session, known_at: datetime, logs_known_at: datetime, settings: Settings) -> str:
    """Digest what tells whether an audit's answers can have changed: people and access, sources, and logs."""
    sources = session.exec(select(Source.id, Source.superseded_at).order_by(col(Source.id))).all()
    logs = sorted(standing_ids(session, logs_known_at))
    parts = (_DECIDED_BY, record_stamp(session, known_at, settings.graces()), sources, logs)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


# Named anew whenever the program would decide the same accesses otherwise.
_DECIDED_BY = "decision table of 16 rows, 2"


def _decide(state: _State, installation: Installation) -> _Outcome:
    progress, settings = installation.progress, installation.settings
    bounds = (None if bound is None else microseconds(bound) for bound in (state.audited.start, state.audited.end))
    with plain_faults(), closing(open_bulk(settings)) as connection:
        progress.step("Auditing: resolving grants")
        policy = Policy(state.facts, connection)
        builder = CaseBuilder(policy)
        progress.step("Auditing: mapping names")
        decided = Decided(policy, state.store, state.normalising, Range(*bounds))
        progress.step("Auditing: deciding")
        counts, sample = pick_accesses(decided, settings.cross_examined)
        progress.step("Auditing: cross-examining")
        examination = cross_examine(policy, builder, sample)
        progress.step("Auditing: explaining findings")
        return _Outcome(counts, examination, find_accesses(decided, builder))


def _run(state: _State, outcome: _Outcome, request: AuditRequest, work: Work) -> AuditRun:
    counts = outcome.counts
    return AuditRun(
        range_start=state.audited.start,
        range_end=state.audited.end,
        known_at=state.known_at,
        logs_known_at=request.logs_known_at or state.started,
        digest=_digest(state),
        stamp=state.stamp,
        events=sum(counts.values()),
        **{verdict: _count(counts, verdict) for verdict in Verdict},
        reasons=json.dumps(counts, sort_keys=True),
        examined=outcome.examination.put,
        agreed=outcome.examination.agreed,
        findings=len(outcome.found),
        run_at=state.started,
        run_by=work.by,
    )


def _notices(
    audited: AuditedRange, request: AuditRequest, known_at: datetime, started: datetime, zone: ZoneInfo
) -> tuple[str, ...]:
    notices = list(audited.notices(zone))
    if request.known_at is not None and known_at < started:
        known = local_text(known_at, zone)
        notices.append(f"The findings of this time stand now as known on {known}; audit it again for the present.")
    return tuple(notices)


def _count(counts: dict[str, int], verdict: Verdict) -> int:
    return sum(count for reason, count in counts.items() if VERDICT_OF[reason] is verdict)


def _digest(state: _State) -> str:
    """Digest all that an audit's answers depend on: the same inputs give the same digest."""
    facts, normalising = state.facts, state.normalising
    digest = hashlib.sha256(f"{_DECIDED_BY}, {state.audited.start}, {state.audited.end}".encode())
    logs = sorted(
        (log.source, log.system, log.file_sha256, log.rows, repr(normalising.get(log.source_key, AccountNormalising())))
        for log in state.store.logs
    )
    people = (facts.employees, facts.positions, facts.series, facts.employments, facts.offices, facts.logins)
    grants = (facts.holdings, facts.accesses, facts.duties, facts.officer_duties)
    for part in (logs, str(facts.zone), facts.patterns, *people, *grants):
        digest.update(repr(part).encode())
    return digest.hexdigest()
