"""What an official decides on a part of a work access text that names no known holder."""

import pytest
from sqlmodel import Session, select

from access.models import Employee, Position
from access.resolve_part import PartRequest, resolve_part
from config.errors import Conflict, Invalid, NotFound
from config.recorded import current
from inventory.models import DataSeries, PartResolution, WorkAccessPart
from tests.builders import APRIL_1, MARCH_1, MAY_1, a_row

PART = "Équipe on call"  # its first letter is one whose case not every database folds


@pytest.fixture(autouse=True)
def _inventory(session: Session) -> None:
    """Record the series S1 with a part that names nobody and one that does, and three who could be meant."""
    session.add_all(
        [
            a_row(DataSeries),
            a_row(WorkAccessPart, part=PART),
            a_row(WorkAccessPart, part="Police Clerk"),
            a_row(WorkAccessPart, part="gone", superseded_at=MARCH_1, superseded_by="clerk"),
            a_row(Position),
            a_row(Position, position_code="P2", title="Sergeant"),
            a_row(Employee),
        ]
    )
    session.flush()


def a_request(*holders: str, part: str = PART, series: str = "S1") -> PartRequest:
    """Ask that a part mean some holders."""
    return PartRequest(series, part, holders)


def standing(session: Session) -> list[tuple[str, str, str]]:
    """Give who decided what of all that stands."""
    rows = session.exec(select(PartResolution).where(current(PartResolution)).order_by(PartResolution.holder))
    return [(row.holder_type, row.holder, row.recorded_by) for row in rows]


def test_a_part_is_resolved_to_each_holder_that_is_named(session: Session) -> None:
    resolved = resolve_part(session, a_request("sergeant", "e1", "all employees"), now=APRIL_1, by="Jane Roe")

    assert [(row.holder_type, row.holder) for row in resolved] == [
        ("position", "P2"),
        ("employee", "E1"),
        ("everyone", ""),
    ]
    assert {(row.series, row.part, row.recorded_at, row.recorded_by) for row in resolved} == {
        ("S1", PART, APRIL_1, "Jane Roe")
    }


def test_a_holder_named_twice_is_recorded_once(session: Session) -> None:
    assert len(resolve_part(session, a_request("Sergeant", "P2"), now=APRIL_1, by="Jane Roe")) == 1


def test_a_dismissed_part_is_recorded_as_adding_nobody(session: Session) -> None:
    resolve_part(session, a_request(), now=APRIL_1, by="Jane Roe")

    assert standing(session) == [("", "", "Jane Roe")]


def test_case_and_blanks_of_part_and_series_do_not_count(session: Session) -> None:
    resolved = resolve_part(
        session, a_request("P1", part=f" {PART.upper()} ", series="case files"), now=APRIL_1, by="x"
    )

    assert [(row.series, row.part) for row in resolved] == [("S1", PART)]


def test_a_new_decision_supersedes_what_the_earlier_one_said_otherwise(session: Session) -> None:
    resolve_part(session, a_request("P1"), now=APRIL_1, by="Jane Roe")
    resolve_part(session, a_request("P2"), now=MAY_1, by="Bo Larson")

    assert standing(session) == [("position", "P2", "Bo Larson")]
    (first,) = session.exec(select(PartResolution).where(PartResolution.holder == "P1"))
    assert (first.superseded_at, first.superseded_by) == (MAY_1, "Bo Larson")


def test_a_decision_is_superseded_where_the_text_now_writes_the_part_in_another_case(session: Session) -> None:
    resolve_part(session, a_request("P1"), now=APRIL_1, by="Jane Roe")
    part = session.exec(select(WorkAccessPart).where(WorkAccessPart.part == PART)).one()
    part.part = PART.lower()
    resolve_part(session, a_request(), now=MAY_1, by="Bo Larson")

    assert standing(session) == [("", "", "Bo Larson")]


def test_what_both_decisions_say_stands_as_it_was_recorded_first(session: Session) -> None:
    resolve_part(session, a_request("P1"), now=APRIL_1, by="Jane Roe")
    resolved = resolve_part(session, a_request("P1", "P2"), now=MAY_1, by="Bo Larson")

    assert [(row.holder, row.recorded_at) for row in resolved] == [("P1", APRIL_1), ("P2", MAY_1)]
    assert standing(session) == [("position", "P1", "Jane Roe"), ("position", "P2", "Bo Larson")]


@pytest.mark.parametrize("part", ["certain others", "gone", ""])
def test_a_part_that_the_text_does_not_have_is_refused(session: Session, part: str) -> None:
    with pytest.raises(NotFound, match=r'has no part ".*"; its parts are "'):
        resolve_part(session, a_request("P1", part=part), now=APRIL_1, by="x")


def test_a_series_that_is_not_there_is_refused(session: Session) -> None:
    with pytest.raises(NotFound, match='no data series with the code or name "S9"'):
        resolve_part(session, a_request("P1", series="S9"), now=APRIL_1, by="x")


def test_a_part_that_names_its_holder_by_itself_needs_no_resolving(session: Session) -> None:
    with pytest.raises(Conflict, match="names a known holder by itself"):
        resolve_part(session, a_request("P2", part="police clerk"), now=APRIL_1, by="x")


@pytest.mark.parametrize("holder", ["Fire Chief", "", " "])
def test_a_holder_that_nobody_knows_is_refused_and_nothing_recorded(session: Session, holder: str) -> None:
    with pytest.raises(Invalid, match="names no known position, department or employee"):
        resolve_part(session, a_request("P1", holder), now=APRIL_1, by="x")

    assert standing(session) == []
