"""Logs of lines by pattern: what a record is, and what its parts are."""

from pathlib import Path

import pytest

from audit.logs.profiles.reading import read_profile
from config.errors import Invalid
from tests.audit.logs.importing_logs import Logs, counts
from tests.audit.logs.records_of import read_log

FIELDS = "fields: {time: time, account: who, resource: what, action: verb}\nformat: lines\n"
OPENED = FIELDS + "lines: {patterns: ['(?P<time>\\S+) (?P<who>\\w+) (?P<verb>opened|shut) (?P<what>.*)']}"
LINES = "2025-03-01T17:00:00Z aolson opened case 7\n2025-03-01T17:05:00Z blarson shut case 7\n"


def _lines(options: str) -> str:
    return FIELDS + f"lines: {{{options}}}"


def test_a_lines_parts_are_the_groups_of_the_first_pattern_that_fits_all_of_it(tmp_path: Path) -> None:
    profile = _lines("patterns: ['(?P<who>\\w+) (?P<verb>\\w+)', '(?P<who>\\w+) (?P<verb>\\w+) (?P<what>\\w+)']")

    log = read_log(tmp_path, "ann reads\r\n\r\nben reads case7\ncal reads case7 again\n", profile)

    assert [record.parts for record in log.records] == [
        {"who": "ann", "verb": "reads"},
        {"who": "ben", "verb": "reads", "what": "case7"},
        {},
    ]
    assert [record.fault for record in log.records] == [None, None, "fits none of the profile's patterns"]


def test_a_line_that_no_pattern_fits_is_kept_as_unreadable_or_counted_as_passed_over(logs: Logs) -> None:
    logs.change_source(OPENED, log_format="lines")
    assert counts(logs.add("-- begun --\n" + LINES)) == (3, 2, 0, 1, 0)
    assert [(reject.record, reject.raw) for reject in logs.rejects()] == [(1, "-- begun --")]

    logs.change_source(OPENED.replace("lines: {", "lines: {unmatched: pass over, "), log_format="lines", name="other")

    assert counts(logs.add("-- begun --\n" + LINES)) == (3, 2, 0, 0, 1)


def test_a_rotated_log_brings_nothing_twice_and_equal_lines_of_one_are_two_accesses(logs: Logs) -> None:
    logs.change_source(OPENED, log_format="lines")
    logs.add(LINES + LINES, "log.1")

    receipt = logs.add(LINES + "2025-03-02T08:00:00Z cdale opened case 9\n", "log.2")

    assert counts(receipt) == (3, 1, 2, 0, 0)
    assert len(logs.events()) == 5


def test_a_repaired_record_of_several_lines_comes_in(logs: Logs) -> None:
    logs.change_source(OPENED.replace("lines: {", "lines: {start: '^\\d', "), log_format="lines")
    logs.add("2025-03-01T17:00:00Z aolson opened case 7\nand 8\n2025-03-01T17:09:00Z ?? opened case 7\nand 9\n")
    (file,) = logs.export("rejects.log").files
    repaired = file.read_text().replace("??", "blarson")

    receipt = logs.add(repaired, "rejects.log")

    assert counts(receipt) == (1, 1, 0, 0, 0)
    assert [event.resource for event in logs.events()] == ["case 7\nand 8", "case 7\nand 9"]


def test_lines_that_begin_no_record_belong_to_the_one_above_across_pieces_of_the_file(tmp_path: Path) -> None:
    profile = _lines("start: '^\\d\\d ', patterns: ['(?P<time>\\d+) (?P<what>.*)']")
    long = "\n".join(["  further"] * 600_000)  # longer than a piece

    log = read_log(tmp_path, f"above\n10 one\n{long}\n\n11 two\n  more\n", profile)

    assert [record.text for record in log.records] == ["above", f"10 one\n{long}", "11 two\n  more"]
    assert [record.fault for record in log.records] == ["fits none of the profile's patterns", None, None]
    assert log.notices == ("600,001 lines that begin no record belong to the one above.",)


def test_lines_with_one_key_are_one_record_where_the_first_stands(tmp_path: Path) -> None:
    profile = _lines("key: 'id=(?P<id>\\d+)', patterns: ['(?P<what>.*)']")

    log = read_log(tmp_path, "id=1 a\nalone\nid=2 b\nid=1 c\n", profile)

    assert [record.text for record in log.records] == ["id=1 a\nid=1 c", "alone", "id=2 b"]


