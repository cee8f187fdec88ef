"""Say which purposes are meant by what people typed as their reason in a source's logs."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import select

from access.import_row import AnsweredRow, import_row
from access.models import PurposeMeaning
from access.purpose_map import PurposeMatch
from audit.logs.find_source import find_source
from config.errors import InvalidFields
from config.recorded import current
from config.tables.receipt import Receipt
from config.texts import compare_form
from config.work import Installation, Work


@dataclass(frozen=True)
class PurposeAnswer:
    """What a text, or what fits a pattern, means.

    Args:
        typed: The text, or the pattern.
        is_new: Whoever answers knows of no such row; one that there is meanwhile is not to be changed unseen.
    """

    typed: str
    purpose: str
    match: PurposeMatch = PurposeMatch.TEXT
    is_new: bool = False


def map_purposes_of(
    installation: Installation, work: Work, source: str, answers: Sequence[PurposeAnswer], *, by: str
) -> Receipt:
    """Record what texts of a source mean, all as one import that can be taken back.

    Args:
        answers: One at least.

    Raises:
        NotFound: There is no such source.
        InvalidFields: A field cannot be taken.
    """
    name = find_source(work.session, source).name
    for answer in answers:
        if not compare_form(answer.purpose):
            raise InvalidFields({"meaning": "Say which purpose it means."})
        _refuse_if_answered(work, name, answer)
    first, *further = [
        {"source": name, "typed": one.typed.strip(), "match": str(one.match), "purpose": one.purpose.strip()}
        for one in answers
    ]
    return import_row(installation, work, AnsweredRow("purposes", first, "answered purpose", further), by=by)


def _refuse_if_answered(work: Work, source: str, answer: PurposeAnswer) -> None:
    if not answer.is_new:
        return
    stated = select(PurposeMeaning).where(PurposeMeaning.source == source, PurposeMeaning.match == str(answer.match))
    for one in work.session.exec(stated.where(current(PurposeMeaning))):
        if compare_form(one.typed) == compare_form(answer.typed):
            raise InvalidFields({"meaning": f'{one.recorded_by} said already that it means "{one.purpose}".'})
