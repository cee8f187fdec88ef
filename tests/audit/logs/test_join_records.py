"""Which of the events that Windows writes of one handle are an access, and which are joined to it."""

from collections.abc import Iterable

import pytest

from audit.logs.profiles.reading import shipped_profiles
from tests.audit.logs.importing_logs import Logs, counts

ASKED, USED, CLOSED = 4656, 4663, 4658


def line(number: int, code: int, *, handle: int = 0x50, rights: str = "%%4416", process: int = 4) -> str:
    return (
        f"<Event><System><EventID>{code}</EventID><TimeCreated SystemTime='2025-03-01T17:00:{number:02}Z'/>"
        f"<EventRecordID>{number}</EventRecordID><Channel>Security</Channel><Computer>files</Computer></System><EventData>"
        f"<Data Name='SubjectUserName'>aolson</Data><Data Name='HandleId'>{hex(handle)}</Data>"
        f"<Data Name='ProcessId'>{hex(process)}</Data>"
        + (
            f"<Data Name='ObjectName'>D:\\{handle}</Data><Data Name='AccessList'>{rights}</Data>"
            if code != CLOSED
            else ""
        )
        + "</EventData></Event>"
    )


@pytest.fixture
def windows(logs: Logs) -> Logs:
    logs.change_source(shipped_profiles()["windows-security-xml"], log_format="xml")
    return logs


def events(logs: Logs) -> list[tuple[int, str]]:
    return [(event.record, event.action) for event in logs.events()]


def text(lines: Iterable[str]) -> str:
    return "\n".join(lines)


def test_a_handle_that_is_asked_for_used_and_closed_is_one_access(windows: Logs) -> None:
    receipt = windows.add(text([line(1, ASKED, rights="%%4416 %%4417"), line(2, USED), line(3, CLOSED)]))

    assert counts(receipt) == (3, 1, 0, 0, 2)
    assert events(windows) == [(2, "view")]
    assert any("2 were joined to the access" in one for one in receipt.notices)


@pytest.mark.parametrize("newest_first", [False, True])
def test_rights_of_one_action_count_once_a_handle_and_another_action_by_itself(
    windows: Logs, *, newest_first: bool
) -> None:
    lines = [
        line(1, ASKED),
        line(2, USED),
        line(3, USED, rights="%%4423"),
        line(4, USED, rights="%%4417"),
        line(5, USED, handle=0x51),
        line(6, USED, process=5),
        line(7, CLOSED),
        line(8, ASKED),
        line(9, USED),
    ]

    receipt = windows.add(text(reversed(lines) if newest_first else lines))

    assert counts(receipt) == (9, 5, 0, 0, 4)
    assert sorted(action for _, action in events(windows)) == ["modify", "view", "view", "view", "view"]


def test_uses_whose_beginning_the_log_does_not_have_are_accesses_each(windows: Logs) -> None:
    receipt = windows.add(text([line(1, USED), line(2, USED), line(3, CLOSED), line(4, ASKED), line(5, CLOSED)]))

    assert counts(receipt) == (5, 2, 0, 0, 3)
    assert any("Of the uses that were begun, 1 had no access" in one for one in receipt.notices)
