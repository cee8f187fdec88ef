"""What a change of grants would mean, as the API gives it."""

from collections.abc import Sequence

from pydantic import BaseModel, Field

from access.trainings_of_people import trainings_of_people
from audit.meaning_in_words import access_sentences, open_sentences
from audit.touched_findings import TouchedFinding
from audit.weigh_grants import Counted, Meaning
from config.clock import utc_text
from config.work import Work


class CountedView(BaseModel):
    """How many accesses of how many people, and the first and the last of them."""

    count: int
    people: int
    first: str | None
    last: str | None


class FindingAmong(BaseModel):
    """A finding that stands, and how many of its accesses are meant."""

    key: str
    who: str = Field(description="The employee's id.")
    reason: str
    month: str
    status: str
    events: int = Field(description="How many of its accesses are meant.")
    of: int = Field(description="How many it has.")


class OtherwiseView(BaseModel):
    """Accesses that the next audit would decide otherwise: by which reason now, and by which then."""

    before: str
    after: str
    count: int


class MeaningView(BaseModel):
    """What a change of grants would mean, by the accesses of the last 90 days."""

    since: str = Field(description="The first instant of the accesses that were looked at.")
    reached: int = Field(description="How many people employed now the new grants reach.")
    already: int = Field(description="How many of them can reach this data already.")
    others: int = Field(description="How many other people have this access now.")
    named: list[str] = Field(description="The first of their names.")
    covered: CountedView | None = Field(description="What the new grants would have covered; null if none is new.")
    findings: list[FindingAmong] = Field(description="Findings not closed among what would have been covered.")
    resting: CountedView | None = Field(description="What rests on the grants that end; null if none ends.")
    still_covered: int = Field(description="How many of these the new grants would cover.")
    otherwise: list[OtherwiseView]
    touched: list[FindingAmong] = Field(description="Findings that would be otherwise at the next audit.")
    is_unseen: bool = Field(description="No log of these days is here of a system that holds it: no use can be told.")
    trainings: list[str] = Field(description="What the record says of the trainings of those whom new grants reach.")
    sentences: list[str]


class AccessPreview(MeaningView):
    """What a change of work access, or the withdrawal of a grant, would mean."""

    needs_confirmation: bool = Field(description="A second official has to confirm it; until then it is proposed.")


def access_preview(work: Work, meaning: Meaning, *, waits: bool) -> AccessPreview:
    """Give what a change would mean.

    Args:
        waits: A second official is waited for where findings would read otherwise.
    """
    say = access_sentences if waits else open_sentences
    sentences = list(say(meaning, work.zone))
    return AccessPreview(**told_of(work, meaning), needs_confirmation=waits and meaning.is_for_two, sentences=sentences)


def told_of(work: Work, meaning: Meaning) -> dict[str, object]:
    """Give all of it but for the sentences."""
    return {
        "since": utc_text(meaning.since),
        "reached": meaning.holders.reached,
        "already": meaning.holders.among,
        "others": meaning.holders.others,
        "named": list(meaning.holders.others_named),
        "covered": _counted(meaning.covered),
        "findings": _findings(meaning.findings),
        "resting": _counted(meaning.resting),
        "still_covered": meaning.still_covered,
        "otherwise": [OtherwiseView(before=one.before, after=one.after, count=one.count) for one in meaning.otherwise],
        "touched": _findings(meaning.touched),
        "is_unseen": meaning.is_unseen,
        "trainings": list(trainings_of_people(work.session, meaning.holders.ids, work.now, work.zone)),
    }


def _counted(found: Counted | None) -> CountedView | None:
    if found is None:
        return None
    first, last = (utc_text(one) if one else None for one in (found.first, found.last))
    return CountedView(count=found.count, people=found.people, first=first, last=last)


def _findings(found: Sequence[TouchedFinding]) -> list[FindingAmong]:
    return [FindingAmong(**vars(one)) for one in found]
