"""Who reaches what at an instant: every way once, the matrix in short, and what cannot be tested."""

from contextlib import closing
from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from access.load_facts import load_facts
from access.resolve_grants import Policy
from access.resolve_part import PartRequest, resolve_part
from config.bulk import open_bulk
from inventory.queries import all_series
from reports.about import About
from reports.access_in_force import count_reached, find_access_in_force, ways_in_force
from reports.access_matrix import AccessRecords, access_matrix
from reports.queries import part_resolutions
from reports.sheets import Cover, Sheet
from tests.importing import CHICAGO
from tests.reports.reading import facts_of, table
from tests.town import MARCH_10, NOW, Town

MARCH_3 = datetime(2025, 3, 3, 12, tzinfo=UTC)
APRIL_10 = datetime(2025, 4, 10, 12, tzinfo=UTC)
MAY_1 = datetime(2025, 5, 1, 12, tzinfo=UTC)
LATER = datetime(2025, 8, 1, tzinfo=UTC)


def laid_out(town: Town, as_of: datetime = MARCH_10, known_at: datetime = NOW) -> list[Cover | Sheet]:
    """Lay out the matrix of a town, its rows read."""
    with closing(open_bulk(town.settings)) as connection:
        facts = load_facts(town.session, at=known_at, graces=town.settings.graces())
        policy = Policy(facts, connection)
        find_access_in_force(policy, as_of)
        records = AccessRecords(
            facts=policy.facts,
            series=all_series(town.session, known_at),
            ways=list(ways_in_force(policy)),
            counted=count_reached(policy),
            resolutions=part_resolutions(town.session, at=known_at),
        )
        about = About(entity="Elm", zone=CHICAGO, produced_at=NOW, known_at=known_at, as_of=as_of)
        return [_read(sheet) for sheet in access_matrix(records, about)]


def _read(sheet: Cover | Sheet) -> Cover | Sheet:
    if isinstance(sheet, Cover):
        return sheet
    return Sheet(title=sheet.title, columns=sheet.columns, rows=list(sheet.rows), empty=sheet.empty)


def ways(town: Town, as_of: datetime = MARCH_10) -> set[tuple[object, ...]]:
    """Give code, holder, person, actions and purposes of every way."""
    rows = table(laid_out(town, as_of), "Access in full")
    return {tuple(row[name] for name in ("Code", "Held as", "Person", "Actions", "Purposes")) for row in rows}


def test_every_way_is_listed_with_its_holder_person_actions_and_purposes(read_only_town: Town) -> None:
    assert ways(read_only_town) == {
        ("S1", "Position: Police Clerk", "Ann Olson (E1)", "any", "any"),
        ("S1", "Position: Police Clerk", "Cy Dale (E3)", "any", "any"),
        ("S1", "Temporary duty", "Bo Larson (E2)", "view", "any"),
        ("S1", "Position: Detective", "(nobody then)", "any", "any"),
        ("S2", "Position: Payroll Clerk", "Bo Larson (E2)", "view; modify", "payroll"),
        ("S3", "Every employee", "Ann Olson (E1)", "any", "any"),
        ("S3", "Every employee", "Bo Larson (E2)", "any", "any"),
        ("S3", "Every employee", "Cy Dale (E3)", "any", "any"),
    }


def test_a_temporary_duty_counts_until_it_ends_or_is_revoked(read_only_town: Town) -> None:
    revoked = ("S4", "Temporary duty", "Ann Olson (E1)", "any", "any")
    ended = ("S1", "Temporary duty", "Bo Larson (E2)", "view", "any")

    assert {revoked, ended} <= ways(read_only_town, MARCH_3)
    assert {revoked, ended} & ways(read_only_town, APRIL_10) == set()


def test_a_specified_duty_of_an_officer_is_listed_for_every_series_it_reaches(read_only_town: Town) -> None:
    duty = {way[0] for way in ways(read_only_town, MAY_1) if way[1] == "Specified duty of an officer"}

    assert duty == {"S1", "S2", "S3", "S4"}


