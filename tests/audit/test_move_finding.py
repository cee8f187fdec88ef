"""How findings move: what each status needs, and that every move is kept with who, when, from and to."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, col, select

from access.models import Assignment, Position
from audit.models import Finding, FindingFigures, FindingMove
from audit.move_finding import Move, move_finding, move_findings
from audit.own_findings import MovedBy
from audit.reopen_exceptions import exceptions_ended, reopen_exceptions
from config.errors import Conflict, Invalid, NotFound, NotPermitted
from config.officials.officials import OfficialRequest, add_official
from tests.builders import APRIL_1, DAY, MAY_1, a_row, a_run
from tests.databases import on_both

KEY, OTHER = "0123456789abcdef", "0123ffffffffffff"
CHICAGO = ZoneInfo("America/Chicago")
CLOSINGS = {
    "explained": Move("explained", "the grant was missing"),
    "dismissed": Move("dismissed", "seen twice", reason="logged_twice"),
    "accepted": Move("accepted", "needed in the flood", owner="Jane Roe", exception_ends=MAY_1),
    "referred": Move("referred", "to the chief", referred_to="IA-7"),
}


@pytest.fixture(autouse=True)
def _findings(session: Session) -> None:
    """Record two open findings of nine accesses."""
    session.add(a_run(None, None, id=1))
    session.flush()
    named: dict[str, Any] = {"who": "E1", "who_is_employee": True, "what": "S1", "what_is_series": True}
    for number, key in enumerate((KEY, OTHER), 1):
        decided: dict[str, Any] = {"reason": "no_work_assignment", "verdict": "unauthorized", "month": "2025-03"}
        session.add(Finding(id=number, key=key, figures_id=number, accesses=9, **named, **decided))
        session.flush()
        told: dict[str, Any] = {
            "actions": "",
            "sources": "",
            "explanation": "",
            "subjects": 0,
            "first": APRIL_1,
            "last": APRIL_1,
        }
        session.add(FindingFigures(id=number, finding_id=number, run_id=1, events=9, **told))
    session.flush()


def move(session: Session, what: Move, key: str = KEY) -> Finding:
    return move_finding(session, key, what, now=APRIL_1, by=MovedBy("Jane Roe"))


def moves(session: Session) -> list[tuple[str, str, str, str]]:
    rows = session.exec(select(FindingMove).order_by(col(FindingMove.id)))
    return [(row.from_status, row.to_status, row.note, row.moved_by) for row in rows]


@on_both
def test_every_move_is_kept_with_who_from_to_and_note(session: Session) -> None:
    move(session, Move("under review", " asked the chief "))
    move(session, CLOSINGS["dismissed"])
    finding = move_finding(session, KEY, Move(note="one more thing"), now=MAY_1, by=MovedBy("Bo Larson"))

    assert (finding.status, finding.closed_events) == ("dismissed", 9)
    assert moves(session) == [
        ("open", "under_review", "asked the chief", "Jane Roe"),
        ("under_review", "dismissed", "seen twice", "Jane Roe"),
        ("dismissed", "dismissed", "one more thing", "Bo Larson"),
    ]


@pytest.mark.parametrize("closing", CLOSINGS.values(), ids=CLOSINGS)
def test_what_is_closed_is_opened_again_with_a_note_before_it_moves_on(session: Session, closing: Move) -> None:
    assert move(session, closing).status == closing.status
    with pytest.raises(Conflict, match="opened again before"):
        move(session, Move("under_review", "again"))
    with pytest.raises(Invalid, match="opened again with a note"):
        move(session, Move("open"))

    assert move(session, Move("open", "a mistake")).status == "open"


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (Move("guilty", "x"), "is no status; the statuses are open, under_review, explained,"),
        (Move(note="  "), "neither another status nor a note"),
        (Move("explained"), "closed with a note"),
        (Move("dismissed", "x"), "dismissed for one of these reasons: log_is_wrong"),
        (Move("dismissed", "x", reason="bored"), '"bored" is no reason to dismiss'),
        (Move("accepted", "x", exception_ends=MAY_1), "needs an owner"),
        (Move("accepted", "x", owner="J", exception_ends=APRIL_1), "ends after today"),
        (Move("accepted", "x", owner="J", exception_ends=APRIL_1 + 367 * DAY), "within a year"),
        (Move("referred", "x"), "a case"),
        (Move("explained", "x", owner="J"), "kept only of a finding that becomes accepted"),
    ],
)
def test_what_cannot_be_recorded_is_refused_and_changes_nothing(session: Session, what: Move, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        move(session, what)

    assert moves(session) == []
    assert session.exec(select(Finding.status)).all() == ["open", "open"]


def test_the_beginning_of_a_key_does_where_it_fits_one_finding(session: Session) -> None:
    assert move(session, Move("under_review"), key="01234").key == KEY
    with pytest.raises(Conflict, match=f"{KEY}, {OTHER}"):
        move(session, Move("under_review"), key="0123")
    with pytest.raises(NotFound, match='no finding with the key "0124"'):
        move(session, Move("under_review"), key="0124")


def at_work(session: Session, *employees: str) -> None:
    """Let employees work in one department."""
    session.add(a_row(Position, position_code="CLERK", title="Clerk", department="Police"))
    for employee_id in employees:
        session.add(a_row(Assignment, employee_id=employee_id, position_code="CLERK"))
    session.flush()


def by(session: Session, employee_id: str, what: Move, now: datetime = APRIL_1) -> Finding:
    return move_finding(session, KEY, what, now=now, by=MovedBy(f"login-of-{employee_id}", employee_id))


def test_nobody_moves_or_notes_a_finding_about_themselves(session: Session) -> None:
    for what in (Move("under_review"), Move(note="I was on shift"), CLOSINGS["dismissed"]):
        with pytest.raises(NotPermitted, match="about yourself"):
            by(session, "E1", what)

    with pytest.raises(NotPermitted, match="about yourself"):
        by(session, " e1", Move("under_review"))
    assert by(session, "E2", Move("under_review")).status == "under_review"


@on_both
def test_a_dismissal_about_ones_own_department_waits_for_another_official(session: Session) -> None:
    at_work(session, "E1", "E2", "E3")

    first = by(session, "E2", CLOSINGS["dismissed"])
    assert (first.status, first.dismissal_proposed_by, first.closed_events) == ("open", "login-of-E2", None)
    assert by(session, "E2", CLOSINGS["dismissed"]).status == "open"
    second = by(session, "E3", CLOSINGS["dismissed"])
    assert (second.status, second.dismissal_proposed_by, second.closed_events) == ("dismissed", "", 9)
    assert [row.proposes for row in session.exec(select(FindingMove).order_by(col(FindingMove.id)))] == [
        "dismissed",
        "dismissed",
        "",
    ]


def test_who_works_elsewhere_dismisses_alone_and_other_closings_need_no_second(session: Session) -> None:
    at_work(session, "E1", "E2")

    assert by(session, "E4", CLOSINGS["dismissed"]).status == "dismissed"
    by(session, "E4", Move("open", "a mistake"))
    assert by(session, "E2", CLOSINGS["explained"]).status == "explained"


def test_a_proposal_ends_with_any_other_move_of_the_finding(session: Session) -> None:
    at_work(session, "E1", "E2", "E3")
    by(session, "E2", CLOSINGS["dismissed"])
    by(session, "E3", Move("under_review", "not so fast"))

    assert by(session, "E3", CLOSINGS["dismissed"]).status == "under_review"


def test_an_assignee_is_an_official_who_deals_with_findings_and_keeps_it_while_it_is_under_review(
    session: Session,
) -> None:
    for login, role, employee in (("ann", "compliance_official", "E2"), ("cy", "hr", ""), ("di", "auditor", "")):
        add_official(session, OfficialRequest(login, login, [role], employee_id=employee), now=APRIL_1, by="t")
    for login in ("cy", "di", "nobody"):
        with pytest.raises(Invalid, match="no login of an official who deals with findings"):
            move(session, Move("under_review", assignee=login))
    with pytest.raises(Invalid, match="kept only of a finding that becomes under_review"):
        move(session, Move("explained", "x", assignee="ann"))

    assert move(session, Move("under_review", assignee="Ann")).assignee == "ann"
    assert move(session, Move(note="one more thing")).assignee == "ann"
    assert move(session, CLOSINGS["explained"]).assignee == ""


def test_several_findings_are_answered_for_one_by_one(session: Session) -> None:
    move(session, CLOSINGS["explained"])

    refused, moved, unknown = move_findings(
        session, [KEY, OTHER, "ff"], Move("under_review"), now=APRIL_1, by=MovedBy("Jane Roe")
    )

    assert (moved.key, moved.status, moved.refusal) == (OTHER, "under_review", None)
    assert (type(refused.refusal), type(unknown.refusal)) == (Conflict, NotFound)


@on_both
def test_an_exception_that_ends_opens_its_finding_again_by_itself(session: Session) -> None:
    move(session, CLOSINGS["accepted"])
    tick = timedelta(microseconds=1)

    assert not exceptions_ended(session, MAY_1 - tick)
    assert exceptions_ended(session, MAY_1)
    assert reopen_exceptions(session, CHICAGO, now=MAY_1) == 1
    assert reopen_exceptions(session, CHICAGO, now=MAY_1) == 0
    assert session.exec(select(Finding.status).where(Finding.key == KEY)).one() == "open"
    assert moves(session)[-1][:2] == ("accepted", "open")
