"""Who reaches what at an instant: every way once, the matrix in short, and what cannot be tested."""

from contextlib import closing
from datetime import UTC, date, datetime

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
from reports.sheets import CellValue, Cover, Sheet
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
    told = ("Held as", "Person", "Actions", "Purposes")
    return {(code_of(row), *(row[name] for name in told)) for row in rows}


def code_of(row: dict[str, CellValue]) -> str:
    """Give the code in brackets behind a series' name."""
    return str(row["Series"]).rpartition("(")[2].rstrip(")")


def test_every_way_is_listed_with_its_holder_person_actions_and_purposes(read_only_town: Town) -> None:
    assert ways(read_only_town) == {
        ("S1", "Position: Police Clerk", "Ann Olson (E1)", "any", "any"),
        ("S1", "Position: Police Clerk", "Cy Dale (E3)", "any", "any"),
        ("S1", "Temporary duty", "Bo Larson (E2)", "view", "any"),
        ("S1", "Position: Detective", "(nobody then)", "any", "any"),
        ("S2", "Position: Payroll Clerk", "Bo Larson (E2)", "view; modify", "payroll"),
        ("S3", "Every employee", "(all 3 employees)", "any", "any"),
    }


def test_a_temporary_duty_counts_until_it_ends_or_is_revoked(read_only_town: Town) -> None:
    revoked = ("S4", "Temporary duty", "Ann Olson (E1)", "any", "any")
    ended = ("S1", "Temporary duty", "Bo Larson (E2)", "view", "any")

    assert {revoked, ended} <= ways(read_only_town, MARCH_3)
    assert {revoked, ended} & ways(read_only_town, APRIL_10) == set()


def test_a_specified_duty_of_an_officer_is_listed_for_every_series_it_reaches(read_only_town: Town) -> None:
    duty = {way[0] for way in ways(read_only_town, MAY_1) if way[1] == "Specified duty of an officer"}

    assert duty == {"S1", "S2", "S3", "S4"}


def cells(town: Town, department: str) -> dict[str, dict[str, CellValue]]:
    """Give the rows of a department's page by their series, each by the titles of its positions."""
    return {
        code_of(row): {heading.replace("\n", " "): short for heading, short in row.items()}
        for row in table(laid_out(town), department)
    }


def test_the_matrix_has_a_letter_for_each_action_and_says_where_purposes_are_listed(read_only_town: Town) -> None:
    police, finance = cells(read_only_town, "Police"), cells(read_only_town, "Finance")

    assert police["S1"]["Police Clerk (P1)"] == "*"
    assert police["S1"]["Detective (P3)"] == "*"
    assert finance["S2"]["Payroll Clerk (P2)"] == "Vp Mp"
    assert [code_of(row) for row in table(laid_out(read_only_town), "Every employee")] == ["S3"]


def test_a_department_has_a_page_with_its_own_positions_and_only_the_series_they_reach(read_only_town: Town) -> None:
    pages = {one.title for one in laid_out(read_only_town)}

    assert pages == {"About", "Every employee", "Police", "Finance", "Access in full", "Work access texts"}
    assert {series: len(row) for series, row in cells(read_only_town, "Finance").items()} == {"S2": 3}
    assert {series: len(row) for series, row in cells(read_only_town, "Police").items()} == {"S1": 4}


def test_access_of_a_department_stands_under_each_of_its_positions(town: Town) -> None:
    town.enter(
        "work-access", "series,holder_type,holder,actions,start_date\nS4,department,Police,view;export,2025-01-01"
    )

    bids = cells(town, "Police")["S4"]

    assert (bids["Detective (P3)"], bids["Police Clerk (P1)"]) == ("V E", "V E")


def test_work_access_of_someone_who_left_is_marked_not_employed(town: Town) -> None:
    town.enter("work-access", "series,holder_type,holder,actions\nS4,employee,E3,*")

    rows = [row for row in table(laid_out(town, APRIL_10), "Access in full") if row["Person"] == "Cy Dale (E3)"]

    assert [(code_of(row), row["Note"], row["Department of the person"]) for row in rows] == [
        ("S4", "not employed", "formerly Police")
    ]


def test_a_duty_recorded_too_late_for_the_instant_is_marked(read_only_town: Town) -> None:
    june_5 = datetime(2025, 6, 5, 12, tzinfo=UTC)

    rows = table(laid_out(read_only_town, june_5), "Access in full")

    assert [(code_of(row), row["Note"]) for row in rows if row["Held as"] == "Temporary duty"] == [
        ("S2", "recorded too late")
    ]


def test_a_period_is_said_by_the_last_day_on_which_it_holds(read_only_town: Town) -> None:
    (duty,) = (row for row in table(laid_out(read_only_town), "Access in full") if row["Held as"] == "Temporary duty")

    assert (duty["First day"], duty["Last day"]) == (date(2025, 3, 1), date(2025, 3, 31))


def test_the_cover_counts_who_reaches_anything(read_only_town: Town) -> None:
    sheets = laid_out(read_only_town)
    facts = facts_of(sheets)

    assert facts["Employees who reach any"] == 3
    assert facts["Rows of “Access in full”"] == len(table(sheets, "Access in full")) == 6
    assert facts["Of which reach nobody who is employed"] == 1
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


def test_a_department_of_many_positions_goes_on_on_another_page(town: Town) -> None:
    added = "\n".join(f"X{number:03d},Clerk {number},Annex" for number in range(8))
    town.enter("positions", f"position_code,title,department\n{added}")
    town.enter("work-access", "series,holder_type,holder,actions\nS4,department,Annex,view")

    widths = [len(one.columns) for one in laid_out(town) if isinstance(one, Sheet) and one.title == "Annex"]

    assert widths == [2 + 7, 2 + 1]
