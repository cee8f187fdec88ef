"""Reading logs: bad input is said plainly or kept as an unreadable record, and costs no more than it must."""

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from audit.logs.formats.log_file import LogFile
from config.errors import Conflict, Invalid
from tests.audit.logs.importing_logs import HEADER, LINE, Logs, Reject, counts

GOOD = (LINE, LINE.replace("jdoe", "mroe"), LINE.replace("jdoe", "kpoe"))
NEVER_CLOSED = "opens a quotation mark that is never closed"


def _refusal(logs: Logs, content: str | bytes, name: str = "log.csv") -> str:
    with pytest.raises(Invalid) as refused:
        logs.add(content, name)
    assert logs.stored() == []
    return str(refused.value)


def _accounts(logs: Logs) -> list[str]:
    return [event.account for event in logs.events()]


# --- Files that are no logs ---


def test_an_empty_file_is_refused(logs: Logs) -> None:
    for content in ("", "\n\r\n \n", "\ufeff", b"\xff\xfe", bytes(99), gzip.compress(b"")):
        assert _refusal(logs, content) == "log.csv is empty; there is nothing to import. Check the export."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 sheets", "is a ZIP archive or an Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an Office file"),
        (b"%PDF-1.7", "is a PDF"),
        (b"ElfFile\x00\x00", "is a binary Windows event log"),
        (b"\xfd7zXZ\x00", "is packed with xz"),
        (HEADER.encode("utf-32"), "is UTF-32; save it as UTF-8"),
        (gzip.compress(b"PK\x03\x04 sheets", mtime=0), "is a ZIP archive or an Excel workbook"),
    ],
)
def test_a_file_that_is_no_text_is_refused_with_what_it_is(logs: Logs, content: bytes, said: str) -> None:
    assert _refusal(logs, content).startswith(f"log.csv {said}")


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-20], lambda b: b[:200] + b"\xff" * 9 + b[209:], lambda b: b + b"junk"]
)
def test_a_damaged_gzip_is_refused(logs: Logs, damage: Callable[[bytes], bytes]) -> None:
    packed = gzip.compress((HEADER + "".join(LINE.replace("9", str(n)) for n in range(5000))).encode())

    said = _refusal(logs, damage(packed))

    assert said.startswith("log.csv is damaged or cut off (")
    assert said.endswith("Nothing was imported; fetch it again.")


def test_a_gzip_of_several_parts_is_read_whole(logs: Logs) -> None:
    content = gzip.compress(HEADER.encode()) + gzip.compress(LINE.encode()) + gzip.compress(GOOD[1].encode()) + bytes(8)

    assert counts(logs.add(content)) == (2, 2, 0, 0, 0)


def test_what_is_no_ordinary_file_is_refused(logs: Logs) -> None:
    os.mkfifo(logs.folder / "pipe")

    for path, said in (
        (logs.folder, "is a folder; name the log files in it"),
        (logs.folder / "no.csv", "cannot be opened: No such file or directory"),
        (logs.folder / "pipe", "is no ordinary file"),
        (Path(os.fsdecode(b"log\xff.csv")), "is no UTF-8 text; rename the file"),
    ):
        with pytest.raises(Invalid, match=said):
            logs.add_file(path)


def test_a_file_that_changed_while_it_was_read_is_refused(logs: Logs) -> None:
    path = logs.folder / "log.csv"
    path.write_text(HEADER + LINE)
    log = LogFile(path)
    log.check_unchanged()
    with path.open("a") as file:
        file.write(LINE)

    with pytest.raises(Conflict, match="changed while it was read"):
        log.check_unchanged()


# --- Encodings and line ends ---


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"])
def test_letters_come_out_right_in_every_usual_encoding(logs: Logs, encoding: str) -> None:
    receipt = logs.add((HEADER + LINE.replace("jdoe", "müller") * 40).encode(encoding))

    assert counts(receipt) == (40, 40, 0, 0, 0)
    assert set(_accounts(logs)) == {"müller"}
    assert len(receipt.notices) == ("utf-8" not in encoding)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_ends_a_record(logs: Logs, end: str) -> None:
    logs.add((HEADER + "".join(GOOD)).replace("\n", end).encode())

    assert _accounts(logs) == ["jdoe", "mroe", "kpoe"]
    assert {event.workstation for event in logs.events()} == {"ws-1"}


def test_mixed_line_ends_are_read(logs: Logs) -> None:
    logs.add((HEADER + GOOD[0].replace("\n", "\r\n") + GOOD[1].replace("\n", "\r") + GOOD[2]).encode())

    assert _accounts(logs) == ["jdoe", "mroe", "kpoe"]


