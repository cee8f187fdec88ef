"""Say where the resources belong that a pattern matches: to a data series, to `public`, or to `ignore`."""

from dataclasses import dataclass

from sqlmodel import Session, select

from access.import_row import AnsweredRow, import_row
from config.errors import InvalidFields
from config.recorded import current
from config.tables.receipt import Receipt
from config.texts import compare_form
from config.work import Installation, Work
from inventory.models import ResourcePattern


@dataclass(frozen=True)
class PatternAnswer:
    """Where the resources of a system belong that a pattern matches.

    Args:
        series: The code or exact name of a series, `public` or `ignore`.
        is_new: Whoever answers knows of no such pattern; one that there is meanwhile is not to be changed unseen.
    """

    system: str
    pattern: str
    series: str
    is_new: bool = False


def map_pattern(installation: Installation, work: Work, answer: PatternAnswer, *, by: str) -> Receipt:
    """Record a pattern, as an import of its own that can be taken back; one that compares as equal is changed.

    Raises:
        InvalidFields: A field cannot be taken.
    """
    lacking = {
        name: sentence
        for name, text, sentence in (
            ("pattern", answer.pattern, "Write a pattern that matches it."),
            ("series", answer.series, "Choose a data series, public or ignore."),
        )
        if not text.strip()
    }
    if lacking:
        raise InvalidFields(lacking)
    cells = {"system": answer.system, "pattern": answer.pattern.strip(), "series": answer.series.strip()}
    if answer.is_new and (standing := _standing(work.session, answer)):
        raise InvalidFields({"pattern": f"{standing.recorded_by} mapped this pattern to {standing.series} already."})
    return import_row(installation, work, AnsweredRow("resources", cells, "answered resource"), by=by)


def _standing(session: Session, answer: PatternAnswer) -> ResourcePattern | None:
    key = (compare_form(answer.system), compare_form(answer.pattern))
    stated = session.exec(select(ResourcePattern).where(current(ResourcePattern)))
    return next((one for one in stated if (compare_form(one.system), compare_form(one.pattern)) == key), None)
