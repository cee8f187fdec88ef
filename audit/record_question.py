"""Keep what a question about the past found, under its run, with how that differs from the findings that stand."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from audit.audited_range import months_of
from audit.differences import Difference, Differences, differences_of
from audit.find_accesses import Found
from audit.logs.keeping.removed import is_of_removed, removed_spans
from audit.models import AuditRun, Finding
from audit.publish import figures_that_stand, insert_rows
from audit.question_models import QuestionFinding
from audit.rules import VERDICT_OF

_COUNTED = ("events", "first", "last", "subjects", "actions", "sources")
_NAMED = ("key", "who", "who_is_employee", "what", "what_is_series", "reason", "month")


def record_question(session: Session, run: AuditRun, found: Sequence[Found], zone: ZoneInfo) -> Differences:
    """Record a run that is a question, and what it found; the findings that stand are left alone.

    Args:
        run: The audit, not recorded yet.
        found: All that it found.
        zone: The entity's, in which months are told.
    """
    session.add(run)
    session.flush()
    months = months_of(run.range_start, run.range_end, session.exec(select(Finding.month).distinct()), zone)
    figures: Mapping[int, Mapping[str, Any]] = figures_that_stand(session, months)
    asked = select(Finding).where(col(Finding.month).in_(months), col(Finding.figures_id).is_not(None))
    standing = {one.key: (one, figures[one.id]) for one in session.exec(asked)}
    spans = removed_spans(session)
    if spans:  # what is no longer there would not differ if it still were
        of_removed = {
            key
            for key, (_, had) in standing.items()
            if is_of_removed(had["first"], had["last"], str(had["sources"]), spans)
        }
        keys = {one.key for one in found}
        standing = {key: one for key, one in standing.items() if key in keys or key not in of_removed}
    insert_rows(session, QuestionFinding, list(_rows(run.id, found, standing)))
    return differences_of(session, run.id)


def _rows(
    run_id: int, found: Sequence[Found], standing: Mapping[str, tuple[Finding, Mapping[str, Any]]]
) -> Iterator[dict[str, object]]:
    for one in found:
        counted = {name: getattr(one, name) for name in _COUNTED}
        yield {
            "run_id": run_id,
            **{name: getattr(one, name) for name in _NAMED},
            "verdict": str(VERDICT_OF[one.reason]),
            **counted,
            "explanation": one.explanation,
            "difference": str(_difference(counted, standing.get(one.key))),
        }
    keys = {one.key for one in found}
    for finding, figures in standing.values():
        if finding.key not in keys:
            named = {name: getattr(finding, name) for name in (*_NAMED, "verdict")}
            yield {"run_id": run_id, **named, **figures, "difference": str(Difference.MISSING)}


def _difference(counted: Mapping[str, object], standing: tuple[Finding, Mapping[str, Any]] | None) -> Difference:
    if standing is None:
        return Difference.MORE
    return Difference.NONE if counted == {name: standing[1][name] for name in _COUNTED} else Difference.OTHERWISE
