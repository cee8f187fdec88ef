"""Note on a finding what was learnt and how far its review has come; nothing that was noted is overwritten."""

from datetime import datetime

from sqlmodel import Session, select

from audit.models import Finding, FindingNote
from config.errors import Invalid, NotFound
from config.remedies import Advice, Remedy

STATUSES = ("open", "under review", "closed")


def note_finding(session: Session, key: str, *, status: str | None, note: str, now: datetime, by: str) -> Finding:
    """Set a finding's status, add a note, or both.

    Raises:
        NotFound: There is no finding with this key.
        Invalid: The status is none, or there is nothing to record.
    """
    finding = session.exec(select(Finding).where(Finding.key == key)).first()
    if finding is None:
        raise NotFound(f'There is no finding with the key "{key}".', remedy=Remedy(Advice.LIST_FINDINGS))
    if status is not None and status not in STATUSES:
        raise Invalid(f'"{status}" is no status; the statuses are {", ".join(STATUSES)}.')
    if status is None and not note.strip():
        raise Invalid("There is neither a status nor a note to record.", remedy=Remedy(Advice.GIVE_STATUS_OR_NOTE))
    finding.status = status or finding.status
    session.add(FindingNote(finding_id=finding.id, status=finding.status, note=note.strip(), noted_at=now, noted_by=by))
    session.flush()
    return finding
