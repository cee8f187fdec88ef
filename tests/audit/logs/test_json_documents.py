"""JSON documents: which records stand in them, with what text, and what becomes of broken ones."""

import json
import random
from pathlib import Path

import pytest

from audit.logs.formats import log_bytes, log_file
from audit.logs.formats.json_walk import JsonWalk
from audit.logs.formats.log_file import LogFile
from tests.audit.logs.format_logs import refusal
from tests.audit.logs.importing_logs import HEADER, LINE, Logs, counts

PROFILE = """format: json
records: {at: Records}
fields: {time: time, account: who.name, resource: file, action: {text: view}}
"""


def _record(name: str, **more: object) -> dict[str, object]:
    return {"time": "2025-03-01T17:00:00Z", "who": {"name": name}, "file": "x", **more}


@pytest.fixture
def logs_of_json(logs: Logs) -> Logs:
    """Give a source whose documents hold their records under Records."""
    logs.change_source(PROFILE, log_format="json")
    return logs


def test_records_keep_their_own_text_and_layout_does_not_make_others_of_them(logs_of_json: Logs) -> None:
    records = [_record("ann"), _record("bo", said='a "{[\\" and é'), _record("cy", file=None)]
    pretty = json.dumps({"v": 1, "Records": records, "next": [{}]}, indent=2, ensure_ascii=False)
    broken = pretty.replace('"cy"', '"cy",')

    assert counts(logs_of_json.add(broken, "a.json")) == (3, 2, 0, 1, 0)
    assert counts(logs_of_json.add(json.dumps(records, separators=(",", ":"), ensure_ascii=False), "b.json")) == (
        3,
        1,
        2,
        0,
        0,
    )
    assert counts(logs_of_json.add("\n".join(json.dumps(one, ensure_ascii=False) for one in records), "c.json")) == (
        3,
        0,
        3,
        0,
        0,
    )
    (reject,) = logs_of_json.rejects()
    assert (reject.record, reject.fault) == (3, "is no valid JSON")
    assert reject.raw in broken


def test_broken_records_go_out_and_come_in_again_one_after_another(logs_of_json: Logs) -> None:
    text = json.dumps({"Records": [_record("ann"), _record("bo")]}, indent=1)
    text = text.replace('\n    "name": "bo"\n   }', "")

    assert counts(logs_of_json.add(text, "a.json")) == (2, 1, 0, 1, 0)
    (exported,) = logs_of_json.export("out.json").files
    repaired = exported.read_text().replace('"who": {,', '"who": {"name": "bo"},')
    receipt = logs_of_json.add(repaired, "out.json")

    assert (counts(receipt), receipt.repaired) == ((1, 1, 0, 0, 0), 1)


def test_what_is_no_record_and_what_is_cut_off_is_kept_with_its_reason(logs_of_json: Logs) -> None:
    whole = json.dumps({"Records": [_record("ann"), 7, _record("bo")]}, indent=1)

    receipt = logs_of_json.add(whole[:-35], "a.json")

    assert counts(receipt) == (3, 1, 0, 2, 0)
    assert [reject.fault for reject in logs_of_json.rejects()] == [
        "stands where a record should, and is no JSON object",
        "is cut off: its brackets do not close",
    ]
    assert any("brackets are never closed" in notice for notice in receipt.notices)


def test_a_log_that_is_no_json_is_refused_saying_so(logs_of_json: Logs) -> None:
    assert refusal(logs_of_json, HEADER + LINE).startswith("log.csv is no JSON: it begins neither an object nor a list")


def test_a_record_longer_than_any_is_kept_as_its_beginning_and_costs_no_other(logs_of_json: Logs) -> None:
    long = _record("bo", said="x" * (17 << 20))
    content = json.dumps({"Records": [_record("ann"), long, _record("cy")]})

    receipt = logs_of_json.add(content, "a.json")

    assert counts(receipt) == (3, 2, 0, 1, 0)
    assert [event.account for event in logs_of_json.events()] == ["ann", "cy"]
    (reject,) = logs_of_json.rejects()
    assert reject.fault.startswith("is longer than 16 MiB")
    assert len(reject.raw) == 64 << 10


@pytest.mark.parametrize("stretch", [1, 3, 50, 4 << 20])
def test_records_are_found_whatever_the_layout_and_wherever_the_file_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stretch: int
) -> None:
    monkeypatch.setattr(log_file, "PIECE", stretch)
    monkeypatch.setattr(log_bytes, "PIECE", stretch)
    draw = random.Random(stretch)  # noqa: S311 - test cases, nothing secret
    path = tmp_path / "log.json"
    for _ in range(20):
        records = [_drawn(draw, 3) for _ in range(draw.randrange(4))]
        keys = draw.choice([(), ("Records",), ("hits", "hits")])
        document: object = records
        for key in reversed(keys):
            document = {"before": [{"Records": [1]}], "x": '{"', key: document, "after": {"Records": 5}}
        text = json.dumps(document, indent=draw.choice([None, 1, "\t"]), ensure_ascii=draw.random() < 0.5)
        path.write_text(text + draw.choice(["", "\n"]), "utf-8")
        walk = JsonWalk(LogFile(path), keys)

        found = list(walk.records())

        assert [json.loads(one.content) for one in found] == records
        assert all((one.text or one.content) in text for one in found)
        assert (walk.left_open, walk.without_list) == (0, 0)


def _drawn(draw: random.Random, depth: int) -> dict[str, object]:
    plain = (1, 2.5, None, True, '{[}]"\\', '\\"', "é€\U0001f600", "a\nb", " ")
    below = _drawn(draw, depth - 1) if depth else 0
    return {"one": draw.choice(plain), 'a"b': [below, draw.choice(plain)], "Records": below}
