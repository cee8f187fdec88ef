"""Syslog: its heads, its messages, and the year that RFC 3164 does not write."""

import os
from datetime import UTC, datetime
from pathlib import Path

from tests.audit.logs.importing_logs import Logs, counts
from tests.audit.logs.records_of import read_log

SYSLOG = "format: syslog\nfields: {time: time, account: message, resource: [host, app, pid, msgid], action: severity}\n"
TIMED = "format: syslog\nfields: {time: time, account: {text: a}, resource: host, action: {text: view}}\n"


def test_heads_of_both_standards_and_of_files_are_read(tmp_path: Path) -> None:
    log = read_log(
        tmp_path,
        "<165>1 2025-03-01T17:00:00.5Z web1 permits 812 ID7 - \ufeffann opened\n"
        "<34>Mar  1 17:00:01 web2 su[99]: 'su root' failed\n"
        "2025-03-01T17:00:02+00:00 web3 cron: done\n"
        "2025-03-01T17:00:03-06:00 web4 proxy 4597 - - [RDP] begun\n"
        "Mar  1 17:00:04 web5 no program here\n",
        SYSLOG + "times: {year: '2025'}",
    )

    assert [record.parts for record in log.records] == [
        {
            "time": "2025-03-01T17:00:00.5Z",
            "message": "ann opened",
            "host": "web1",
            "app": "permits",
            "pid": "812",
            "msgid": "ID7",
            "severity": "5",
        },
        {
            "time": "2025-03-01 17:00:01",
            "message": "'su root' failed",
            "host": "web2",
            "app": "su",
            "pid": "99",
            "severity": "2",
        },
        {"time": "2025-03-01T17:00:02+00:00", "message": "done", "host": "web3", "app": "cron"},
        {"time": "2025-03-01T17:00:03-06:00", "message": "[RDP] begun", "host": "web4", "app": "proxy", "pid": "4597"},
        {"time": "2025-03-01 17:00:04", "message": "no program here", "host": "web5"},
    ]


def test_a_line_that_begins_no_message_belongs_to_the_one_above(tmp_path: Path) -> None:
    log = read_log(tmp_path, "lost its head\n<14>1 2025-03-01T17:00:00Z h a - - - one\ntwo\n", SYSLOG)

    assert log.all_of("message") == ["", "one\ntwo"]
    assert log.records[0].fault == "does not begin as a line of syslog does, with a time and a host"
    assert log.notices == ("1 line that begins no record belongs to the one above.",)


def test_messages_behind_counts_of_octets_may_hold_lines(tmp_path: Path) -> None:
    messages = ["<14>1 2025-03-01T17:00:00Z h a - - - é\n<14>no head", "<14>1 2025-03-01T17:00:01Z h a - - - two"]
    counted = "".join(f"{len(one.encode())} {one}" for one in messages)

    log = read_log(tmp_path, counted + "\ntorn\n99 <14>1 2025-03-01T17:00:02Z h a - - - cut off", SYSLOG)

    assert log.all_of("message") == ["é\n<14>no head", "two", "", ""]
    assert [record.text for record in log.records[2:]] == ["\ntorn", "99 <14>1 2025-03-01T17:00:02Z h a - - - cut off"]
    assert all(record.fault for record in log.records[2:])


def test_structured_data_is_parted(tmp_path: Path) -> None:
    data = r'[user@32473 name="Ann \"Al\" Olson" id="7"][origin ip="10.0.0.1"]'
    profile = SYSLOG.replace("account: message", "account: data.user@32473.name, workstation: data.origin.ip")

    log = read_log(tmp_path, f"<14>1 2025-03-01T17:00:00Z h a - - {data} opened\n", profile)

    assert log.records[0].parts["data.user@32473.name"] == 'Ann "Al" Olson'
    assert log.records[0].parts["data.origin.ip"] == "10.0.0.1"


def test_a_message_is_parted_by_pattern_by_pairs_and_as_json(tmp_path: Path) -> None:
    head = "<14>1 2025-03-01T17:00:00Z h a - - - "
    by_pattern = (
        TIMED.replace("{text: a}", "who") + "lines: {patterns: ['(?P<who>\\w+) opened .*'], unmatched: pass over}"
    )
    by_pairs = TIMED.replace("{text: a}", "user") + "lines: {pairs: message}"
    as_json = TIMED.replace("{text: a}", "{field: message, path: $.user.name}")

    patterned = read_log(tmp_path, f"{head}ann opened 7\n{head}idle\n", by_pattern)
    paired = read_log(tmp_path, f"{head}login user=ann ok=yes\n", by_pairs)
    jsonic = read_log(tmp_path, f'{head}{{"user": {{"name": "ann"}}}}\n', as_json)

    assert [(record.parts.get("who"), record.is_passed) for record in patterned.records] == [
        ("ann", False),
        (None, True),
    ]
    assert paired.all_of("user") == ["ann"]
    assert jsonic.all_of("message") == ['{"user": {"name": "ann"}}']


