"""The draft of the next version: what stands in the inventory now, and what to look at before it is published."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from access.facts import Facts
from access.load_facts import load_facts
from config.clock import microseconds, start_text
from config.texts import compare_form, counted, listed
from config.work import Work
from inventory.entity_details import DESIGNEES, entity_details, read_designees
from inventory.models import DataSeries, Entity
from inventory.queries import all_series, the_entity
from reports.access_by_record import AccessByRecord
from reports.inventory_report import (
    HOW_TO_READ,
    OFFICES,
    SERVES_13_025,
    SERVES_13_05,
    TEMPORARY,
    InventoryRecords,
    sorted_series,
)
from reports.inventory_versions.find_names import find_names
from reports.inventory_versions.inventory_copy import CopiedSeries, Fact, InventoryCopy, digest_of, write_copy
from reports.people import People
from reports.queries import OfficeHolder, officers_at
from reports.series_texts import issues_of

_MOST_NAMED = 5
_NEEDED = {
    "responsible_authority": "name",
    "responsible_authority_title": "title",
    "responsible_authority_address": "address",
}


@dataclass(frozen=True)
class Draft:
    """What would be published now.

    Args:
        notices: What a careful official looks at first; nothing of it hinders.
        named: The codes of series whose texts name employees, with the names; it hinders unless it is meant.
    """

    copy: InventoryCopy
    notices: Sequence[str]
    named: Mapping[str, Sequence[str]]

    @cached_property
    def content(self) -> str:
        """The text of the copy, as a version would keep it."""
        return write_copy(self.copy)

    @cached_property
    def sha256(self) -> str:
        """The digest of that text, by which one says which draft one has looked at."""
        return digest_of(self.content)

    @property
    def says_named(self) -> str:
        """Say which series' texts name employees; empty where none does."""
        if not self.named:
            return ""
        told = [f"{code} ({', '.join(names)})" for code, names in self.named.items()]
        return f"Texts of {counted(len(told), 'series', 'series')} name employees: {listed(told, _MOST_NAMED)}."


def make_draft(work: Work) -> Draft:
    """Make the draft of what is known now, for the present instant.

    Raises:
        NotFound: There is no entity yet.
    """
    facts = load_facts(work.session, at=work.now, graces=work.settings.graces())
    records = InventoryRecords(
        the_entity(work.session, work.now),
        all_series(work.session, work.now),
        officers_at(work.session, work.clock, at=work.now),
        facts,
    )
    return draft_of(records, entity_details(work.session, work.now), microseconds(work.clock))


def draft_of(records: InventoryRecords, details: Mapping[str, str], instant: int) -> Draft:
    """Make the draft of what the records and the entity's details say.

    Args:
        instant: At which access is held, in microseconds since 1970 in UTC.
    """
    entity, facts = records.entity, records.facts
    access = AccessByRecord(facts, instant, names_employees=False)
    people = People(facts)
    copy = InventoryCopy(
        entity.name,
        entity.time_zone,
        tuple(_contacts(records, details)),
        tuple(
            Fact(title, held_by_titles(records.officers.get(office, ()), people, instant))
            for office, title in OFFICES.items()
        ),
        (SERVES_13_025, SERVES_13_05, HOW_TO_READ, TEMPORARY),
        tuple(_copied(row, access, facts) for row in sorted_series(records.series)),
    )
    return Draft(copy, tuple(_notices(records, access)), _named(copy, records, details))


def _contacts(records: InventoryRecords, details: Mapping[str, str]) -> Iterator[Fact]:
    entity = records.entity
    yield Fact("Responsible authority", entity.responsible_authority or _names(records, "responsible_authority"))
    yield Fact("Title", entity.responsible_authority_title)
    yield Fact("Address", entity.responsible_authority_address)
    yield Fact("Telephone", details.get("authority_phone", ""))
    yield Fact("E-mail", details.get("authority_email", ""))
    official = entity.compliance_official or _names(records, "compliance_official")
    said = (official, details.get("compliance_title", ""), details.get("compliance_contact", ""))
    yield Fact("Compliance official", ", ".join(filter(None, said)))
    for designee in read_designees(details.get(DESIGNEES, "")):
        whole = ", ".join(filter(None, (designee.name, designee.title, designee.contact)))
        yield Fact("Designee", f"{whole}; answers for: {designee.files}" if designee.files else whole)


def _names(records: InventoryRecords, office: str) -> str:
    return "; ".join(holder.name for holder in records.officers.get(office, ()))


def held_by_titles(holders: Sequence[OfficeHolder], people: People, instant: int) -> str:
    """Say by the titles of their positions who holds an office."""
    titles = sorted({people.titles_at(one.employee_id, instant) for one in holders} - {""})
    return "; ".join(titles) or ("held" if holders else "held by nobody on record")


def _copied(row: DataSeries, access: AccessByRecord, facts: Facts) -> CopiedSeries:
    return CopiedSeries(
        row.code,
        row.department,
        row.name,
        row.description,
        row.classification_text,
        row.citation_text,
        access.in_words(row),
        start_text(row.retired, facts.zone) if row.retired else "",
    )


def _notices(records: InventoryRecords, access: AccessByRecord) -> Iterator[str]:
    missing = [word for name, word in _NEEDED.items() if not _is_stated(records.entity, name)]
    if missing:
        yield (
            f"The responsible authority's {' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not entered; "
            "13.025 subd. 1 has the inventory contain them."
        )
    issues = [len(issues_of(row, access)) for row in records.series]
    if any(issues):
        several = sum(1 for count in issues if count)
        yield (
            f"{counted(sum(issues), 'issue')} in {counted(several, 'series', 'series')} would be published as they "
            "stand; the report inventory-issues lists them."
        )
    unread = sum(len(one.untestable) for one in records.facts.series.values())
    if unread:
        yield f"{counted(unread, 'part')} of work access texts name no known holder, so nobody can tell who is meant."
    if not records.series:
        yield "The inventory has no data series yet."


def _is_stated(entity: Entity, name: str) -> bool:
    return bool(str(getattr(entity, name)).strip())


def _named(copy: InventoryCopy, records: InventoryRecords, details: Mapping[str, str]) -> dict[str, Sequence[str]]:
    """Give by code the employees whom a series' texts name; who is named as a contact is not counted."""
    contacts = {compare_form(one.name) for one in read_designees(details.get(DESIGNEES, ""))}
    contacts |= {compare_form(records.entity.responsible_authority), compare_form(records.entity.compliance_official)}
    contacts |= {
        compare_form(holder.name)
        for office in ("responsible_authority", "compliance_official")
        for holder in records.officers.get(office, ())
    }
    names = [one.name for one in records.facts.employees.values() if compare_form(one.name) not in contacts]
    return find_names(copy.series, names)
