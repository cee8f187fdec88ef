"""Named questions to the record of audits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from audit.models import Finding, FindingFigures


@dataclass(frozen=True)
class StandingFinding:
    """A finding with the figures that stand now."""

    finding: Finding
    figures: FindingFigures


def standing_findings(session: Session) -> Sequence[StandingFinding]:
    """Give the findings that stand, by month, reason, who and what."""
    rows = session.exec(
        select(Finding, FindingFigures)
        .join(FindingFigures, col(Finding.figures_id) == col(FindingFigures.id))
        .order_by(Finding.month, Finding.reason, Finding.who, Finding.what)
    )
    return [StandingFinding(finding, figures) for finding, figures in rows]


def is_any_found(session: Session, series: Collection[str]) -> bool:
    """Say whether any finding stands that is about some series, by their codes."""
    found = select(Finding.id).where(col(Finding.what).in_(series), Finding.what_is_series).limit(1)
    return bool(series) and session.exec(found).first() is not None
