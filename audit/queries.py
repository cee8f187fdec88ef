"""Named questions to the record of audits."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from audit.models import Finding, FindingFigures
from audit.views import FindingView


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


def finding_views(session: Session) -> Sequence[FindingView]:
    """Give the findings that stand as they are shown, by month, reason, who and what."""
    columns = [getattr(Finding, name, None) or getattr(FindingFigures, name) for name in _SHOWN]
    rows = session.execute(  # plain rows, which load faster than objects
        select_columns(*columns)
        .join(FindingFigures, col(Finding.figures_id) == col(FindingFigures.id))
        .order_by(col(Finding.month), col(Finding.reason), col(Finding.who), col(Finding.what))
    )
    return [FindingView(*row) for row in rows]


_SHOWN = [field.name for field in fields(FindingView)]
