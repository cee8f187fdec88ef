"""Importing logs: each record accounted for, what is known already adds nothing, and a failure leaves nothing."""

import gzip
import hashlib

import pytest
from sqlmodel import Session, select

from audit.logs.file_kinds import FileKind
from audit.logs.models import LogImport
from config.errors import Conflict, Invalid
from config.remedies import Advice, Remedy
from config.settings import Settings
from inventory.models import ResourcePattern
from tests.audit.logs.importing_logs import HEADER, LINE, NOON, Event, Logs, Reject, counts
from tests.databases import on_both

OTHER = LINE.replace("aolson", "blarson")
UNREADABLE = LINE.replace("2025-03-01T17:00:00Z", "yesterday")
ONE_ACCESS = Event(1, "2025-03-01 17:00:00", "aolson", "case/7", "view", "view", "Ann Smith", "case 9", "ws-1")


def test_a_plain_csv_becomes_events_with_its_fields_as_they_stand(logs: Logs) -> None:
    receipt = logs.add(HEADER + LINE)

    assert counts(receipt) == (1, 1, 0, 0, 0)
    assert logs.events() == [ONE_ACCESS]


@on_both
def test_the_receipt_is_recorded_and_says_itself_in_one_line(logs: Logs, session: Session) -> None:
    receipt = logs.add(HEADER + LINE + UNREADABLE)
    row = session.exec(select(LogImport)).one()

    assert str(receipt) == "log.csv: 2 records read: 1 added, 0 already known, 1 unreadable. Import 1."
    assert (row.id, row.source, row.system, row.read, row.added, row.unreadable) == (1, "permits", "permits", 2, 1, 1)
    assert row.first_time == row.last_time
    assert row.file_sha256 == hashlib.sha256((HEADER + LINE + UNREADABLE).encode()).hexdigest()


def test_a_receipt_can_be_read_after_its_session_was_closed(logs: Logs, session: Session) -> None:
    receipt = logs.add(HEADER + LINE)
    session.commit()
    session.close()

    assert str(receipt).startswith("log.csv: 1 record read")


def test_records_are_numbered_with_the_unreadable_and_without_header_and_blank_lines(logs: Logs) -> None:
    logs.add(f"\n{HEADER}\n{UNREADABLE}\n\n{LINE}{OTHER}\n")

    assert [(event.record, event.account) for event in logs.events()] == [(2, "aolson"), (3, "blarson")]
    assert [reject.record for reject in logs.rejects()] == [1]


def test_records_that_the_profile_passes_over_are_counted_and_numbered(logs: Logs) -> None:
    logs.change_source(
        "fields: {time: time, account: account, resource: resource, action: action}\n"
        "records: {only: [{field: action, among: [view, 'pri*']}], without: [{field: account, among: [robot]}]}\n"
    )
    lines = [
        f"2025-03-01T17:00:00Z,{who},r,{what}\n" for who, what in (("a", "login"), ("Robot", "view"), ("a", "PRINT"))
    ]

    receipt = logs.add("time,account,resource,action\n" + "".join(lines))

    assert str(receipt).endswith("1 added, 0 already known, 0 unreadable, 2 passed over by the profile. Import 1.")
    assert [event.record for event in logs.events()] == [3]


def test_a_record_that_is_passed_over_need_not_have_a_time(logs: Logs) -> None:
    logs.change_source(
        "fields: {time: time, account: account, resource: resource, action: action}\n"
        "records: {without: [{field: action, among: [start]}]}\n"
    )

    assert counts(logs.add("time,account,resource,action\n,,,start\n,,,view\n")) == (2, 0, 0, 1, 1)


def test_an_unreadable_record_is_kept_with_its_own_text_and_the_reason(logs: Logs) -> None:
    logs.add(HEADER + LINE + '"yesterday",a,"b,""c""",view,,,\n' + "2025-03-01T17:00:00Z,a\n")

    assert logs.rejects() == [
        Reject(
            2,
            '"yesterday",a,"b,""c""",view,,,',
            'has the time "yesterday", which is none (expected: 2025-03-01T17:00:00-06:00, of the years 1900 to 9998)',
        ),
        Reject(3, "2025-03-01T17:00:00Z,a", "has 2 cells, fewer than the 7 columns"),
    ]


def test_why_records_cannot_be_read_is_said_of_the_first_of_them(logs: Logs) -> None:
    bad = "".join(f"day {day},a,r,view,,,\n" for day in range(7))

    receipt = logs.add(HEADER + LINE + bad)
    first, again = receipt.notices, logs.add(HEADER + LINE + bad).notices

    assert first[0] == (
        'log.csv, record 2: has the time "day 0", which is none (expected: 2025-03-01T17:00:00-06:00, '
        "of the years 1900 to 9998)."
    )
    assert first[5:] == ("And 2 more records cannot be read.",)
    assert receipt.remedy == Remedy(Advice.EXPORT_REJECTS, "permits")
    assert again == ("7 of the unreadable records were kept by an earlier import.",)


