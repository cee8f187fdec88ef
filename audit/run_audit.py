"""Run an audit: decide the events of a range, cross-examine, write findings. All of it is recorded, or nothing."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert
from sqlmodel import Session, col, func, select, update

from access.accounts import AccountNormalising
from access.facts import Facts
from access.load_facts import load_facts
from access.resolve_grants import Policy
from audit.build_cases import CaseBuilder
from audit.cross_examine import cross_examine
from audit.decide_events import decide_events, map_events
from audit.find_accesses import Found, find_accesses, months_of
from audit.logs.event_store import StoredFile, stored_files
from audit.logs.sources import normalising_of
from audit.models import AuditRun, Finding, FindingFigures
from audit.pick_accesses import pick_accesses
from audit.rules import VERDICT_OF, Verdict
from config.bulk import open_bulk, plain_faults
from config.clock import local_text, microseconds, month_start
from config.errors import Invalid
from config.settings import Settings


@dataclass(frozen=True)
class AuditRequest:
    """What to audit.

    Args:
        start: From this instant on; None = from the first event.
        end: Up to, not including; None = to the last event.
        known_at: As people, assignments and access were known here then.
        logs_known_at: With the logs that had been imported by then; None = all logs.
    """

    start: datetime | None
    end: datetime | None
    known_at: datetime
    logs_known_at: datetime | None = None


@dataclass(frozen=True)
class AuditReceipt:
    """What an audit did."""

    run: AuditRun
    counts: dict[str, int]
    new: int
    changed: int
    withdrawn: int
    notices: tuple[str, ...]


def run_audit(session: Session, request: AuditRequest, settings: Settings, *, now: datetime, by: str) -> AuditReceipt:
    """Audit a range of events and record the run and its findings; the caller holds the lock and commits.

    Where a range begins or ends within a month of which other days were audited before, it is widened to them, so that
    a month's findings are always counted whole.

    Raises:
        NotFound: There is no entity yet.
        Invalid: The range ends before it begins.
        Conflict: The cross-examination found a difference: nothing is published. Or the disk is full.
    """
    if request.start is not None and request.end is not None and request.end <= request.start:
        raise Invalid("The audit would end before it begins; give a --to that is not before --from.")
    facts = load_facts(session, at=request.known_at, graces=settings.graces())
    start, end = _widened(session, request, facts)
    stored = stored_files(session, settings.data_dir, at=request.logs_known_at)
    normalising = normalising_of(session, stored)
    connection = open_bulk(settings)
    try:
        with plain_faults():
            policy = Policy(facts, connection)
            builder = CaseBuilder(policy)
            bounds = {
                "start": None if start is None else microseconds(start),
                "end": None if end is None else microseconds(end),
            }
            map_events(policy, stored, normalising, **bounds)
            decide_events(policy)
            counts, sample = pick_accesses(policy, settings.cross_examined)
            examination = cross_examine(policy, builder, sample)
            found = find_accesses(policy, builder)
    finally:
        connection.close()
    run = AuditRun(
        range_start=start,
        range_end=end,
        known_at=request.known_at,
        logs_known_at=request.logs_known_at or now,
        digest=_digest(facts, stored, normalising, start, end),
        events=sum(counts.values()),
        **{verdict: _count(counts, verdict) for verdict in Verdict},
        reasons=json.dumps(counts, sort_keys=True),
        examined=examination.put,
        agreed=examination.agreed,
        findings=len(found),
        run_at=now,
        run_by=by,
    )
    session.add(run)
    session.flush()
    new, changed, withdrawn = _publish(session, run, found, policy)
    notices: tuple[str, ...] = ()
    if (start, end) != (request.start, request.end):
        shown = [local_text(one, facts.zone) if one else "the beginning" for one in (start, end)]
        notices = (f"Audited from {shown[0]} to {shown[1]}, as other days of these months were audited before.",)
    if request.known_at < now:
        shown_known = local_text(request.known_at, facts.zone)
        notices += (f"The findings of this time stand now as known on {shown_known}; audit it again for the present.",)
    return AuditReceipt(run, counts, new, changed, withdrawn, notices)


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


def _count(counts: dict[str, int], verdict: Verdict) -> int:
    return sum(count for reason, count in counts.items() if VERDICT_OF[reason] is verdict)


def _widened(session: Session, request: AuditRequest, facts: Facts) -> tuple[datetime | None, datetime | None]:
    start, end = request.start, request.end
    runs = session.exec(select(AuditRun.range_start, AuditRun.range_end)).all()
    for ran_from, ran_to in runs:
        if start is not None:
            first, after = _month_of(start, facts)
            if (ran_from is None or ran_from < min(start, after)) and (ran_to is None or ran_to > first):
                start = max(first, ran_from or first)
        if end is not None:
            first, after = _month_of(end - timedelta(microseconds=1), facts)
            if (ran_from is None or ran_from < after) and (ran_to is None or ran_to > max(end, first)):
                end = min(after, ran_to or after)
    return start, end


def _month_of(instant: datetime, facts: Facts) -> tuple[datetime, datetime]:
    local = instant.astimezone(facts.zone)
    following = (local.year, local.month + 1) if local.month < 12 else (local.year + 1, 1)  # noqa: PLR2004 - months
    return month_start(local.year, local.month, facts.zone), month_start(*following, facts.zone)


def _digest(
    facts: Facts,
    stored: Sequence[StoredFile],
    normalising: Mapping[int, AccountNormalising],
    start: datetime | None,
    end: datetime | None,
) -> str:
    """Digest all that an audit's answers depend on: the same inputs give the same digest."""
    digest = hashlib.sha256(f"decision table of 16 rows, {start}, {end}".encode())
    for part in (
        sorted(
            (
                one.source,
                one.system,
                one.file_sha256,
                one.added,
                repr(normalising.get(one.source_key, AccountNormalising())),
            )
            for one in stored
        ),
        str(facts.zone),
        sorted(map(repr, facts.employees.values())),
        sorted(map(repr, facts.positions.values())),
        sorted(map(repr, facts.series.values())),
        *(sorted(rows) for rows in (facts.employments, facts.offices, facts.holdings, facts.accesses)),
        *(sorted(rows) for rows in (facts.duties, facts.officer_duties, facts.logins, facts.patterns)),
    ):
        digest.update(repr(part).encode())
    return digest.hexdigest()


