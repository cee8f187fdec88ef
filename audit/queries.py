"""Named questions to the record of audits."""

from collections.abc import Sequence
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