def test_a_line_that_no_record_can_have_is_refused_before_it_fills_the_memory(logs: Logs) -> None:
    with pytest.raises(Invalid, match=r"log\.csv has a line of more than 64 MiB: line 2\. That is no record of a log"):
        logs.add(gzip.compress(HEADER.encode() + bytes(65 << 20)))


def test_a_damaged_file_of_the_store_is_said_plainly(logs: Logs) -> None:
    logs.add(HEADER + LINE)
    (stored,) = (logs.settings.data_dir / FileKind.EVENTS).iterdir()
    stored.write_bytes(b"damaged" * 99)

    with pytest.raises(Conflict, match=r"events/.* has 693 bytes, but its receipt says .* Bring the file back from"):
        logs.add(HEADER + LINE)


def test_empty_accounts_resources_and_actions_are_events(logs: Logs) -> None:
    logs.add("time,account,resource,action\n2025-03-01T17:00:00Z,,,\n")

    assert logs.events() == [Event(1, "2025-03-01 17:00:00", "", "", "other", "", "", "", "")]


def test_a_pattern_that_reads_the_brackets_of_a_resource_as_a_set_is_named_at_once(logs: Logs) -> None:
    pattern = ResourcePattern(
        system="Permits", pattern="case[2024]/*", series="X", recorded_at=NOON, recorded_by="test"
    )
    logs.session.add(pattern)
    line = LINE.replace("case/7", "CASE[2024]/7")

    receipts = [logs.add(HEADER + line, "a.csv"), logs.add(HEADER + line.replace("17:", "18:"), "b.csv")]

    (notice,) = receipts[0].notices
    assert notice == (
        'The pattern "case[2024]/*" does not match "CASE[2024]/", which the logs name: its brackets are a set of '
        "characters. If the brackets are meant, import case[[]2024]/*."
    )
    assert receipts[1].notices == ()


def test_a_file_of_a_header_alone_is_read_and_holds_nothing(logs: Logs) -> None:
    receipts = [logs.add(HEADER), logs.add(HEADER.strip()), logs.add(HEADER + "\n\n")]

    assert [counts(receipt) for receipt in receipts] == [(0, 0, 0, 0, 0)] * 3
    assert logs.stored() == []


def test_a_file_that_adds_nothing_leaves_no_file_in_the_store(logs: Logs) -> None:
    logs.add(HEADER + LINE)
    before = logs.stored()
    logs.add(HEADER + LINE)

    assert logs.stored() == before


def test_gzip_is_known_by_its_content(logs: Logs) -> None:
    logs.add(gzip.compress((HEADER + LINE).encode()), "log.csv")

    assert counts(logs.add(HEADER + LINE, "log.csv.gz")) == (1, 0, 1, 0, 0)


def test_times_that_the_clock_shows_twice_or_never_are_counted(logs: Logs) -> None:
    logs.change_source(zone="America/Chicago")
    times = ("2025-11-02 01:30:00", "2025-03-09 02:30:00", "2025-03-09 03:30:00", "2025-11-02T01:30:00-06:00")

    receipt = logs.add("time,account,resource,action\n" + "".join(f"{time},a,b,view\n" for time in times))

    assert [event.time for event in logs.events()] == [
        "2025-11-02 06:30:00",
        "2025-03-09 08:30:00",
        "2025-03-09 08:30:00",
        "2025-11-02 07:30:00",
    ]
    assert receipt.notices == (
        "1 time occurs twice on the local clock; the earlier instant was taken.",
        "1 time does not exist on the local clock; it was moved forward by the gap.",
    )


@pytest.mark.parametrize("name", ["log[1].csv", "a*.csv", "50%?.csv", "it's.csv", "~log.csv", "ä b;c.csv"])
def test_a_file_is_the_one_that_was_named_whatever_its_name(logs: Logs, name: str) -> None:
    logs.folder.joinpath("log1.csv").write_text(HEADER + OTHER)
    logs.folder.joinpath("ab.csv").write_text(HEADER + OTHER)

    logs.add(HEADER + LINE, name)

    assert [event.account for event in logs.events()] == ["aolson"]


@pytest.mark.parametrize("name", ["city=Moorhead", "account=x", "data[1]", "it's here"])
def test_folders_may_have_any_name(logs: Logs, name: str) -> None:
    logs.folder /= name
    (logs.folder / "data").mkdir(parents=True)
    logs.settings = Settings(data_dir=logs.folder / "data", database_url=logs.settings.database_url)

    logs.add(HEADER + LINE)
    logs.add(HEADER + LINE + UNREADABLE)

    assert logs.events() == [ONE_ACCESS]
    assert len(logs.rejects()) == 1
    assert "city" not in {name for name, *_ in logs.ask("DESCRIBE events")}


def test_what_fails_leaves_no_file(logs: Logs) -> None:
    with pytest.raises(Invalid):
        logs.add("time,account\n")
    with pytest.raises(Invalid):
        logs.add(b"\x1f\x8b\x08 no gzip")

    assert logs.stored() == []
