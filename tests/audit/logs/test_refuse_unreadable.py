"""A log of which no record can be read is refused, saying what it looks like instead."""

import pytest

from tests.audit.logs.format_logs import refusal
from tests.audit.logs.importing_logs import HEADER, LINE, Logs, counts

_ACCESS = '10.0.0.1 - ann [01/Mar/2025:10:00:00 -0600] "GET /case/7 HTTP/1.1" 200 12\n'
_INSTEAD = {
    "JSON lines": '{"time": "2025-03-01T17:00:00Z", "account": "ann"}\n',
    "one JSON document": '[\n  {"time": "2025-03-01T17:00:00Z"},\n  {"time": "x"}\n]\n',
    "syslog": "<34>Mar  1 10:00:00 host app[3]: ann viewed case 7\n",
    "lines of key=value": 'time=2025-03-01T17:00:00Z user=ann what="case 7" act=view\n',
    "an access log of Apache or nginx": _ACCESS,
    "XML": "<events>\n<event a='1'/>\n</events>\n",
    "an extended log of a web server (W3C)": "#Software: x\n#Fields: date time\n",
}


@pytest.mark.parametrize("looks", _INSTEAD)
def test_a_file_that_is_no_csv_is_refused_for_what_it_is(logs: Logs, looks: str) -> None:
    said = refusal(logs, _INSTEAD[looks] * 2)

    assert said.startswith(f"log.csv looks like {looks}, ")
    assert "has none of the columns" in said


def test_a_csv_is_no_log_of_json_lines(logs: Logs) -> None:
    logs.change_source(log_format="jsonl")

    assert refusal(logs, HEADER + LINE * 2).endswith("begins an object. It looks like cells separated by commas.")


def test_other_records_below_the_right_headings_are_refused(logs: Logs) -> None:
    said = refusal(logs, HEADER + _ACCESS * 3)

    assert "No record of log.csv can be read: the first of its 3 has 1 cells, fewer than the 7 columns." in said
    assert "It looks like an access log of Apache or nginx, which the profile web-access reads. Nothing was" in said


def test_a_log_of_which_every_json_is_cut_off_is_refused(logs: Logs) -> None:
    logs.change_source(log_format="jsonl")

    said = refusal(logs, '{"time": "2025\n{"time": "20\n')

    assert "the first of its 2 is no valid JSON. Nothing was imported" in said


def test_the_one_record_of_a_log_is_kept_as_unreadable(logs: Logs) -> None:
    assert counts(logs.add(HEADER + "broken\n")) == (1, 0, 0, 1, 0)


def test_what_an_earlier_import_kept_is_known_when_it_comes_back_alone(logs: Logs) -> None:
    logs.add(HEADER + LINE + "broken\nbroken too\n")

    assert counts(logs.add(HEADER + "broken\nbroken too\n", "again.csv")) == (2, 0, 0, 2, 0)


def test_a_log_without_records_and_one_that_is_passed_over_say_so(logs: Logs) -> None:
    assert logs.add(HEADER).notices == ("The file holds no records; nothing of it was imported.",)
    fields = "fields: {time: time, account: account, resource: resource, action: action}\n"
    logs.change_source(fields + "records: {only: [{field: action, among: [read]}]}")
    assert any(one.startswith("The profile passes over every record") for one in logs.add(HEADER + LINE).notices)