def _publish(session: Session, run: AuditRun, found: Sequence[Found], policy: Policy) -> tuple[int, int, int]:
    """Let the findings of the audited months stand as this audit found them; status and notes stay.

    Returns:
        How many findings are new, how many changed their figures, how many stood before and are no longer found.
    """
    known_months = session.exec(select(Finding.month).distinct()).all()
    months = months_of(run.range_start, run.range_end, known_months, policy)
    known = {one.key: one for one in session.exec(select(Finding).where(col(Finding.month).in_(months)))}
    figures = _standing_figures(session, months)
    next_finding = (session.exec(select(func.max(Finding.id))).one() or 0) + 1
    next_figures = (session.exec(select(func.max(FindingFigures.id))).one() or 0) + 1
    new_findings, new_figures = list[dict[str, object]](), list[dict[str, object]]()
    moved: dict[int, int] = {}
    for one in found:
        counted = {name: getattr(one, name) for name in _FIGURES}
        before = known.get(one.key)
        if before is not None and figures.get(before.id) == counted:
            continue
        figures_id = next_figures + len(new_figures)
        if before is None:
            finding_id = next_finding + len(new_findings)
            new_findings.append(_new_finding(one, finding_id, figures_id))
        else:
            finding_id = before.id
            moved[finding_id] = figures_id
        new_figures.append({"id": figures_id, "finding_id": finding_id, "run_id": run.id, **counted})
    keys = {one.key for one in found}
    gone = [one.id for one in known.values() if one.key not in keys and one.figures_id is not None]
    for table, rows in ((Finding, new_findings), (FindingFigures, new_figures)):
        if rows:
            session.execute(insert(table), rows)
    standing: list[tuple[int, int | None]] = [*moved.items(), *((one, None) for one in gone)]
    for finding_id, standing_id in standing:
        session.execute(update(Finding).where(col(Finding.id) == finding_id).values(figures_id=standing_id))
    return len(new_findings), len(moved), len(gone)


_FIGURES = ("events", "first", "last", "subjects", "actions", "sources", "explanation")


def _standing_figures(session: Session, months: set[str]) -> dict[int, dict[str, object]]:
    rows = session.exec(
        select(FindingFigures)
        .join(Finding, col(Finding.figures_id) == col(FindingFigures.id))
        .where(col(Finding.month).in_(months))
    )
    return {row.finding_id: {name: getattr(row, name) for name in _FIGURES} for row in rows}


def _new_finding(one: Found, finding_id: int, figures_id: int) -> dict[str, object]:
    return {
        "id": finding_id,
        "key": one.key,
        "who": one.who,
        "who_is_employee": one.who_is_employee,
        "what": one.what,
        "what_is_series": one.what_is_series,
        "reason": one.reason,
        "verdict": str(VERDICT_OF[one.reason]),
        "month": one.month,
        "status": "open",
        "figures_id": figures_id,
    }
