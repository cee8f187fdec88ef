"""Extended logs of web servers: cells by what #Fields says, which may change, and the day that #Date says."""

from pathlib import Path

from tests.audit.logs.importing_logs import Logs, counts
from tests.audit.logs.records_of import read_log

W3C = (
    "format: w3c\nfields: {time: {join: [date, time]}, account: cs-username, resource: cs-uri-stem, action: cs-method, "
    "workstation: cs(User-Agent)}\nempty: ['-']\n"
)
FIRST = "#Fields: date time cs-username cs-method cs-uri-stem \n"
LATER = "#Fields: time cs-method cs-uri-stem cs-username cs(user-agent)\n"


def test_cells_are_named_by_the_last_fields_above_them(tmp_path: Path) -> None:
    log = read_log(
        tmp_path,
        f"#Software: IIS\r\n{FIRST}2025-03-01 17:00:00 CITY\\ann GET /a\r\n\r\n# a remark\r\n"
        "#Date: 2025-03-02 10:00:00\n"
        f'{LATER}10:00:01 GET /b ben "x y"\n2025-03-02 too few\n',
        W3C,
    )

    assert [record.parts for record in log.records] == [
        {"date": "2025-03-01", "time": "17:00:00", "cs-username": "CITY\\ann", "cs-uri-stem": "/a", "cs-method": "GET"},
        {
            "date": "2025-03-02",
            "time": "10:00:01",
            "cs-username": "ben",
            "cs-uri-stem": "/b",
            "cs-method": "GET",
            "cs(User-Agent)": "x y",
        },
        {"date": "2025-03-02"},
    ]
    assert log.records[2].fault == "has 3 cells, fewer than the 5 that #Fields names"
    assert log.notices == ("Left out: 1 line that begins with # and says nothing of the log.",)


def test_the_day_goes_on_where_the_clock_begins_anew(tmp_path: Path) -> None:
    log = read_log(tmp_path, f"#Date: 2025-02-28\n{LATER}23:59:59 GET /a x y\n00:00:01 GET /a x y\n", W3C)

    assert log.all_of("date") == ["2025-02-28", "2025-03-01"]


def test_a_line_above_all_fields_is_unreadable_unless_the_profile_names_its_cells(tmp_path: Path) -> None:
    line = "2025-03-01 17:00:00 ann GET /a\n"

    bare = read_log(tmp_path, line, W3C)
    named = read_log(tmp_path, line, W3C + "columns: [date, time, cs-username, cs-method, cs-uri-stem]")

    assert bare.records[0].fault == "stands above any line of #Fields that names its cells"
    assert named.all_of("cs-username") == ["ann"]


def test_what_was_rejected_under_other_fields_comes_in_repaired(logs: Logs) -> None:
    logs.change_source(W3C, log_format="w3c")
    good = "2025-03-01 17:00:00 ann GET /a\n"
    logs.add(f"{FIRST}{good}2025-03-01 18:00:00 ben GET\n#Date: 2025-03-02\n{LATER}09:00:00 GET /c cal\n")
    (file,) = logs.export("rejects.log").files
    text = file.read_text()

    receipt = logs.add(text.replace("ben GET", "ben GET /b").replace("/c cal", "/c cal -"), "rejects.log")

    assert counts(receipt) == (2, 2, 0, 0, 0)
    assert [(event.time, event.account) for event in logs.events()] == [
        ("2025-03-01 17:00:00", "ann"),
        ("2025-03-01 18:00:00", "ben"),
        ("2025-03-02 09:00:00", "cal"),
    ]
