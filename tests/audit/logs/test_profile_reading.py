"""Profiles: what they say is done, and what they cannot say is refused with its place."""

import json
from pathlib import Path
from typing import get_args

import pytest

from audit.logs.formats import FORMATS
from audit.logs.profiles.language import Format, Profile, plain_profile
from audit.logs.profiles.reading import find_profile, read_profile, read_zone, shipped_profiles
from config.errors import Invalid
from tests.audit.logs.importing_logs import Logs, on_sqlite

FIELDS = "fields: {time: time, account: account, resource: resource, action: action}\n"


def _refused(text: str) -> str:
    with pytest.raises(Invalid) as refused:
        read_profile(text, "mine.yaml")
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file: Input should be a valid dictionary"),
        ("fields: [", "is no valid YAML"),
        (FIELDS + "actions: {view: [a], view: [b]}", '"view" stands twice'),
        ("fields: {time: time, action: a}", "does not say where account, resource come from; add them under fields"),
        (FIELDS + "color: red", "color: Extra inputs are not permitted"),
        (FIELDS + "format: xml", "format: Input should be 'csv' or 'jsonl'"),
        (FIELDS + "actions: {look: [a]}", "actions.look"),
        (FIELDS.replace("}", ", who: x}"), "fields.who"),
        (FIELDS.replace("time: time", "time: []"), "fields.time: Value should have at least 1 item"),
        (FIELDS.replace("time: time", "time: {}"), "fields.time: each place says one of field, text and join"),
        (FIELDS.replace("time: time", "time: {field: a, text: b}"), "each place says one of field, text and join"),
        (FIELDS.replace("time: time", "time: {join: [{path: $.a}]}"), "fields.time: each place says one of"),
        (FIELDS.replace("time: time", "time: {field: a, pattern: '('}"), 'fields.time: "(": missing )'),
        (FIELDS.replace("time: time", "time: {field: a, path: '$.['}"), 'fields.time: "$.[": JSON path error'),
        (
            FIELDS + "format: jsonl\nrecords: {only: [{field: '$.a[', among: [x]}]}",
            'fields.records: "$.a[": JSON path error',
        ),
        (
            FIELDS + "records: {only: [{field: a, among: []}]}",
            "records.only.0.among: Tuple should have at least 1 item",
        ),
        (FIELDS + "records: {each: events}", "records.each is for JSON lines alone"),
        (FIELDS + "format: jsonl\ncolumns: [a]", "columns are for CSV alone"),
        (FIELDS + "columns: [time, account, resource]", 'fields.action: "action" is none of the columns'),
        (FIELDS + "times: {formats: [epoch_minutes]}", '"epoch_minutes" is none of iso, epoch'),
        (FIELDS + "times: {formats: ['%Y-%m-%d']}", 'the pattern "%Y-%m-%d" needs a year and a time of day'),
        (FIELDS + "times: {formats: ['%b %d %H:%M:%S']}", "needs a year and a time of day"),
        (FIELDS + "times: {formats: ['%Y %H %Q']}", 'times.formats: "%Y %H %Q": Failed to parse'),
        (FIELDS + "times: {zone: Moorhead}", '"Moorhead" is no time zone'),
        (FIELDS + "times: {abbreviations: {EDT: four}}", "times.abbreviations.EDT: String should match pattern"),
    ],
)
def test_what_a_profile_cannot_say_is_refused_with_its_place(text: str, said: str) -> None:
    refusal = _refused(text)

    assert refusal.startswith("mine.yaml ")
    assert said in refusal


def test_numbers_in_a_profile_are_texts() -> None:
    profile = read_profile(FIELDS + "records: {only: [{field: EventID, among: [4663]}]}\nempty: [0]", "mine.yaml")

    assert (profile.records.only[0].among, profile.empty) == (("4663",), ("0",))


def test_every_format_that_a_profile_can_name_has_a_reader() -> None:
    assert set(FORMATS) == set(get_args(Format))


