"""What tells one audit's answers from another's: a quick stamp of the record, and a digest of all inputs."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, func, select

from access.accounts import AccountNormalising
from access.facts import Facts
from access.record_stamp import record_stamp
from audit.audited_range import AuditedRange
from audit.decided import DECIDED_BY
from audit.logs.event_store import Store
from audit.logs.models import ExpectedLogs, Source
from audit.logs.retention_models import Removal
from audit.logs.standing_logs import standing_ids
from config.settings import Settings


def stamp_of(session: Session, known_at: datetime, logs_known_at: datetime, settings: Settings) -> str:
    """Digest what tells whether an audit's answers can have changed: people and access, sources, and logs."""
    sources = session.exec(select(Source.id, Source.superseded_at).order_by(col(Source.id))).all()
    logs = sorted(standing_ids(session, logs_known_at))
    # decisions do not rest on what is expected of logs, but an audit says what it did not see
    expected = session.exec(select(ExpectedLogs.id, ExpectedLogs.superseded_at).order_by(col(ExpectedLogs.id))).all()
    removed = session.exec(select(func.max(Removal.id))).one()
    parts = (DECIDED_BY, record_stamp(session, known_at, settings.graces()), sources, expected, logs, removed)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def digest_of(facts: Facts, store: Store, normalising: Mapping[int, AccountNormalising], audited: AuditedRange) -> str:
    """Digest all that an audit's answers depend on: the same inputs give the same digest."""
    digest = hashlib.sha256(f"{DECIDED_BY}, {audited.start}, {audited.end}".encode())
    logs = sorted(
        (log.source, log.system, log.file_sha256, log.rows, repr(normalising.get(log.source_key, AccountNormalising())))
        for log in store.logs
    )
    people = (facts.employees, facts.positions, facts.series, facts.employments, facts.offices, facts.logins)
    grants = (facts.holdings, facts.accesses, facts.duties, facts.officer_duties, sorted(facts.revocations.items()))
    for part in (logs, str(facts.zone), facts.patterns, facts.purposes, *people, *grants):
        digest.update(repr(part).encode())
    return digest.hexdigest()
