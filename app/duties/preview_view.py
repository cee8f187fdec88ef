"""What a temporary duty, or a change of one, would mean, as the API gives it."""

from pydantic import BaseModel, Field

from access.duty_terms import DutyTerms
from app.duties.preview_duty import DutyMeaning, duty_sentences
from app.people.meaning_view import MeaningView, told_of
from config.clock import utc_text
from config.when import period_text
from config.work import Work


class BackdatedView(BaseModel):
    """How many accesses will read backdated."""

    count: int


class DutyPreview(MeaningView):
    """What a temporary duty would mean."""

    needs_confirmation: bool = Field(description="A second person has to confirm it.")
    start: str
    end: str
    period: str = Field(description="From when until when, in words.")
    has_already: list[str] = Field(description="The grants by which the employee has this access now.")
    backdated: BackdatedView | None = Field(description="Accesses that will read backdated; null without a past.")


class ChangeOfDutyPreview(MeaningView):
    """What a change of a temporary duty would mean."""

    needs_confirmation: bool = Field(description="A second person has to confirm it.")
    has_already: list[str] = Field(description="The grants by which the employee has this access now.")


def duty_preview(work: Work, terms: DutyTerms, found: DutyMeaning) -> DutyPreview:
    """Give what a duty would mean."""
    return DutyPreview(
        **_of_duty(work, found),
        start=utc_text(terms.start),
        end=utc_text(terms.end),
        period=period_text(terms.start, terms.end, work.zone),
        backdated=None if found.backdated is None else BackdatedView(count=found.backdated),
    )


def change_preview(work: Work, found: DutyMeaning) -> ChangeOfDutyPreview:
    """Give what a change of a duty would mean."""
    return ChangeOfDutyPreview(**_of_duty(work, found))


def _of_duty(work: Work, found: DutyMeaning) -> dict[str, object]:
    told = told_of(work, found.meaning) | {"needs_confirmation": found.needs_second}
    has_already = [grant.grant_id for grant in found.meaning.holders.own]
    return told | {"has_already": has_already, "sentences": list(duty_sentences(found, work.zone))}