def test_a_profile_is_found_among_those_that_ship_and_among_files(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("\ufeff" + FIELDS, encoding="utf-8")

    assert find_profile(str(path)) == FIELDS
    assert find_profile("ocsf") == shipped_profiles()["ocsf"]


def test_a_profile_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes(b"about: caf\xe9")

    for named, said in (
        ("none", "shipped are google-"),
        (str(tmp_path), "shipped are"),
        (str(tmp_path / "latin.yaml"), "UTF-8"),
    ):
        with pytest.raises(Invalid, match=said):
            find_profile(named)


def test_a_zone_that_is_none_is_refused() -> None:
    for name in ("", "Mars/Olympus", "../etc/passwd", "\0"):
        with pytest.raises(Invalid, match="is no time zone; write one such as"):
            read_zone(name)


def test_the_plain_profile_is_what_it_says() -> None:
    plain = plain_profile("csv")

    assert plain.is_plain()
    assert not read_profile(FIELDS, "mine.yaml").is_plain()
    assert isinstance(plain, Profile)


def _event(logs: Logs, profile: str, **record: object) -> tuple[str, ...]:
    """Import one JSON record by a profile; give the event's texts."""
    logs.change_source("format: jsonl\n" + profile, log_format="jsonl")
    logs.add(json.dumps({"time": "2025-03-01T17:00:00Z"} | record))
    (event,) = logs.events()
    return tuple(event[2:])


@on_sqlite
def test_of_several_places_the_first_that_is_not_empty_serves(logs: Logs) -> None:
    profile = """
empty: ["-", none]
fields:
  time: time
  account: [a, b, c]
  resource: [{join: [share, path], by: "/"}, share, {text: nothing}]
  action: {join: [{text: did}, [what, {text: something}]]}
"""

    assert _event(logs, profile, a="-", b=" none ", c="jdoe", share="s", path="")[:4] == (
        *("jdoe", "s", "other"),
        "did something",
    )


@on_sqlite
def test_a_place_may_be_a_path_a_json_text_in_it_and_a_part_of_that(logs: Logs) -> None:
    profile = r"""
fields:
  time: time
  account: who.'s name.first
  resource: {field: more, path: "$.files[1].name", pattern: '^(.*)\.txt$'}
  action: {field: more, path: $.what, pattern: '[a-z]+'}
  subject: "$.list[0]"
  purpose: {field: not json, path: $.a}
"""
    more = json.dumps({"files": [{}, {"name": "it's.txt"}], "what": "12 view 3"})

    event = _event(logs, profile, who={"'s name": {"first": "Ann"}}, more=more, list=["x", "y"], **{"not json": "{"})

    assert event == ("Ann", "it's", "view", "view", "x", "", "")


@on_sqlite
def test_raw_actions_mean_the_first_that_fits_in_the_order_they_stand(logs: Logs) -> None:
    logs.change_source(
        "fields: {time: time, account: {text: a}, resource: {text: r}, action: action}\n"
        "actions: {delete: ['*delete*'], view: [Read, 'get ?', 'it''s'], modify: ['*']}\n"
    )
    raw = ("READ", " read ", "get x", "get xy", "view", "read and delete", "it's", "")

    logs.add("time,action\n" + "".join(f"2025-03-01T17:00:00Z,{one}\n" for one in raw))

    assert [(event.raw_action, event.action) for event in logs.events()] == [
        *(("READ", "view"), (" read ", "view"), ("get x", "view"), ("get xy", "modify"), ("view", "modify")),
        *(("read and delete", "delete"), ("it's", "view"), ("", "modify")),
    ]


@on_sqlite
def test_without_actions_the_canonical_ones_are_themselves_and_all_else_is_other(logs: Logs) -> None:
    logs.add(
        "time,account,resource,action\n" + "".join(f"2025-03-01T17:00:00Z,a,r,{one}\n" for one in ("VIEW", "look"))
    )

    assert [event.action for event in logs.events()] == ["view", "other"]


@on_sqlite
def test_spellings_of_a_purpose_are_gathered_and_others_stay(logs: Logs) -> None:
    logs.change_source(
        "fields: {time: time, account: {text: a}, resource: {text: r}, action: {text: view}, purpose: why}\n"
        "purposes: {case work: [cw, 'case[ +]work*'], intake: []}\n"
    )
    given = ("CW", "case+work 7", "Case Work", "audit  ", "", "intake")

    logs.add("time,why\n" + "".join(f"2025-03-01T17:00:00Z,{one}\n" for one in given))

    assert [event.purpose for event in logs.events()] == ["case work"] * 3 + ["audit  ", "", "intake"]
