"""The copy of the inventory that a version keeps: all that its page and workbook say, and nothing not public."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

_FORM = 1  # of the copy's text, should a later one be written otherwise


class CopiedSeries(NamedTuple):
    """A series as the State's template has it: its texts as they were entered, and who may reach it."""

    code: str
    department: str
    name: str
    description: str
    classification: str
    citation: str
    work_access: str
    retired: str  # from which day on; empty where it is not


class Fact(NamedTuple):
    """A label, and what is said of it."""

    label: str
    text: str


@dataclass(frozen=True)
class InventoryCopy:
    """The whole inventory as it stood.

    Args:
        entity: The entity's name.
        time_zone: In which the copy's days are.
        contacts: The responsible authority, the compliance official, the designees, and how they are reached.
        roles: Which offices may reach all not public data if necessary for specified duties, with titles of positions.
        paragraphs: What the inventory is, and how it is read.
        series: By department and name.
    """

    entity: str
    time_zone: str
    contacts: Sequence[Fact]
    roles: Sequence[Fact]
    paragraphs: Sequence[str]
    series: Sequence[CopiedSeries]


def write_copy(copy: InventoryCopy) -> str:
    """Write a copy as text; equal copies are equal texts."""
    plain = {
        "form": _FORM,
        "entity": copy.entity,
        "time_zone": copy.time_zone,
        "contacts": [list(one) for one in copy.contacts],
        "roles": [list(one) for one in copy.roles],
        "paragraphs": list(copy.paragraphs),
        "series": [one._asdict() for one in copy.series],
    }
    return json.dumps(plain, ensure_ascii=False, indent=0)


def read_copy(text: str) -> InventoryCopy:
    """Read a copy that was written here."""
    plain: Mapping[str, Any] = json.loads(text)
    return InventoryCopy(
        plain["entity"],
        plain["time_zone"],
        tuple(Fact(*one) for one in plain["contacts"]),
        tuple(Fact(*one) for one in plain["roles"]),
        tuple(plain["paragraphs"]),
        tuple(CopiedSeries(**one) for one in plain["series"]),
    )


def digest_of(text: str) -> str:
    """Give the SHA-256 of a copy's text in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()
