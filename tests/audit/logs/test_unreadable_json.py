"""A field that is there but cannot be read makes its record unreadable: JSON cut off, or a key with two values."""

import pytest

from audit.logs.profiles.doubled_keys import find_doubled_key
from tests.audit.logs.importing_logs import Logs, counts

NESTED = """
fields:
  time: time
  account: [who, {field: data, path: $.user.name}]
  resource: {field: data, path: "$.things[0].id"}
  action: {text: view}
empty: ["-"]
"""
LINES = """
format: jsonl
fields: {time: time, account: user.name, resource: "$.events[0].res", action: {text: view}}
records: {each: events}
"""


def _row(data: str) -> str:
    return '2025-03-01T17:00:00Z,,"' + data.replace('"', '""') + '"\n'


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ('{"user": {"name": "ann"}, "things": [{"id": "x"}]}', None),
        ("-", None),
        ("", None),
        ('{"user": {"name": "ann"}, "thi', "holds in data what is no whole JSON"),
        ('{"user": {"name": "ann", "name": "bo"}}', 'has the key "name" twice, with different values'),
        ('{"user": {"name": "ann"}, "user": {"name": "bo"}}', 'has the key "user" twice, with different values'),
        ('{"things": [{"id": 1, "id": "1"}]}', 'has the key "id" twice, with different values'),
        ('{"user": {"name": "ann", "na\\u006de": "ann"}}', None),
        ('{"other": 1, "other": 2}', None),
        ('{"user": {"name": "ann"}, "user": {"name": "bo"},}', "is no valid JSON"),  # DuckDB takes the last comma
        ('[{"user": {"name": "ann"}}]', "holds in data JSON, but no object"),
        (r'"{\"user\": {\"name\": \"ann\"}}"', "holds in data JSON, but no object"),
        ("null", None),
    ],
)
def test_json_in_a_cell_is_read_whole_or_not_at_all(logs: Logs, data: str, fault: str | None) -> None:
    logs.change_source(NESTED)

    logs.add("time,who,data\n" + _row(data))

    assert [reject.fault for reject in logs.rejects()] == ([fault] if fault else [])
    assert len(logs.events()) == (0 if fault else 1)


def test_a_record_that_was_cut_off_is_read_once_it_comes_whole(logs: Logs) -> None:
    logs.change_source(NESTED.replace("fields:", "fields:\n  event_id: id"))
    whole = '{"user": {"name": "ann"}, "things": [{"id": "x"}]}'
    logs.add("id,time,who,data\n7," + _row(whole[:30]))

    assert counts(logs.add("id,time,who,data\n7," + _row(whole))) == (1, 1, 0, 0, 0)


@pytest.mark.parametrize("events", ['[{"res": "a"}]', '[{"res": "a"}, {"res": "b"}]'])
def test_a_key_with_two_values_makes_a_line_unreadable_however_many_records_it_holds(logs: Logs, events: str) -> None:
    logs.change_source(LINES, log_format="jsonl")
    line = (
        '{"time": "2025-03-01T17:00:00Z", "user": {"name": "ann"}, "user": {"name": "bo"}, "events": ' + events + "}\n"
    )

    receipt = logs.add(line + line.replace("bo", "ann"))

    assert (receipt.unreadable, {event.account for event in logs.events()}) == (1, {"ann"})
    assert logs.rejects()[0].fault == 'has the key "user" twice, with different values'


def test_values_that_only_python_takes_for_equal_are_two() -> None:
    assert find_doubled_key('{"a": 1, "a": true}', ["$.a"], []) == "a"
    assert find_doubled_key('{"a": [{"b c": null, "b c": null}]}', ['$.a[0]."b c"'], []) is None


@pytest.mark.parametrize("parameters", ['"v": 1, "v": 2', '"v": [{"w": 1, "w": 2}]'])
def test_where_a_pattern_looks_for_a_value_no_key_has_two(logs: Logs, parameters: str) -> None:
    logs.change_source(
        LINES.replace('"$.events[0].res"', "{field: events, pattern: '\"v\":(\\d)'}"), log_format="jsonl"
    )

    receipt = logs.add('{"time": "2025-03-01T17:00:00Z", "user": {"name": "ann"}, "events": [{' + parameters + "}]}\n")

    assert (receipt.added, receipt.unreadable) == (0, 1)


def test_a_line_that_cannot_be_taken_apart_is_kept_whole_rather_than_read_as_its_first_record(logs: Logs) -> None:
    logs.change_source(LINES, log_format="jsonl")
    sound = '{"time": "2025-03-01T17:00:00Z", "user": {"name": "ann"}, "events": [{"res": "a"}, {"res": "b"}]}\n'

    receipt = logs.add(sound + sound.replace("}]}", "}],}"))

    assert (receipt.added, [reject.fault for reject in logs.rejects()]) == (2, ["is no valid JSON"])


def test_marks_at_the_beginning_are_passed_over_however_many(logs: Logs) -> None:
    logs.change_source(
        "fields: {time: time, account: a, resource: {text: r}, action: {text: view}}\nformat: jsonl\n",
        log_format="jsonl",
    )

    receipt = logs.add("\ufeff\ufeff\ufeff" + '{"time": "2025-03-01T17:00:00Z", "a": "ann"}\n')

    assert counts(receipt) == (1, 1, 0, 0, 0)
