"""CEF, LEEF and lines of key=value: their heads, their pairs, and what is no pair."""

from pathlib import Path

import pytest

from audit.logs.formats.key_values import read_pairs
from tests.audit.logs.records_of import read_log

CEF = (
    "format: cef\nfields: {time: [rt, syslog.time], account: suser, resource: [fname, label.Case number], "
    "action: [head.event, head.name], workstation: msg}\n"
)
LEEF = "format: leef\nfields: {time: [devTime, syslog.time], account: usrName, resource: Safe, action: head.event}\n"


def test_events_in_cef_are_read_with_their_head_and_labels(tmp_path: Path) -> None:
    log = read_log(
        tmp_path,
        "<13>Mar  1 17:00:00 h CEF:0|City|Vault|1.0|open|File \\| opened|3|"
        "suser=CITY\\nolson fname=C:\\\\cases\\\\a b.pdf cs1=24-17 cs1Label=Case number msg=a\\=b, 1+1=2 rt=\n"
        "CEF: 1|City|Vault|1.0|shut||3|suser=ann\n  and more\n0|City|Vault|1.0|no head||3|rt=5\nno event\n",
        CEF + "times: {year: '2025'}",
    )

    assert [record.parts for record in log.records] == [
        {
            "syslog.time": "2025-03-01 17:00:00",
            "suser": "CITY\\nolson",
            "fname": "C:\\cases\\a b.pdf",
            "label.Case number": "24-17",
            "head.event": "open",
            "head.name": "File | opened",
            "msg": "a=b, 1+1=2",
        },
        {"suser": "ann\n  and more", "head.event": "shut"},
        {"rt": "5\nno event", "head.event": "no head"},
    ]


def test_a_line_above_the_first_event_is_none(tmp_path: Path) -> None:
    log = read_log(
        tmp_path, "exported today\nCEF:0|a|b|c|d|e|f|suser=x suser=x\nCEF:0|a|b|c|d|e|f|suser=x suser=y\n", CEF
    )

    assert [record.fault for record in log.records] == [
        "is no event in CEF",
        None,
        'has the key "suser" twice, with different values',
    ]


@pytest.mark.parametrize(
    ("head", "between"),
    [
        ("LEEF:1.0|C|V|1|7|", "\t"),
        ("LEEF:2.0|C|V|1|7|^|", "^"),
        ("LEEF:2.0|C|V|1|7|x5e|", "^"),
        ("LEEF:2.0|C|V|1|7|", "\t"),
    ],
)
def test_events_in_leef_part_their_pairs_by_what_their_head_says(tmp_path: Path, head: str, between: str) -> None:
    log = read_log(tmp_path, head + between.join(["usrName=Ann Olson", " Safe=a=b|c", "reason="]) + "\n", LEEF)

    assert log.records[0].parts == {"usrName": "Ann Olson", "Safe": "a=b|c", "head.event": "7"}


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ('a=1 b="x y" c=', [("a", "1"), ("b", "x y"), ("c", "")]),
        ("user=John Smith verb=open", [("user", "John Smith"), ("verb", "open")]),
        ('a="said \\"no\\" to C:\\new" b=2', [("a", 'said "no" to C:\\new'), ("b", "2")]),
        ("a='x=1 y=2' b=3", [("a", "x=1 y=2"), ("b", "3")]),
        ('a="1", b="2";c="3"', [("a", "1"), ("b", "2"), ("c", "3")]),
        ('a="1"2 b=3', [("a", '"1"2'), ("b", "3")]),
        ("url=/x?a=1&b=2 b=3", [("url", "/x?a=1&b=2"), ("b", "3")]),
    ],
)
def test_pairs_are_read_as_they_are_meant(text: str, pairs: list[tuple[str, str]]) -> None:
    assert read_pairs(f"head: {text}") == ("head:", pairs)


def test_pairs_may_be_parted_by_a_letter() -> None:
    assert read_pairs('a=1;b="x;y" ; c=;;d', ";") == ("", [("a", "1"), ("b", "x;y"), ("c", "")])


def test_a_line_without_pairs_is_none_of_key_value(tmp_path: Path) -> None:
    profile = "format: key-value\nfields: {time: time, account: user, resource: head, action: action}\n"

    log = read_log(
        tmp_path, 'vault: time=5 user=ann action="open\nvault: up\nvault: time=6 user=ben action=shut\n', profile
    )

    assert [record.fault for record in log.records] == [
        "opens a quotation mark that is never closed",
        "holds no key=value",
        None,
    ]
    assert log.records[2].parts == {"time": "6", "user": "ben", "head": "vault:", "action": "shut"}


def test_a_key_may_be_called_record_as_the_whole_record_has_a_name_that_no_key_has(tmp_path: Path) -> None:
    profile = "fields: {time: time, account: user, resource: record, action: '@record'}\n"

    log = read_log(tmp_path, "time=2025-03-01T17:00:00Z user=ann record=7\n", "format: key-value\n" + profile)

    assert log.all_of("record") == ["7"]
    assert log.all_of("@record") == [log.records[0].text]
