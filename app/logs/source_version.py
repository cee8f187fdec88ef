"""The version of a source: how it is read, and what is expected of it."""

from sqlmodel import Session

from audit.logs.expected_logs import Expected, expected_of
from audit.logs.models import Source
from config.web.versions import version_of


def source_version(session: Session, source: Source) -> str:
    """Give the version of a source, as the header ETag writes it."""
    expected = expected_of(session, source.name)
    stated = () if expected == Expected() else (expected.cadence.value, expected.keeps_days)
    return version_of(source.id, *stated)
