"""What the entity's policies and its published inventory say besides its description: contacts, costs, standards."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlmodel import Session, select

from config.errors import InvalidFields
from config.recorded import current, known_at
from config.shown_text import can_be_printed
from inventory.publication_models import EntityDetail

_LONGEST = 10_000
_LONGEST_COST = 4
_DESIGNEE_PARTS = 4


class Readers(StrEnum):
    """Who may read the published inventory."""

    EVERYONE = "everyone"
    SIGNED_IN = "signed_in"


class Detail(NamedTuple):
    """Something that can be entered: what it is called, what to write, and whether that may have several lines."""

    label: str
    hint: str
    has_lines: bool = False


INVENTORY_READERS, DESIGNEES, COPY_CENTS = "inventory_readers", "designees", "copy_cents"
# in the order in which they are asked for
DETAILS: Mapping[str, Detail] = {
    "authority_phone": Detail("Responsible authority's telephone", "As the public is to call it."),
    "authority_email": Detail("Responsible authority's e-mail address", "As the public is to write to it."),
    "compliance_title": Detail("Compliance official's title", ""),
    "compliance_contact": Detail("How to reach the compliance official", "Address, telephone, e-mail."),
    DESIGNEES: Detail(
        "Designees", "One a line: name; title; how to reach them; the files that they answer for.", has_lines=True
    ),
    "website": Detail("Where the policies are posted", "Such as an address of your website."),
    "office_hours": Detail("When data can be looked at", "Such as: Monday to Friday, 8:00 to 16:30, at City Hall."),
    "request_ways": Detail("How a request can be made", "Such as: in writing by mail, e-mail, or the form on …"),
    COPY_CENTS: Detail("Cents for one printed page", "For 100 or fewer black-and-white pages, letter or legal size."),
    "copy_other": Detail("What other copies cost", "How the actual cost is worked out.", has_lines=True),
    "copy_waiver": Detail("When nothing is charged", "Such as: for less than ten dollars."),
    "subject_copies": Detail("What copies of one's own data cost", "The actual cost of making them, no more."),
    "identity_adult": Detail("How an adult shows who they are", "Such as: a valid identity card with a photograph."),
    "identity_minor": Detail("How a minor shows who they are", ""),
    "identity_parent": Detail("How a parent shows that they are one", ""),
    "identity_guardian": Detail("How a guardian shows that they are one", ""),
    "identity_remote": Detail("How one shows who one is without coming", "Such as: a notarized copy."),
    "security_measures": Detail("What keeps not public data safe", "One measure a line.", has_lines=True),
    "training": Detail("Training", "Who is trained, in what, and how often.", has_lines=True),
    INVENTORY_READERS: Detail(
        "Who may read the published inventory here", "everyone, or signed_in; empty: everyone, as it is public."
    ),
}


class Designee(NamedTuple):
    """Who answers requests for some files."""

    name: str
    title: str
    contact: str
    files: str


def entity_details(session: Session, at: datetime) -> dict[str, str]:
    """Give what was entered, by name, as known at an instant; nothing was entered of what is missing."""
    rows = session.exec(select(EntityDetail).where(known_at(EntityDetail, at)))
    return {row.name: row.text for row in rows if row.text}


def state_details(session: Session, stated: Mapping[str, str], *, now: datetime, by: str) -> dict[str, str]:
    """Enter some of the details; what is not named stays, and an empty text takes one away.

    Returns:
        All that stands then.

    Raises:
        InvalidFields: There is no such detail, or it cannot say that.
    """
    texts = {name: text.strip().replace("\r\n", "\n") for name, text in stated.items()}
    faults = {name: fault for name, text in texts.items() if (fault := _fault(name, text))}
    if faults:
        raise InvalidFields(faults)
    standing = {row.name: row for row in session.exec(select(EntityDetail).where(current(EntityDetail)))}
    for name, text in texts.items():
        before = standing.get(name)
        if (before.text if before else "") == text:
            continue
        if before is not None:
            before.superseded_at, before.superseded_by = now, by
        if text:
            session.add(EntityDetail(name=name, text=text, recorded_at=now, recorded_by=by))
    session.flush()
    return entity_details(session, now)


def read_designees(text: str) -> list[Designee]:
    """Read the designees, one a line."""
    return [Designee(*parts) for parts in _designees(text)]


def inventory_readers(details: Mapping[str, str]) -> Readers:
    """Say who may read the published inventory; it is public data, so everyone where nothing else was entered."""
    return Readers(details.get(INVENTORY_READERS) or Readers.EVERYONE)


def _designees(text: str) -> Iterator[list[str]]:
    for line in filter(str.strip, text.splitlines()):
        parts = [part.strip() for part in line.split(";", _DESIGNEE_PARTS - 1)]
        yield parts + [""] * (_DESIGNEE_PARTS - len(parts))


def _fault(name: str, text: str) -> str:
    if name not in DETAILS:
        return f'There is no detail "{name[:80]}"; the details are {", ".join(DETAILS)}.'
    if len(text) > _LONGEST or not can_be_printed(text):
        return f"This is no text of up to {_LONGEST:,} letters that can be printed."
    if not DETAILS[name].has_lines and "\n" in text:
        return "Write it on one line."
    return _fault_of_kind(name, text) if text else ""


def _fault_of_kind(name: str, text: str) -> str:
    if name == INVENTORY_READERS and text not in set(Readers):
        return f"Choose {' or '.join(Readers)}."
    if name == COPY_CENTS and not (text.isascii() and text.isdigit() and len(text) < _LONGEST_COST):
        return "Write whole cents, such as 25."
    if name == DESIGNEES and any(not (one[0] and one[1]) for one in _designees(text)):
        return "Each line needs a name and a title, with a semicolon between them."
    return ""
