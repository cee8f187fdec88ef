"""Read the findings that a person asks for: those that stand, or those of one run, narrowed by what is said of them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from audit.finding_views import finding_views, vanished_views
from audit.run_views import run_views
from audit.statuses import NOT_FOUND, Status
from audit.views import FindingView
from config.errors import Invalid, NotFound
from config.texts import compare_form

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class FindingsQuestion:
    """Which findings are wanted; None = whatever it is.

    Args:
        status: One of the statuses, or that it is not found any more.
        month: As YYYY-MM.
        who: The id or name of an employee, or an account.
        what: The code or name of a series, or a resource.
        reason: One of the reasons of the decision table.
        department: In which the employee worked at the last access, or last before it.
        run: The number of a run; None = those that stand.
    """

    status: str | None = None
    month: str | None = None
    who: str | None = None
    what: str | None = None
    reason: str | None = None
    department: str | None = None
    run: int | None = None


def read_findings(session: Session, question: FindingsQuestion, zone: ZoneInfo, *, now: datetime) -> list[FindingView]:
    """Give the findings that are wanted, by month, reason, who and what.

    Raises:
        NotFound: A value that is asked for is known nowhere; the sentence says what there is.
        Conflict: A name is that of several.
        Invalid: The month is none.
    """
    status = None if question.status is None else _known(question.status, (*Status, NOT_FOUND), "status", "statuses")
    reason = None if question.reason is None else _reason(question.reason)
    if question.month is not None and not _MONTH.fullmatch(question.month):
        raise Invalid(f'"{question.month}" is no month; write one such as 2025-03.')
    views = _asked(session, question.run, zone, is_gone=status == NOT_FOUND)
    wanted: list[Callable[[FindingView], bool]] = []
    if status is not None:
        wanted.append(lambda one: one.status == status)
    if reason is not None:
        wanted.append(lambda one: one.reason == reason)
    if question.month is not None:
        wanted.append(lambda one: one.month == question.month)
    if question.who is not None or question.what is not None or question.department is not None:
        # only here, as it loads the tables of people and series, and most ask for neither
        from audit.findings_of import findings_of  # noqa: PLC0415

        wanted += findings_of(session, views, question.who, question.what, question.department, now=now)
    return [one for one in views if all(fits(one) for fits in wanted)]


def _asked(session: Session, run: int | None, zone: ZoneInfo, *, is_gone: bool) -> list[FindingView]:
    if run is not None:
        return run_views(session, run, zone)
    return vanished_views(session) if is_gone else finding_views(session)


def _reason(text: str) -> str:
    from audit.rules import REASONS  # noqa: PLC0415 - loads all that decides, and most ask for no reason

    return _known(text, REASONS, "reason", "reasons")


def _known(text: str, known: Sequence[str], one: str, several: str) -> str:
    """Give the word that a text means, however it is spelt."""
    form = compare_form(text).replace("_", " ").replace("-", " ")
    for word in known:
        if form == word.replace("_", " "):
            return word
    raise NotFound(f'"{text}" is no {one}; the {several} are {", ".join(known)}.')
