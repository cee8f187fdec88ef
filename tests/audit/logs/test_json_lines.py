"""Logs of JSON lines: what is a record, and what its values become."""

import json

import pytest

from tests.audit.logs.format_logs import refusal
from tests.audit.logs.importing_logs import HEADER, LINE, Logs, counts

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
        + _document(account=[], resource="a\0b", subject="\U0001f600\u2028.")
        + _document(account="first", resource=0).replace('"resource": 0', '"account": "first", "resource": 1e400')
    )

    assert [(event.account, event.resource, event.subject, event.purpose) for event in logs.events()] == [
        ("123456789012345678901234567890", "", '{"a":[1,null]}', "true"),
        ("[]", "a\ufffdb", "\U0001f600\u2028.", ""),
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

    assert refusal(logs, content).startswith("log.csv is one JSON document, not JSON lines")


def test_a_csv_for_a_source_of_json_lines_is_refused(logs: Logs) -> None:
    logs.change_source(log_format="jsonl")

    assert refusal(logs, HEADER + LINE).startswith("log.csv is no log of JSON lines")


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


def test_a_document_behind_a_prefix_is_read_with_the_prefix_as_a_part_of_it(logs: Logs) -> None:
    logs.change_source(
        "format: jsonl\nfields:\n  time: {field: '@prefix', pattern: '(\\S+Z)'}\n"
        "  account: who\n  resource: {text: x}\n  action: {text: view}\n",
        log_format="jsonl",
    )
    content = (
        '<30>1 2025-03-01T17:00:00Z host app 7 - [x@1 a="b"] @cee: {"who": "ann"}\n'
        '2025-03-01T17:00:01Z host app[7]: @cee:{"who": "bo"}\n'
        '"torn": 1, "of": {"who": "cy"}}\n'
    )

    receipt = logs.add(content)

    assert counts(receipt) == (3, 2, 0, 1, 0)
    assert [(event.account, event.time) for event in logs.events()] == [
        ("ann", "2025-03-01 17:00:00"),
        ("bo", "2025-03-01 17:00:01"),
    ]
    assert "2 records stand behind a prefix, which was read as @prefix." in receipt.notices


def test_a_comma_behind_the_last_part_is_no_json_whatever_white_space_follows_it(logs: Logs) -> None:
    logs.change_source(log_format="jsonl")
    line = '{"time": "2025-03-01T17:00:00Z", "account": "ann", "resource": "case/7", "action": "view"'

    receipt = logs.add(f'{line}}}\n{line},\t}}\n{line}, "note": "a, }}"}}\n')

    assert (receipt.added, receipt.unreadable) == (2, 1)
