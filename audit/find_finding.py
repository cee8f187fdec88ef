"""Find a finding by its key, or by the beginning of it, to be changed."""

from sqlmodel import Session

from audit.finding_rows import find_finding_id
from audit.models import Finding


def find_finding(session: Session, key: str) -> Finding:
    """Give the finding that a key, or the beginning of one, means.

    Raises:
        NotFound: There is none.
        Conflict: There are several.
    """
    return session.get_one(Finding, find_finding_id(session, key))