def test_a_record_with_bytes_of_another_encoding_than_the_others_is_kept_as_unreadable(logs: Logs) -> None:
    receipt = logs.add(HEADER.encode() + GOOD[0].replace("Ann", "Zoë").encode() + b"2025,\xe9tienne,r,view,,,\n")

    assert counts(receipt) == (2, 1, 0, 1, 0)
    assert logs.rejects() == [Reject(2, "2025,étienne,r,view,,,", "holds bytes that are not UTF-8")]
    assert "Some bytes are not UTF-8, though others are" in receipt.notices[0]


def test_a_record_with_a_nul_byte_is_kept_as_unreadable(logs: Logs) -> None:
    logs.add((HEADER + GOOD[0] + GOOD[1].replace("mroe", "m\0roe") + GOOD[2]).encode())

    assert _accounts(logs) == ["jdoe", "kpoe"]
    assert logs.rejects()[0].fault == "holds a NUL byte, which no text has"
    assert "m\0roe" in logs.rejects()[0].raw


# --- Cells ---


@pytest.mark.parametrize(("separator", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars")])
def test_other_separators_are_recognised_by_the_header(logs: Logs, separator: str, name: str) -> None:
    receipt = logs.add((HEADER + LINE).replace(",", separator))

    assert _accounts(logs) == ["jdoe"]
    assert receipt.notices == (f"The cells are separated by {name}, not by commas; they were read so.",)


def test_quotation_marks_and_line_ends_stand_in_quoted_cells(logs: Logs) -> None:
    logs.add(HEADER + '2025-03-01T17:00:00Z,a,"b, ""c""\r\nd",view,"","\n",\n' + LINE)

    assert [event.resource for event in logs.events()] == ['b, "c"\r\nd', "records/7"]
    assert logs.events()[0].purpose == "\n"


def test_a_blank_before_a_quoted_cell_is_no_fault(logs: Logs) -> None:
    logs.add('time, account, resource, action\n2025-03-01T17:00:00Z, "doe, j", "r", "view"\n')

    assert [(event.account, event.resource, event.action) for event in logs.events()] == [("doe, j", "r", "view")]


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        ('2025-03-01T17:00:00Z,"a,b,view,,,', NEVER_CLOSED),
        ('2025-03-01T17:00:00Z,a,b,view,,,"', NEVER_CLOSED),
        ('2025-03-01T17:00:00Z,"a"b,c,view,,,', "has a quotation mark in the middle of a cell"),
        ("2025-03-01T17:00:00Z,a,b", "has 3 cells, fewer than the 7 columns"),
        ("2025-03-01T17:00:00Z,a,b,view,,,,x", "has 8 cells, more than the 7 columns"),
        (",,,,,,", "has no time"),
    ],
)
@pytest.mark.parametrize("others", [GOOD, tuple(line.replace("case 9", '"case 9"') for line in GOOD)])
def test_a_broken_record_costs_itself_alone(logs: Logs, broken: str, fault: str, others: tuple[str, ...]) -> None:
    receipt = logs.add(HEADER + others[0] + broken + "\n" + others[1] + others[2])

    assert counts(receipt) == (4, 3, 0, 1, 0)
    assert logs.rejects() == [Reject(2, broken, fault)]
    assert [(event.record, event.account) for event in logs.events()] == [(1, "jdoe"), (3, "mroe"), (4, "kpoe")]


def test_an_open_quotation_mark_that_a_later_one_seems_to_close_costs_its_own_line(logs: Logs) -> None:
    logs.add(HEADER + 'x,"open\n' + GOOD[0] + 'y,close"\n' + GOOD[1])

    assert _accounts(logs) == ["jdoe", "mroe"]
    assert [reject.raw for reject in logs.rejects()] == ['x,"open', 'y,close"']


@pytest.mark.parametrize("between", [0, 1, 3])
def test_two_stray_quotation_marks_swallow_no_records_between_them(logs: Logs, between: int) -> None:
    stray = '2025-03-02T08:00:00Z,a,b,view,,,"\n'

    receipt = logs.add(HEADER + stray + "".join(GOOD[:between]) + stray.replace("08", "09") + LINE)

    assert counts(receipt) == (between + 3, between + 1, 0, 2, 0)
    assert {reject.fault for reject in logs.rejects()} == {NEVER_CLOSED}


def test_a_cell_of_several_lines_is_one_cell(logs: Logs) -> None:
    text = "SELECT a,b,c,d,e,f,g\n2025,,,,,,\n\nend"

    receipt = logs.add(HEADER + LINE.replace("case 9", f'"{text}"') + LINE)

    assert counts(receipt) == (2, 2, 0, 0, 0)
    assert logs.events()[0].purpose == text


