"""What a change of grants would mean, in sentences."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from audit.weigh_grants import LOOKED_BACK, Counted, Holders, Meaning
from config.clock import local_text
from config.texts import counted

_DAYS = LOOKED_BACK.days


def meaning_sentences(meaning: Meaning, zone: ZoneInfo, *, name: str = "") -> Iterator[str]:
    """Say what a change would mean.

    Args:
        name: Of the only employee whom it is about; empty where it is about several.
    """
    yield from _held(meaning.holders, name, is_new=meaning.covered is not None)
    if meaning.is_unseen:
        yield (
            f"No log of the last {_DAYS} days is here of a system that holds this data, so how it is used cannot be "
            "told."
        )
    if meaning.resting is not None and not meaning.is_unseen:
        yield _resting(meaning)
    if meaning.covered is not None and not meaning.is_unseen:
        yield f"Of the accesses of the last {_DAYS} days, it would have covered {_told(meaning.covered, zone, name)}."
    if meaning.findings:
        yield f"Findings not closed are among them: {len(meaning.findings):,}."
    if meaning.otherwise:
        count = sum(one.count for one in meaning.otherwise)
        yield (
            f"The next audit would decide {_accesses(count)} otherwise that {'is' if count == 1 else 'are'} logged "
            f"already: {'; '.join(_changes(meaning))}."
        )
    if meaning.touched:
        yield f"{counted(len(meaning.touched), 'finding that stands', 'findings that stand')} would be otherwise."


def access_sentences(meaning: Meaning, zone: ZoneInfo) -> Iterator[str]:
    """Say what a change of one statement of work access would mean."""
    yield from meaning_sentences(meaning, zone)
    if meaning.is_for_two:
        yield "So it is recorded only once a second official, whom it does not reach, has confirmed it."


def open_sentences(meaning: Meaning, zone: ZoneInfo) -> Iterator[str]:
    """Say what a change of grants would mean that waits for nobody, such as an import of a file."""
    yield from meaning_sentences(meaning, zone)
    if meaning.is_for_two:
        yield "Have a second official look at it first; it waits for none by itself."


def _held(holders: Holders, name: str, *, is_new: bool) -> Iterator[str]:
    if name and is_new and not holders.reached:
        yield f"{name} is not employed now, and nothing is authorized outside employment."
    if name and holders.own:
        kinds = ", ".join(dict.fromkeys(str(grant.kind) for grant in holders.own))
        yield f"{name} has this access already, by {kinds}."
    elif not name and is_new:
        already = f"; {holders.among:,} of them can reach this data already" if holders.among else ""
        names = f": {_listed(holders.named, holders.among)}" if holders.among else ""
        yield f"It reaches {counted(holders.reached, 'person', 'people')} employed now{already}{names}."
    if not holders.others:
        yield "Nobody else has this access now."
        return
    have = "1 other person has" if holders.others == 1 else f"{holders.others:,} others have"
    yield f"{have} this access now: {_listed(holders.others_named, holders.others)}."


def _listed(names: Sequence[str], count: int) -> str:
    more = f" and {count - len(names):,} more" if count > len(names) else ""
    return f"{', '.join(names)}{more}"


def _resting(meaning: Meaning) -> str:
    found = meaning.resting
    if found is None or not found.count:
        return f"No access in the last {_DAYS} days rests on what ends."
    rest = "rests" if found.count == 1 else "rest"
    also = f"; what takes its place would cover {meaning.still_covered:,} of them" if meaning.covered else ""
    people = counted(found.people, "person", "people")
    return f"{_accesses(found.count)} of {people} in the last {_DAYS} days {rest} on this{also}."


def _told(found: Counted, zone: ZoneInfo, name: str) -> str:
    if found.last is None:
        return "none"
    people = "" if name else f" of {counted(found.people, 'person', 'people')}"
    return f"{_accesses(found.count)}{people}, the last on {_to_the_minute(found.last, zone)}"


def _changes(meaning: Meaning) -> Iterator[str]:
    for one in meaning.otherwise:
        yield f"{one.count:,} from {one.before.replace('_', ' ')} to {one.after.replace('_', ' ')}"


def _accesses(count: int) -> str:
    return counted(count, "access", "accesses")


def _to_the_minute(instant: datetime, zone: ZoneInfo) -> str:
    return local_text(instant.replace(second=0, microsecond=0), zone)
