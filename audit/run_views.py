"""The findings of one audit as they are shown; of a question about the past, with how they differ from what stood."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from sqlalchemy import literal, select
from sqlmodel import Session, col, or_
from sqlmodel import select as select_rows

from audit.audited_range import months_of
from audit.differences import Difference
from audit.finding_views import WITH_FIGURES, view_columns, views_asked
from audit.models import AuditRun, Finding, FindingFigures
from audit.question_models import QuestionFinding
from audit.views import FindingView
from config.errors import NotFound
from config.texts import listed

_MOST_NAMED = 10


def run_views(session: Session, run_id: int, zone: ZoneInfo) -> list[FindingView]:
    """Give the findings of one run as it counted them, in the same order; status and notes are of now.

    Of a question about the past these are its own, each with how it differs from what stood when it was asked.

    Raises:
        NotFound: There is no such run.
    """
    run = the_run(session, run_id)
    if run.is_question:
        return _question_views(session, run_id, is_missing=False)
    months = months_of(run.range_start, run.range_end, session.exec(select_rows(Finding.month).distinct()), zone)
    stood = or_(col(FindingFigures.until_run).is_(None), col(FindingFigures.until_run) > run_id)
    return views_asked(
        session, WITH_FIGURES.where(col(FindingFigures.run_id) <= run_id, stood, col(Finding.month).in_(months))
    )


def missing_views(session: Session, run_id: int) -> list[FindingView]:
    """Give the findings that stood when a question about the past was asked, and would not be there."""
    return _question_views(session, run_id, is_missing=True)


def the_run(session: Session, run_id: int) -> AuditRun:
    """Give a run by its number.

    Raises:
        NotFound: There is no such run.
    """
    run = session.get(AuditRun, run_id)
    if run is None:
        runs = session.exec(select_rows(AuditRun.id).order_by(col(AuditRun.id).desc())).all()
        known = f"the runs are, the newest first, {listed(runs, _MOST_NAMED)}" if runs else "no audit was run yet"
        raise NotFound(f"There is no run {run_id}; {known}.")
    return run


def _question_views(session: Session, run_id: int, *, is_missing: bool) -> list[FindingView]:
    wanted = (col(QuestionFinding.difference) == Difference.MISSING) == is_missing
    asked = _OF_QUESTION.where(col(QuestionFinding.run_id) == run_id, wanted)
    return [replace(view, grown=0) for view in views_asked(session, asked)]


_OF_QUESTION = select(
    *view_columns(QuestionFinding, QuestionFinding, literal(value=False), col(QuestionFinding.difference))
).join_from(QuestionFinding, Finding, col(Finding.key) == col(QuestionFinding.key), isouter=True)