def test_the_year_of_the_first_record_goes_on_as_december_turns_to_january(logs: Logs) -> None:
    logs.change_source(TIMED + "times: {year: '2024'}", log_format="syslog")

    receipt = logs.add(
        "Dec 31 23:59:59 h a: x\nJan  1 00:00:01 h a: x\nDec 31 23:59:58 h a: late\nFeb 29 12:00:00 h a: x\n"
    )

    assert counts(receipt) == (4, 3, 0, 1, 0)
    assert [event.time for event in logs.events()] == [
        "2024-12-31 23:59:59",
        "2025-01-01 00:00:01",
        "2024-12-31 23:59:58",
    ]
    assert "2025-02-29" in logs.rejects()[0].fault
    assert receipt.notices[0] == (
        "Times bear no year: 2024 was taken for the first, as the profile says; from December to January the year "
        "changes."
    )


def test_the_year_is_that_of_the_files_name_or_of_its_last_change(tmp_path: Path) -> None:
    def years(name: str, *lines: str, changed: datetime | None = None) -> list[str]:
        if changed:
            (tmp_path / name).write_text("\n".join(lines))
            os.utime(tmp_path / name, (changed.timestamp(), changed.timestamp()))
        log = read_log(tmp_path, "\n".join(lines), TIMED, name)
        return [time[:4] for time in log.all_of("time")]

    old, new = "Dec 30 10:00:00 h a: x", "Jan  2 10:00:00 h a: x"

    assert years("messages-20250105", old, new) == ["2024", "2025"], "a rotated file bears the day of its end"
    assert years("messages-2025-12-31", old) == ["2025"]
    assert years("syslog.2023", new) == ["2023"]


def test_equal_lines_of_two_years_are_two_accesses(tmp_path: Path) -> None:
    line = "Mar  1 17:00:01 h a: x\n"

    contents = [read_log(tmp_path, line, TIMED + f"times: {{year: '{year}'}}").contents for year in (2024, 2025)]

    assert contents[0] != contents[1]


def test_a_guess_of_the_year_is_said(tmp_path: Path) -> None:
    path = tmp_path / "syslog"
    path.write_text("")
    log = read_log(tmp_path, "Mar  1 17:00:01 h a: x\n", TIMED, "syslog")
    changed = datetime.fromtimestamp(path.stat().st_mtime, UTC).date()

    (notice,) = log.notices

    assert f"as the file was last changed on {changed}; if that is a guess, name the file with its day" in notice


def test_parts_of_one_long_message_are_one_record(tmp_path: Path) -> None:
    profile = TIMED.replace("{text: a}", "message") + (
        "lines: {key: 'db\\[(?P<pid>\\d+)\\]: \\[(?P<number>\\d+)-', start: '-1\\]'}\ntimes: {year: '2025'}"
    )
    lines = ["db[7]: [3-1] SELECT *", "db[8]: [3-1] COMMIT", "db[7]: [3-2]   FROM people", "db[7]: [3-1] SELECT 2"]

    log = read_log(tmp_path, "\n".join(f"Mar  1 17:00:01 h {line}" for line in lines), profile)

    assert log.all_of("message") == ["[3-1] SELECT *\n[3-2]   FROM people", "[3-1] COMMIT", "[3-1] SELECT 2"]


def test_a_file_without_years_that_was_imported_before_adds_nothing_when_its_date_has_changed(logs: Logs) -> None:
    logs.change_source(TIMED, log_format="syslog")
    path = logs.folder / "messages"
    path.write_text("Dec 31 23:59:00 h app: a\nJan  1 00:01:00 h app: b\n", encoding="utf-8")
    os.utime(path, (datetime(2025, 1, 2, tzinfo=UTC).timestamp(),) * 2)
    first = logs.add_file(path)
    os.utime(path, (datetime(2026, 6, 2, tzinfo=UTC).timestamp(),) * 2)

    again = logs.add_file(path.rename(path.with_name("copied")))

    assert (counts(first), counts(again)) == ((2, 2, 0, 0, 0), (2, 0, 2, 0, 0))
    assert any("the same file was imported before, up to 2025-01-01" in one for one in again.notices)
