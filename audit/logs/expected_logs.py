"""What a source's logs are expected to hold: its cadence, and for how long it keeps its own trail."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from audit.logs.find_source import find_source
from audit.logs.judge_days import Cadence
from audit.logs.models import ExpectedLogs
from config.errors import Invalid
from config.recorded import current

CADENCES = tuple(cadence for cadence in Cadence if cadence)
NOT_STATED = "none"  # the word for no cadence, where one is typed
LONGEST_KEPT = 36_500


@dataclass(frozen=True)
class Expected:
    """What is expected of a source: on which days it has accesses, and for how many days it keeps its own trail."""

    cadence: Cadence = Cadence.NOT_STATED
    keeps_days: int | None = None


def expect_logs(
    session: Session, source: str, *, cadence: str | None, keeps_days: int | None, now: datetime, by: str
) -> Expected:
    """State what is expected of a source; what was imported and audited of it stays as it is.

    Args:
        cadence: One of the cadences, or `none` or empty for none stated; None = as it is.
        keeps_days: 0 = not stated; None = as it is.

    Raises:
        NotFound: There is no such source.
        Invalid: The cadence is none, or the days are none.
    """
    find_source(session, source)
    before = session.exec(select(ExpectedLogs).where(ExpectedLogs.source == source, current(ExpectedLogs))).first()
    stood = _expected(before) if before else Expected()
    expected = Expected(
        stood.cadence if cadence is None else read_cadence(cadence),
        stood.keeps_days if keeps_days is None else _read_days(keeps_days),
    )
    if expected == stood:
        return stood
    if before is not None:
        before.superseded_at, before.superseded_by = now, by
    session.add(
        ExpectedLogs(
            source=source,
            cadence=expected.cadence.value,
            keeps_days=expected.keeps_days,
            recorded_at=now,
            recorded_by=by,
        )
    )
    session.flush()
    return expected


def expected_of_sources(session: Session) -> dict[str, Expected]:
    """Give what is expected of each source of which anything is stated."""
    return {one.source: _expected(one) for one in session.exec(select(ExpectedLogs).where(current(ExpectedLogs)))}


def expected_of(session: Session, source: str) -> Expected:
    """Give what is expected of a source."""
    return expected_of_sources(session).get(source, Expected())


def read_cadence(text: str) -> Cadence:
    """Read a cadence.

    Raises:
        Invalid: It is none.
    """
    word = text.strip().casefold()
    if word in {"", NOT_STATED}:
        return Cadence.NOT_STATED
    if word not in CADENCES:
        raise Invalid(f'"{text}" is no cadence; the cadences are {", ".join(CADENCES)}, and {NOT_STATED}.')
    return Cadence(word)


def _read_days(days: int) -> int | None:
    if not 0 <= days <= LONGEST_KEPT:
        raise Invalid(f"A source keeps its own trail for 1 to {LONGEST_KEPT:,} days; 0 = not stated.")
    return days or None


def _expected(row: ExpectedLogs) -> Expected:
    return Expected(Cadence(row.cadence), row.keeps_days)
