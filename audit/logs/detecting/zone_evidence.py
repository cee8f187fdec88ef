"""What times themselves say of their zone: an offset, Z, a count from 1970, an abbreviation, or nothing."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from audit.logs.profiles.language import Times
from config.texts import shortened

_OFFSET = re.compile(r"[+-](?:[01]\d|2[0-3]):?(?:[0-5]\d)?$")
_DATE_ALONE = re.compile(r"^\d{4}-\d\d(-\d\d)?$")
_COUNT = re.compile(r"^\d{9,16}(\.\d+)?$")
_ABBREVIATION = re.compile(r"(?<=[\d ])([A-Z]{3,4})$")
_MOST, _LONGEST = 3, 30


class Zone(NamedTuple):
    """What times say of their zone, in words; and whether nobody says it of some, neither they nor the profile."""

    said: str
    is_missing: bool


def find_zone(texts: Sequence[str], times: Times) -> Zone:
    """Find what some times say of their zone, and what serves where they say nothing."""
    kinds = Counter(_kind_of(text) for text in texts if text)
    total = kinds.total()
    said = [f"{kind} in {_of(count, total)}" for kind, count in kinds.items() if kind]
    more = [f"and {len(said) - _MOST} other forms"] if len(said) > _MOST else []
    parts = [", ".join([*said[:_MOST], *more])] if said else []
    if count := kinds[""]:
        first = next(text for text in texts if text and not _kind_of(text))
        serves = f"the profile reads them in {times.zone}" if times.zone else "say it of the source"
        parts.append(f'none in {_of(count, total)}, such as "{shortened(first, _LONGEST)}"; {serves}')
    return Zone("; ".join(parts) or "no time was read", bool(kinds[""]) and not times.zone)


def _of(count: int, total: int) -> str:
    return f"all {total:,}" if count == total else f"{count:,} of {total:,}"


def _kind_of(text: str) -> str:
    """Say what a time says of its zone, empty where it says nothing."""
    if _COUNT.match(text):
        return "a count from 1970, which is UTC,"
    if text.endswith(("Z", "z", "UTC", "GMT")):
        return "Z or UTC"
    if not _DATE_ALONE.match(text) and (found := _OFFSET.search(text)):
        return f"the offset {found[0]}"
    found = _ABBREVIATION.search(text)
    return f"the abbreviation {found[1]}" if found and found[1] not in {"AM", "PM"} else ""