def test_empty_cells_beyond_the_columns_do_not_count(logs: Logs) -> None:
    logs.add(HEADER + LINE.replace("\n", ",,\n"))
    # the careful reader, which a broken line calls for, takes them alike
    assert counts(logs.add(HEADER + LINE.replace("\n", ",,\n") + "broken\n")) == (2, 0, 1, 1, 0)


@pytest.mark.parametrize("size", [1_000_000, 3_000_000])
def test_long_cells_are_read(logs: Logs, size: int) -> None:
    in_lines = '"' + ("y" * 99 + "\n") * (size // 100) + '"'

    logs.add(HEADER + LINE.replace("case 9", "x" * size) + GOOD[1].replace("case 9", in_lines))

    assert logs.ask("SELECT length(purpose) FROM events") == [(size,), (size,)]


def test_many_open_quotation_marks_do_not_make_reading_slow(logs: Logs) -> None:
    receipt = logs.add(HEADER + LINE + ('open,",,,,,\n' + LINE.replace("case 9", '""') * 3) * 5_000)

    assert counts(receipt) == (20_001, 15_001, 0, 5_000, 0)


def test_ten_thousand_columns_are_read(logs: Logs) -> None:
    more = ",".join(f"column{n}" for n in range(10_000))

    receipt = logs.add(f"time,account,resource,action,{more}\n2025-03-01T17:00:00Z,a,b,view{',x' * 10_000}\n")

    assert counts(receipt) == (1, 1, 0, 0, 0)


# --- Headings ---


def test_headings_are_found_in_any_order_and_case(logs: Logs) -> None:
    logs.add("Purpose , ACTION,Resource,account,TIME,Subject,WorkStation\ncase,view,r,a,2025-03-01T17:00:00Z,Ann,ws\n")

    event = logs.events()[0]
    assert (event.account, event.purpose, event.subject, event.workstation) == ("a", "case", "Ann", "ws")


def test_missing_columns_are_named_with_what_is_there(logs: Logs) -> None:
    assert _refusal(logs, "when,account,what\n1,2,3\n") == (
        'log.csv has no column "time", "resource", "action". Its first line names when, account, what.'
    )


def test_columns_that_a_profile_needs_are_named_with_what_for(logs: Logs) -> None:
    logs.change_source(
        "fields: {time: [when, at], account: {join: [domain, user]}, resource: {text: r}, action: {text: view}}\n"
        "records: {only: [{field: kind, among: [access]}]}\n"
    )

    said = _refusal(logs, "domain,b\n1,2\n")

    assert said == (
        'log.csv has no column "when or at", which tells the time; and "domain or user", which tells the account; and '
        '"kind", which tells which records are accesses. Its first line names domain, b. Check that this is a log of '
        "the source, or correct the source's profile."
    )


def test_a_column_that_is_there_twice_is_refused_if_it_is_read(logs: Logs) -> None:
    assert _refusal(logs, HEADER.replace("subject", "purpose") + LINE).startswith(
        'log.csv has the column "purpose" more than once'
    )
    assert counts(logs.add(HEADER.strip() + ",more,more,\n" + LINE.strip() + ",1,2,3\n")) == (1, 1, 0, 0, 0)


def test_columns_that_are_not_read_are_noticed(logs: Logs) -> None:
    receipt = logs.add("time,account,resource,action,subjct,shift\n2025-03-01T17:00:00Z,a,b,view,Ann,2\n")

    assert receipt.notices == ("No field is read from the columns subjct, shift.",)


def test_a_column_of_the_profile_that_is_not_there_is_noticed(logs: Logs) -> None:
    logs.change_source("fields: {time: time, account: account, resource: resource, action: action, purpose: reason}\n")

    assert logs.add(HEADER + LINE).notices == ("There is no column reason; the purpose of each access stays empty.",)


def test_a_heading_may_span_lines(logs: Logs) -> None:
    logs.add('time,account,resource,"action\ntaken",action\n2025-03-01T17:00:00Z,a,b,x,view\n')

    assert [event.action for event in logs.events()] == ["view"]


def test_a_log_without_headings_has_those_of_its_profile(logs: Logs) -> None:
    logs.change_source(
        "columns: [time, account, extra]\n"
        "fields: {time: time, account: account, resource: extra, action: {text: view}}\n"
    )
    first = logs.add("2025-03-01T17:00:00Z;a;b\n2025-03-01T17:00:01Z;c;d\n")
    marked = logs.add("\ufeff2025-03-01T17:00:00Z;a;b\n2025-03-01T17:00:02Z;e\n")

    assert (counts(first), counts(marked)) == ((2, 2, 0, 0, 0), (2, 0, 1, 1, 0))
    assert [(event.record, event.account, event.resource) for event in logs.events()] == [(1, "a", "b"), (2, "c", "d")]


# --- JSON lines ---


def _document(**fields: object) -> str:
    return (
        json.dumps({"time": "2025-03-01T17:00:00Z", "account": "a", "resource": "r", "action": "view"} | fields) + "\n"
    )


def test_json_lines_are_events_and_blank_lines_are_none(logs: Logs) -> None:
    logs.change_source(log_format="jsonl")

    receipt = logs.add("\ufeff" + _document(subject="Ann") + "\r\n\n" + _document(account="b").replace("\n", "\r\n"))

    assert counts(receipt) == (2, 2, 0, 0, 0)
    assert [(event.record, event.account, event.subject) for event in logs.events()] == [(1, "a", "Ann"), (2, "b", "")]


def test_lines_that_are_no_json_objects_are_kept_as_unreadable(logs: Logs) -> None:
    logs.change_source(log_format="jsonl")
    lines = [
        _document().strip(),
        '{"time": ',
        "[1, 2]",
        '"text"',
        "null",
        '{"a": 1} {"b": 2}',
        '{"a": "\\ud800"}',
        "{}",
    ]

    receipt = logs.add("\n".join(lines))

    assert counts(receipt) == (8, 1, 0, 7, 0)
    assert [(reject.record, reject.raw, reject.fault) for reject in logs.rejects()] == [
        (2, '{"time":', "is no valid JSON"),
        (3, "[1, 2]", "is JSON, but no object"),
        (4, '"text"', "is JSON, but no object"),
        (5, "null", "is JSON, but no object"),
        (6, '{"a": 1} {"b": 2}', "is no valid JSON"),
        (7, '{"a": "\\ud800"}', "is no valid JSON"),
        (8, "{}", "has no time"),
    ]


def test_odd_values_in_json_are_texts(logs: Logs) -> None:
    logs.change_source(log_format="jsonl")

    logs.add(
        _document(account=123456789012345678901234567890, resource=None, subject={"a": [1, None]}, purpose=True)
        + _document(account=[], resource="a\0b", subject="\U0001f600\u2028")
        + _document(account="first", resource=0).replace('"resource": 0', '"account": "second", "resource": 1e400')
    )

    assert [(event.account, event.resource, event.subject, event.purpose) for event in logs.events()] == [
        ("123456789012345678901234567890", "", '{"a":[1,null]}', "true"),
        ("[]", "a\ufffdb", "\U0001f600\u2028", ""),
        ("first", "1e400", "", ""),
    ]


def test_json_nested_deeply_does_no_harm(logs: Logs) -> None:
    logs.change_source(log_format="jsonl")
    deep = "[" * 100_000 + "]" * 100_000

    receipt = logs.add(
        _document() + f'{{"time": "2025-03-01T17:00:00Z", "account": {deep}}}\n' + '{"a":' * 100_000 + "\n"
    )

    assert (receipt.read, receipt.unreadable) == (3, 1)


@pytest.mark.parametrize(
    "content", ["[\n" + _document() + "]", "[" + _document() + "]", json.dumps({"a": 1}, indent=1)]
)
def test_one_json_document_over_lines_is_refused(logs: Logs, content: str) -> None:
    logs.change_source(log_format="jsonl")

    assert _refusal(logs, content).startswith("log.csv is one JSON document, not JSON lines")


def test_a_csv_for_a_source_of_json_lines_is_refused(logs: Logs) -> None:
    logs.change_source(log_format="jsonl")

    assert _refusal(logs, HEADER + LINE).startswith("log.csv is no log of JSON lines")


def test_each_element_of_a_list_can_be_a_record(logs: Logs) -> None:
    logs.change_source(
        "format: jsonl\nrecords: {each: found.events}\n"
        "fields: {time: time, account: account, resource: '$.found.events[0].what', action: {text: view}}\n",
        log_format="jsonl",
    )
    content = _document(found={"events": [{"what": "x"}, {"what": "y"}]}) + _document(found={"events": [{"what": "z"}]})
    content += _document(found={"events": []}) + _document(found=5)

    receipt = logs.add(content + "{broken\n")

    assert counts(receipt) == (6, 5, 0, 1, 0)
    assert [(event.record, event.resource) for event in logs.events()] == [
        (1, "x"),
        (2, "y"),
        (3, "z"),
        (4, ""),
        (5, ""),
    ]
    assert counts(logs.add(content)) == (5, 0, 5, 0, 0)
