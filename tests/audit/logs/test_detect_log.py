"""What a file is, is found out from its beginning: what it is, what its fields hold, and what reads it or could."""

from pathlib import Path

import openpyxl
import pytest

from audit.logs.detect_log import Detected, detect_logs
from audit.logs.detecting.told_values import say_texts
from audit.logs.detecting.zone_evidence import Zone, find_zone
from audit.logs.profiles.language import Times
from config.errors import Invalid
from tests.audit.logs.evtx_files import chunk, event, evtx
from tests.audit.logs.importing_logs import Logs
from tests.audit.logs.made_tables import MADE_TABLES

UNKNOWN = (
    '{"seen": {"when": "2025-03-01T17:00:00-06:00"}, "who": "aolson", "doc": {"path": "/case/7"}, "verb": "view"}\n'
    '{"seen": {"when": "2025-03-01T17:05:00-06:00"}, "who": "bberg", "doc": {"path": "/case/8"}, "verb": "do it"}\n'
)


def detect(path: Path, content: bytes | str) -> Detected:
    """Find out what a file of some content is."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (found,) = detect_logs([path])
    assert isinstance(found, Detected), found
    return found


def test_a_workbook_or_table_that_a_shipped_profile_reads_is_known_with_its_fields(tmp_path: Path) -> None:
    table = next(made for made in MADE_TABLES if made.profile == "flock-searches")

    found = detect(tmp_path / "searches.csv", table.text)

    assert (found.kind.format, found.log_format, found.fit and found.fit.name) == ("csv", "xlsx", "flock-searches")
    assert (found.looked_at, found.is_whole, found.reading and found.reading.accesses) == (3, True, 3)
    fields = {field.name: field for field in found.fields}
    assert fields["Name"].read_as == ("account",)
    assert fields["Name"].texts == 'masked (***) in 1 of 3; else always "A. Olson"'
    assert fields["Org Name"].texts == 'constant: "Larkfield PD" in all 3'
    assert fields["Filters"].texts == "blank in all 3"


def test_a_file_that_no_profile_reads_gets_one_that_imports_it(tmp_path: Path, logs: Logs) -> None:
    found = detect(tmp_path / "unknown.jsonl", UNKNOWN)

    assert (found.fit, found.zone) == (None, Zone("the offset -06:00 in all 2", is_missing=False))
    assert found.proposal is not None
    assert found.proposal.missing == ()
    logs.change_source(found.proposal.text, log_format=found.log_format)
    receipt = logs.add(UNKNOWN, "unknown.jsonl")
    assert (receipt.read, receipt.added) == (2, 2)
    assert [(one.time[:19], one.account, one.resource, one.action) for one in logs.events()] == [
        ("2025-03-01 23:00:00", "aolson", "/case/7", "view"),
        ("2025-03-01 23:05:00", "bberg", "/case/8", "other"),
    ]
    assert "#   do it" in found.proposal.text  # what was not guessed is said


def test_what_cannot_be_guessed_is_left_open(tmp_path: Path) -> None:
    found = detect(tmp_path / "odd.csv", "alpha;beta\n03/04/2025 10:00:00;1\n05/06/2025 10:00:00;2\n")

    assert found.proposal is not None
    assert found.reading is None
    assert found.proposal.missing == ("account", "resource", "action")
    assert "# account: needed, and not guessed" in found.proposal.text
    assert "# Every time reads as %d/%m/%Y %H:%M:%S, too" in found.proposal.text


def test_a_log_with_our_own_headings_needs_no_profile(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("log", 0)
    sheet.append(["time", "account", "resource", "action"])
    sheet.append(["2025-03-01T17:00:00Z", "aolson", "case/7", "view"])
    book.save(tmp_path / "own.xlsx")

    found = detect(tmp_path / "own.xlsx", (tmp_path / "own.xlsx").read_bytes())

    assert (found.kind.in_words, found.fit and found.fit.name, found.proposal) == ("a workbook", "", None)


def test_event_logs_and_syslog_are_known(tmp_path: Path) -> None:
    read = event(
        *(1, 4663, "2025-03-01T17:00:00Z"), SubjectUserName="aolson", ObjectName=r"C:\case", AccessList="%%4416"
    )
    syslog = "<86>1 2025-03-01T17:00:00Z files app 7 - - opened by user=aolson\n"

    windows, lines = detect(tmp_path / "a.evtx", evtx(chunk(1, [read]))), detect(tmp_path / "b.log", syslog)

    assert (windows.kind.format, windows.fit and windows.fit.name) == ("evtx", "windows-security-evtx")
    assert (lines.kind.format, lines.fit and lines.fit.name, lines.zone) == (
        *("syslog", "syslog-general"),
        Zone("Z or UTC in all 1", is_missing=False),
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "x.log is a PNG picture; no accesses can be read from it."),
        (b"", "x.log is empty; there is nothing to find out."),
        (b"%PDF-1.7\n", "x.log is a PDF;"),
    ],
)
def test_a_file_that_is_no_log_is_said_to_be_none(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "x.log").write_bytes(content)

    (found,) = detect_logs([tmp_path / "x.log"])

    assert isinstance(found, Invalid)
    assert str(found).startswith(said)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["[REDACTED]", "theft"], 'masked ([REDACTED]) in 1 of 2; else always "theft"'),
        (["Minn. Stat. § 13.82", "13.82, subd. 17"], "a statute's number (Minn. Stat. § …, 13.82, subd. 1…) in all 2"),
        (["withheld", "exempt under law"], "withheld (withheld, exempt under l…) in all 2"),
        (["not exported", ""], "not exported (not exported) in 1 of 2; blank in 1 of 2"),
        (["n/a", "test", "theft", "0"], 'placeholder (n/a, test, 0) in 3 of 4; else always "theft"'),
        (["0", "7", "12"], "3 texts, such as 0"),  # among numbers, 0 is one
        (["0", "0"], 'constant: "0" in all 2, placeholder'),
    ],
)
def test_what_tells_nothing_is_told_apart(texts: list[str], said: str) -> None:
    assert say_texts(texts) == said


def test_the_zone_of_times_is_what_they_say_of_it_or_nothing() -> None:
    times = ["2025-03-01 17:00", "2025-03-01T17:00:00+01:00", "1740848400", "3/1/2025 5:00 PM EST"]

    assert find_zone(times, Times()) == (
        (
            "the offset +01:00 in 1 of 4, a count from 1970, which is UTC, in 1 of 4, the abbreviation EST in 1 of 4; "
            'none in 1 of 4, such as "2025-03-01 17:00"; say it of the source'
        ),
        True,
    )
    assert not find_zone(times, Times(zone="America/Chicago")).is_missing
