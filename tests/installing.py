"""An installation whose clock stands still, for use cases that begin and end their own work on the record."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlmodel import Session

from audit.audit_receipt import AuditReceipt
from audit.logs.import_log import import_logs
from audit.logs.log_receipt import LogReceipt
from audit.logs.sources import SourceRequest, add_source
from audit.run_audit import AuditRequest, run_audit
from config.settings import Settings
from config.work import Installation

LATER = datetime(2026, 1, 1, tzinfo=UTC)


def installed(session: Session, settings: Settings, now: datetime = LATER, by: str = "test") -> Installation:
    """Give an installation on a session's database; what the session has not committed is, as others must see it."""
    session.commit()
    engine = session.get_bind()
    if not isinstance(engine, Engine):
        raise TypeError("A test's session is bound to an engine.")
    return Installation(settings, engine, by, lambda *_: ZoneInfo("America/Chicago"), lambda _: None, lambda: now)


def import_file(
    session: Session, settings: Settings, path: Path, request: SourceRequest, now: datetime = LATER
) -> LogReceipt:
    """Set up a source, and import one log of it."""
    add_source(session, request, now=now, by="test")
    (receipt,) = import_logs(installed(session, settings, now), [path], request.name)
    session.expire_all()
    return receipt


def audit(session: Session, settings: Settings, request: AuditRequest, now: datetime = LATER) -> AuditReceipt:
    """Run an audit."""
    receipt = run_audit(installed(session, settings, now), request)
    session.expire_all()
    return receipt
