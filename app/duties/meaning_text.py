"""What a temporary duty would mean, in sentences."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from audit.duty_accesses import Covered
from audit.preview_duty import LOOKED_BACK, DutyMeaning
from config.clock import local_text


def meaning_sentences(meaning: DutyMeaning, name: str, zone: ZoneInfo) -> Iterator[str]:
    """Say what a duty would mean, for the one of this name."""
    if meaning.has_already:
        kinds = ", ".join(dict.fromkeys(str(grant.kind) for grant in meaning.has_already))
        yield f"{name} has this access already, by {kinds}; the duty may not be needed."
    yield _others(meaning)
    days = LOOKED_BACK.days
    yield f"Of the accesses of the last {days} days, it would have covered {counted(meaning.covered, zone)}."
    if meaning.findings:
        yield f"Findings not closed are among them: {len(meaning.findings)}."
    if meaning.backdated is not None:
        count = "no access that it covers" if not meaning.backdated.count else counted(meaning.backdated, zone)
        yield f"It starts in the past: what was done since then will read backdated, not authorized ({count})."
    if meaning.needs_second:
        yield "It holds only once a second person, who is neither its granter nor its holder, has confirmed it."


def counted(covered: Covered, zone: ZoneInfo) -> str:
    """Say how many accesses there are, and when the last one was."""
    if covered.last is None:
        return "none"
    accesses = "1 access" if covered.count == 1 else f"{covered.count:,} accesses"
    return f"{accesses}, the last on {_to_the_minute(covered.last, zone)}"


def _others(meaning: DutyMeaning) -> str:
    if not meaning.others:
        return "Nobody else has this access now."
    more = f" and {meaning.others - len(meaning.named):,} more" if meaning.others > len(meaning.named) else ""
    have = "1 other person has" if meaning.others == 1 else f"{meaning.others:,} others have"
    return f"{have} this access now: {', '.join(meaning.named)}{more}."


def _to_the_minute(instant: datetime, zone: ZoneInfo) -> str:
    return local_text(instant.replace(second=0, microsecond=0), zone)