def test_a_key_that_begins_anew_is_another_record(tmp_path: Path) -> None:
    profile = _lines("key: 'id=(?P<id>\\d+)', start: ' a', patterns: ['(?P<what>.*)']")

    log = read_log(tmp_path, "id=1 a\nid=1 b\nid=1 a\nid=1 b\n", profile)

    assert [record.text for record in log.records] == ["id=1 a\nid=1 b", "id=1 a\nid=1 b"]


def test_key_value_within_a_part_becomes_parts(tmp_path: Path) -> None:
    profile = _lines("pairs: rest, patterns: ['(?P<time>\\S+) (?P<rest>.*)']")

    log = read_log(tmp_path, 't1 who=ann verb="looked at" what=case 7\nt2 who=ann who=ben\nt3 who="ann\n', profile)

    assert log.records[0].parts == {"time": "t1", "who": "ann", "verb": "looked at", "what": "case 7"}
    assert [record.fault for record in log.records[1:]] == [
        'has the key "who" twice, with different values',
        "opens a quotation mark that is never closed",
    ]


def test_an_expression_that_would_never_end_ends(tmp_path: Path) -> None:
    profile = _lines("patterns: ['(?P<who>(?:a+)+b)']")

    log = read_log(tmp_path, "a" * 1_000_000 + "\n", profile)

    assert [record.fault for record in log.records] == ["fits none of the profile's patterns"]


def test_bytes_that_are_no_text_and_records_that_are_none_cost_themselves_alone(tmp_path: Path) -> None:
    profile = _lines("patterns: ['(?P<who>.*)']")
    content = "é".encode() + b"\nann\xff\nben\0\n" + b"x" * (17 << 20) + b"\ncal\n"

    log = read_log(tmp_path, content, profile)

    assert [(len(record.text), record.fault) for record in log.records] == [
        (1, None),
        (4, "holds bytes that are not UTF-8"),
        (4, "holds a NUL byte, which no text has"),
        (10_001, "is longer than 16 MiB"),
        (3, None),
    ]


def test_the_day_of_the_files_name_serves_records_that_bear_none(tmp_path: Path) -> None:
    profile = _lines("patterns: ['(?P<time>\\S+) (?P<who>.*)']").replace(
        "time: time", "time: {join: [file.date, time]}"
    )
    first = read_log(tmp_path, "10:00 ann\n", profile, "door-2025-03-01.log")
    second = read_log(tmp_path, "10:00 ann\n", profile, "door-20250302.log")
    none = read_log(tmp_path, "10:00 ann\n", profile, "door.log")

    assert first.all_of("file.date") + second.all_of("file.date") == ["2025-03-01", "2025-03-02"]
    assert first.contents != second.contents, "these are two accesses, though their lines are equal"
    assert first.notices == ("Where a record bears no time of its own, it has the day of the file's name: 2025-03-01.",)
    assert none.notices == (
        "Records that bear no time have none, as the file's name holds no day such as 2025-03-01 either.",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            _lines("patterns: ['(?P<who>a(?=b))']"),
            'line 3, lines.patterns: "(?P<who>a(?=b))": invalid perl operator: (?=',
        ),
        (_lines("patterns: ['(?P<who>a)\\1']"), 'lines.patterns: "(?P<who>a)\\1": invalid escape sequence: \\1'),
        (_lines("patterns: ['(a)']"), "a group has no name; write (?P<name>…), or (?:…) where none is needed"),
        (_lines("patterns: [a]"), "it has no named group"),
        (_lines("patterns: ['(?P<a>.)(?P<a>.)']"), "two groups have one name"),
        (_lines("start: '('"), 'line 3, lines.start: "(": missing ): ('),
        (_lines("key: '(.)'"), 'lines.key: "(.)": a group has no name'),
        (FIELDS, "it has no lines.patterns, which say what stands where in a line"),
        (_lines("patterns: ['(?P<time>.)(?P<who>.)(?P<what>.)']"), '"verb" is a group of none of lines.patterns'),
        (_lines("patterns: ['(?P<who>.)'], pairs: rest"), '"rest" is a group of no pattern'),
        (FIELDS.replace("lines", "csv") + "lines: {start: a}", "lines.start is for lines or syslog or key-value logs"),
        (OPENED + "\ntimes: {year: '25'}", "times.year: String should match pattern"),
    ],
)
def test_what_a_profile_of_lines_cannot_say_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_profile(text, "mine.yaml")

    assert said in str(refused.value)
