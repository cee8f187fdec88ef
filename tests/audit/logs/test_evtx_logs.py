"""What becomes of Windows event logs, whole and damaged."""

import gzip

import pytest

from audit.logs.profiles.reading import shipped_profiles
from tests.audit.logs.evtx_files import CHUNK, CHUNK_HEADER, HEADER, Parts, chunk, event, evtx
from tests.audit.logs.format_logs import refusal
from tests.audit.logs.importing_logs import Logs, counts


def read(number: int, name: str = "plan.docx") -> Parts:
    """Give the event of a file that was read."""
    return event(
        number,
        4663,
        f"2025-03-01T17:00:{number:02}.000000Z",
        SubjectUserName="aolson",
        SubjectDomainName="CITY",
        ObjectName=f"D:\\{name}",
        AccessList="%%4416",
        HandleId=hex(0x40 + number),
        ProcessId="0x4",
    )


def some(first: int, last: int) -> bytes:
    return chunk(first, [read(number) for number in range(first, last + 1)])


@pytest.fixture
def windows(logs: Logs) -> Logs:
    logs.change_source(shipped_profiles()["windows-security-evtx"], log_format="evtx")
    return logs


def test_events_of_a_windows_log_are_accesses_packed_or_not(windows: Logs) -> None:
    log = evtx(some(1, 3), bytes(CHUNK), some(4, 5))

    assert counts(windows.add(log, "Security.evtx")) == (5, 5, 0, 0, 0)
    assert counts(windows.add(gzip.compress(log), "Security.evtx.gz")) == (5, 0, 5, 0, 0)
    first = windows.events()[0]
    assert first[1:6] == ("2025-03-01 17:00:01", "CITY\\aolson", "D:\\plan.docx", "view", "4663 %%4416")


def test_of_a_damaged_log_what_can_be_read_is_read_and_what_is_lost_is_listed(windows: Logs) -> None:
    torn = bytearray(some(4, 6))
    torn[CHUNK_HEADER + 60 : CHUNK_HEADER + 90] = b"\xff" * 30  # within the first of its events
    ended = bytearray(some(10, 12))
    ended[CHUNK_HEADER + 1500 :] = bytes(CHUNK - CHUNK_HEADER - 1500)
    log = evtx(some(1, 3), bytes(torn), b"\1" * CHUNK, bytes(ended), some(13, 14)[:40_000])

    receipt = windows.add(log, "Security.evtx")

    assert counts(receipt) == (12, 8, 0, 4, 0)
    assert receipt.notices[0].startswith(
        "The log is damaged in 3 chunks (2, 3, 4): 3 events of it are lost, and all of 1 chunk of which nobody can say"
    )
    assert [one.raw for one in windows.rejects()] == [
        '{"System": {"EventRecordID": 4}, "chunk": 2}',
        '{"chunk": 3, "byte": 135168}',
        '{"System": {"EventRecordID": 11}, "chunk": 4}',
        '{"System": {"EventRecordID": 12}, "chunk": 4}',
    ]
    assert "chunk 3 of the log, at byte 135,168, is damaged" in windows.rejects()[1].fault


def test_the_header_of_a_log_that_is_still_written_to_need_not_be_true(windows: Logs) -> None:
    stale = bytearray(HEADER)
    stale[16:44] = bytes(28)

    assert counts(windows.add(bytes(stale) + some(1, 3) + some(4, 5), "Security.evtx")) == (5, 5, 0, 0, 0)


def test_what_was_lost_goes_out_as_json_and_comes_in_again_repaired(windows: Logs) -> None:
    windows.add(evtx(some(1, 3), b"\1" * CHUNK), "Security.evtx")
    out = windows.folder / "rejects.json"
    windows.export(out.name)
    repaired = '{"System": {"EventID": 4663, "TimeCreated": {"#attributes": {"SystemTime": "2025-03-01T18:00:00Z"}}, '
    repaired += '"Channel": "Security"}, "EventData": {"ObjectName": "D:\\\\a"}, "chunk": 2, "byte": 69632}'
    out.write_text(repaired)

    receipt = windows.add_file(out)

    assert (counts(receipt), receipt.repaired) == ((1, 1, 0, 0, 0), 1)


def test_other_files_are_refused_with_what_they_are(windows: Logs) -> None:
    assert "It looks like XML" in refusal(windows, "<Events><Event/></Events>", "a.evtx")
    assert "an old Windows (EVT)" in refusal(windows, b"LfLe\0\0\0\0" * 10, "b.evtx")
    assert "is empty" in refusal(windows, b"", "c.evtx")


def test_a_log_that_was_cleared_is_said_to_have_been(windows: Logs) -> None:
    receipt = windows.add(evtx(chunk(1, [event(1, 1102, "2025-03-01T17:00:00.000000Z"), read(2)])), "Security.evtx")

    assert counts(receipt) == (2, 1, 0, 0, 1)
    assert any("The security log was cleared" in one and "record 1 says so" in one for one in receipt.notices)
