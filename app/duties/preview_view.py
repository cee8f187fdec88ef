"""What a temporary duty would mean, as the API gives it."""

from pydantic import BaseModel, Field

from access.duty_terms import DutyTerms
from app.duties.meaning_text import meaning_sentences
from audit.duty_accesses import Covered
from audit.preview_duty import DutyMeaning
from config.clock import utc_text
from config.when import period_text
from config.work import Work


class CoveredView(BaseModel):
    """How many accesses, and the first and the last of them."""

    count: int
    first: str | None
    last: str | None


class FindingAmong(BaseModel):
    """A finding not closed among the accesses that the duty would have covered."""

    key: str
    reason: str
    month: str
    events: int


class DutyPreview(BaseModel):
    """What a temporary duty would mean."""

    start: str
    end: str
    period: str = Field(description="From when until when, in words.")
    has_already: list[str] = Field(description="The grants by which the employee has this access now.")
    others: int = Field(description="How many other people have this access now.")
    named: list[str] = Field(description="The first of their names.")
    covered: CoveredView = Field(description="Accesses of the last 90 days that it would have covered.")
    findings: list[FindingAmong]
    backdated: CoveredView | None = Field(description="Accesses that will read backdated; null without a past.")
    needs_confirmation: bool
    sentences: list[str]


def preview_view(work: Work, terms: DutyTerms, meaning: DutyMeaning) -> DutyPreview:
    """Give what a duty would mean."""
    return DutyPreview(
        start=utc_text(terms.start),
        end=utc_text(terms.end),
        period=period_text(terms.start, terms.end, work.zone),
        has_already=[grant.grant_id for grant in meaning.has_already],
        others=meaning.others,
        named=list(meaning.named),
        covered=_covered(meaning.covered),
        findings=[
            FindingAmong(key=one.key, reason=one.reason, month=one.month, events=one.events) for one in meaning.findings
        ],
        backdated=_covered(meaning.backdated) if meaning.backdated else None,
        needs_confirmation=meaning.needs_second,
        sentences=list(meaning_sentences(meaning, terms.employee_name, work.zone)),
    )


def _covered(covered: Covered) -> CoveredView:
    first, last = (utc_text(one) if one else None for one in (covered.first, covered.last))
    return CoveredView(count=covered.count, first=first, last=last)
