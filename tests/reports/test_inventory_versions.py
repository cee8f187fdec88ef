"""Versions of the inventory: a copy of what is public alone, kept whole, and what differs between two."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import col, update

from access.facts import Access, EmployeeFacts, Facts
from config.clock import microseconds
from config.errors import Conflict
from config.work import Work
from inventory.entity_details import entity_details, state_details
from inventory.entity_time import entity_zone
from inventory.models import DataSeries
from inventory.publication_models import InventoryVersion
from inventory.rename_series import rename_series
from reports.inventory_report import InventoryRecords
from reports.inventory_versions.difference import InventoryDifference, difference
from reports.inventory_versions.draft import Draft, draft_of, make_draft
from reports.inventory_versions.find_names import find_names
from reports.inventory_versions.inventory_copy import CopiedSeries, Fact, InventoryCopy, read_copy, write_copy
from reports.inventory_versions.publish import NamesEmployees, PublishRequest, publish_inventory
from reports.inventory_versions.versions import find_edition, find_version
from reports.inventory_versions.workbooks import version_workbook
from reports.workbook import write_workbook
from tests.builders import DAY
from tests.databases import on_both
from tests.reports.test_inventory_report import ANN, CLERKS, ENTITY, a_series, facts
from tests.town import MARCH_10, NOW, Town

PATROL = CopiedSeries("S1", "Police", "Case files", "What happened", "private", "13.82", "Police Clerk", "")
COPY = InventoryCopy("Town of Elm", "America/Chicago", (Fact("Title", "Clerk"),), (), ("What it is.",), (PATROL,))


def drafted(*series: DataSeries, accesses: tuple[Access, ...] = ()) -> Draft:
    known: Facts = facts(*series, accesses=accesses)
    known = replace(known, employees={**known.employees, "E2": EmployeeFacts("E2", "Bo Larson", "")})
    records = InventoryRecords(ENTITY, series, {"is_manager": [ANN]}, known)
    return draft_of(records, {}, microseconds(MARCH_10))


def compared(*after: CopiedSeries, before: tuple[CopiedSeries, ...] = (PATROL,)) -> InventoryDifference:
    return difference(replace(COPY, series=before), replace(COPY, series=after))


def at_work(town: Town) -> Work:
    return Work(town.session, NOW + DAY, NOW + DAY, "clerk", town.settings, entity_zone)


# --- the copy ---


def test_a_copy_reads_as_it_was_written() -> None:
    assert read_copy(write_copy(COPY)) == COPY


def test_an_employee_who_has_access_by_name_is_not_named() -> None:
    by_name = CLERKS._replace(grant_id="work-access:9", holder_type="employee", holder="E1")

    (series,) = drafted(a_series("S1"), accesses=(CLERKS, by_name)).copy.series

    assert series.work_access == "Payroll Clerk (Finance); One employee (Payroll Clerk)"


def test_offices_are_told_by_titles_and_contacts_by_name() -> None:
    draft = drafted(a_series("S1"))

    assert dict(draft.copy.roles)["Information systems manager"] == "Payroll Clerk"
    assert dict(draft.copy.contacts)["Responsible authority"] == "Bo Larson"
    assert "Ann Olson" not in draft.content


def test_texts_that_name_employees_are_told_of_but_for_the_contacts() -> None:
    described = a_series("S1", description="Kept by ANN  Olson, for Bo Larson.")

    assert drafted(described, a_series("S2", description="Annual Olsons")).named == {"S1": ["Ann Olson"]}
    assert find_names([PATROL], ["What", "Police"]) == {}


def test_what_13_025_wants_and_is_missing_is_told_before_it_is_published() -> None:
    (missing, *_) = drafted(a_series("S1")).notices

    assert "title and address are not entered" in missing


# --- the difference ---


def test_series_are_added_gone_retired_renamed_or_changed_field_by_field() -> None:
    found = compared(
        PATROL._replace(code="S2"),
        PATROL._replace(code="S3", retired="1 May 2025"),
        PATROL._replace(code="S4", name="Files of cases", citation="13.82 subd. 7"),
        PATROL._replace(code="S5", work_access="Detective"),
        before=tuple(PATROL._replace(code=f"S{number}") for number in (1, 3, 4, 5)),
    )

    assert [(one.kind.value, one.code) for one in found.series] == [
        ("added", "S2"),
        ("gone", "S1"),
        ("retired", "S3"),
        ("renamed", "S4"),
        ("changed", "S5"),
    ]
    assert found.series[3].fields == [("name", "Case files", "Files of cases"), ("citation", "13.82", "13.82 subd. 7")]
    assert str(found) == "1 added, 1 gone, 1 retired, 1 renamed, 1 changed."


def test_what_is_said_besides_the_series_is_compared_by_its_label() -> None:
    found = difference(COPY, replace(COPY, contacts=(Fact("Title", "City Clerk"), Fact("Designee", "Cy Dale"))))

    assert found.about == (("Title", "Clerk", "City Clerk"), ("Designee", "", "Cy Dale"))
    assert compared(PATROL).is_nothing


# --- publishing ---


@on_both
def test_a_version_stands_as_it_was_published_whatever_changes(town: Town) -> None:
    work = at_work(town)
    first = publish_inventory(work, PublishRequest(note="Resolution 26-4"), by="clerk")
    rename_series(town.session, "S4", "Offers", now=NOW + 2 * DAY, by="clerk")
    second = publish_inventory(replace(work, now=NOW + 3 * DAY), PublishRequest(), by="clerk")

    assert (first.head.number, first.head.published_by, first.head.known_at) == (1, "clerk", NOW + DAY)
    assert second.difference is not None
    ((kind, code, *_),) = second.difference.series
    assert (kind, code) == ("renamed", "S4")
    names = [{one.code: one.name for one in find_version(town.session, number).copy.series} for number in (1, 2)]
    assert [named["S4"] for named in names] == ["Bids", "Offers"]
    assert difference(find_edition(work, "newest").copy, find_edition(work, "2").copy).is_nothing


def test_a_version_gives_the_same_workbook_at_any_time(town: Town, tmp_path: Path) -> None:
    publish_inventory(at_work(town), PublishRequest(), by="clerk")
    written = []
    for name in ("a.xlsx", "b.xlsx"):
        version = find_version(town.session, 1)
        rename_series(town.session, "S4", f"Offers {name}", now=NOW + 2 * DAY, by="clerk")
        made = write_workbook(
            tmp_path / name,
            version_workbook(version),
            title="Inventory",
            entity="Elm",
            zone=version.zone,
            produced_at=NOW,
        )
        written.append(made.sha256)

    assert written[0] == written[1]


def test_a_version_that_was_changed_beside_the_program_is_refused(town: Town) -> None:
    publish_inventory(at_work(town), PublishRequest(), by="clerk")
    content = col(InventoryVersion.content)
    town.session.execute(update(InventoryVersion).values(content=content + " "))

    with pytest.raises(Conflict, match="not what was published"):
        find_version(town.session, 1)


def test_a_draft_that_is_not_the_one_looked_at_is_not_published(town: Town) -> None:
    work = at_work(town)
    looked_at = make_draft(work).sha256
    state_details(town.session, {"authority_phone": "555 0100"}, now=NOW, by="clerk")

    with pytest.raises(Conflict, match="changed since the draft was shown"):
        publish_inventory(work, PublishRequest(draft=looked_at), by="clerk")
    assert entity_details(town.session, NOW) == {"authority_phone": "555 0100"}


def test_a_text_that_names_an_employee_is_published_only_where_that_is_meant(town: Town) -> None:
    work = at_work(town)
    rename_series(town.session, "S4", "Bids kept by Ann Olson", now=NOW, by="clerk")

    with pytest.raises(NamesEmployees, match="Ann Olson"):
        publish_inventory(work, PublishRequest(), by="clerk")
    assert publish_inventory(work, PublishRequest(names_meant=True), by="clerk").head.number == 1
