"""What is noted on a finding: its status and notes, with when and by whom, none overwritten."""

import pytest
from sqlmodel import Session, col, select

from audit.models import Finding, FindingNote
from audit.note_finding import STATUSES, note_finding
from config.errors import Invalid, NotFound
from tests.builders import APRIL_1, MAY_1
from tests.databases import on_both

KEY = "0123456789abcdef"


@pytest.fixture(autouse=True)
def _finding(session: Session) -> None:
    """Record one open finding."""
    session.add(
        Finding(
            id=1,
            key=KEY,
            who="E1",
            who_is_employee=True,
            what="S1",
            what_is_series=True,
            reason="no_work_assignment",
            verdict="unauthorized",
            month="2025-03",
        )
    )
    session.flush()


def notes(session: Session) -> list[tuple[str, str, object, str]]:
    """Give all notes in the order of their recording."""
    rows = session.exec(select(FindingNote).order_by(col(FindingNote.id)))
    return [(row.status, row.note, row.noted_at, row.noted_by) for row in rows]


@on_both
def test_status_and_notes_are_recorded_with_when_and_by_whom(session: Session) -> None:
    note_finding(session, KEY, status="under review", note=" asked the chief ", now=APRIL_1, by="Jane Roe")
    finding = note_finding(session, KEY, status="closed", note="", now=MAY_1, by="Bo Larson")

    assert finding.status == "closed"
    assert notes(session) == [
        ("under review", "asked the chief", APRIL_1, "Jane Roe"),
        ("closed", "", MAY_1, "Bo Larson"),
    ]


def test_a_note_alone_leaves_the_status(session: Session) -> None:
    note_finding(session, KEY, status="closed", note="", now=APRIL_1, by="Jane Roe")

    assert note_finding(session, KEY, status=None, note="one more thing", now=MAY_1, by="x").status == "closed"


@pytest.mark.parametrize("status", STATUSES)
def test_a_finding_may_come_to_any_status_and_back(session: Session, status: str) -> None:
    assert note_finding(session, KEY, status=status, note="", now=APRIL_1, by="x").status == status
    assert note_finding(session, KEY, status="open", note="", now=MAY_1, by="x").status == "open"


@pytest.mark.parametrize(
    ("status", "note", "said"),
    [
        ("guilty", "", '"guilty" is no status; the statuses are open, under review, closed'),
        ("", "a note", '"" is no status'),
        (None, "  ", "neither a status nor a note"),
    ],
)
def test_what_cannot_be_recorded_is_refused_and_changes_nothing(
    session: Session, status: str | None, note: str, said: str
) -> None:
    with pytest.raises(Invalid, match=said):
        note_finding(session, KEY, status=status, note=note, now=APRIL_1, by="x")

    assert notes(session) == []
    assert session.exec(select(Finding.status)).one() == "open"


def test_a_key_of_no_finding_is_refused(session: Session) -> None:
    with pytest.raises(NotFound, match='no finding with the key "0123"'):
        note_finding(session, "0123", status="closed", note="", now=APRIL_1, by="x")