def test_the_matrix_has_a_letter_for_each_action_and_says_where_purposes_are_listed(read_only_town: Town) -> None:
    cells = {str(row["Series"]): row for row in table(laid_out(read_only_town), "Series by position")}

    assert cells["Case files (S1)"]["Police: Police Clerk (P1)"] == "*"
    assert cells["Case files (S1)"]["Police: Detective (P3)"] == "*"
    assert cells["Payroll (S2)"]["Finance: Payroll Clerk (P2)"] == "Vp Mp"
    assert cells["Agendas (S3)"]["Every employee"] == "*"
    assert cells["Bids (S4)"]["Every employee"] == ""
    assert "Parks: Groundskeeper (P4)" not in cells["Bids (S4)"]


def test_access_of_a_department_stands_under_each_of_its_positions(town: Town) -> None:
    town.enter(
        "work-access", "series,holder_type,holder,actions,start_date\nS4,department,Police,view;export,2025-01-01"
    )

    bids = table(laid_out(town), "Series by position")[3]

    assert (bids["Police: Detective (P3)"], bids["Police: Police Clerk (P1)"]) == ("V E", "V E")


def test_work_access_of_someone_who_left_is_marked_not_employed(town: Town) -> None:
    town.enter("work-access", "series,holder_type,holder,actions\nS4,employee,E3,*")

    rows = [row for row in table(laid_out(town, APRIL_10), "Access in full") if row["Person"] == "Cy Dale (E3)"]

    assert [(row["Code"], row["Employed"], row["Department of the person"]) for row in rows] == [
        ("S4", "no", "formerly Police")
    ]


def test_a_duty_recorded_too_late_for_the_instant_is_marked(read_only_town: Town) -> None:
    june_5 = datetime(2025, 6, 5, 12, tzinfo=UTC)

    rows = table(laid_out(read_only_town, june_5), "Access in full")

    assert [(row["Code"], row["In time"]) for row in rows if row["Held as"] == "Temporary duty"] == [("S2", "no")]


def test_the_cover_counts_who_reaches_anything(read_only_town: Town) -> None:
    facts = facts_of(laid_out(read_only_town))

    assert (facts["Employees who reach any"], facts["Ways in which they do"]) == (3, 7)
    assert facts["Parts of texts that name no holder"] == 1


def test_a_part_that_names_no_holder_is_listed_until_an_official_resolves_or_dismisses_it(town: Town) -> None:
    (row,) = table(laid_out(town), "Work access texts")
    assert (row["Part of the text"], str(row["State"]).partition(":")[0]) == (
        "certain employees as needed",
        "names no known holder",
    )

    assert _after_resolving(town.session, town, ("Payroll Clerk",)) == (
        "resolved by an official",
        "Position: Payroll Clerk (Finance)",
    )
    assert _after_resolving(town.session, town, ()) == ("dismissed by an official: it adds nobody", "")


def _after_resolving(session: Session, town: Town, holders: tuple[str, ...]) -> tuple[object, object]:
    request = PartRequest("S2", "certain employees as needed", holders)
    resolve_part(session, request, now=LATER, by="Bo Larson")
    (row,) = table(laid_out(town, known_at=datetime(2025, 8, 2, tzinfo=UTC)), "Work access texts")
    return row["State"], row["Resolved to"]


@pytest.mark.parametrize("positions", [0, 61])
def test_the_matrix_goes_on_where_there_are_many_positions(town: Town, positions: int) -> None:
    added = "\n".join(f"X{number:03d},Clerk {number},Annex" for number in range(positions))
    town.enter("positions", f"position_code,title,department\n{added or 'X,Clerk,Annex'}")
    if positions:
        town.enter("work-access", "series,holder_type,holder,actions\nS4,department,Annex,view")

    sheets = [one for one in laid_out(town) if one.title == "Series by position"]

    assert len(sheets) == (2 if positions else 1)
