"""Profiles: what they say is done, and what they cannot say is refused with its place."""

import json
from pathlib import Path
from typing import get_args

import pytest

from audit.logs.formats import FORMATS
from audit.logs.profiles.language import Format, Profile, plain_profile
from audit.logs.profiles.reading import find_profile, read_profile, shipped_profiles
from audit.logs.profiles.zones import read_zone
from config.errors import Invalid
from tests.audit.logs.importing_logs import Logs

FIELDS = "fields: {time: time, account: account, resource: resource, action: action}\n"


def _refused(text: str) -> str:
    with pytest.raises(Invalid) as refused:
        read_profile(text, "mine.yaml")
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "says nothing; a profile says at least where time, account"),
        ("# to do\n", "says nothing"),
        ("- a list", "mine.yaml cannot be used as a profile: the file: Input should be a valid dictionary"),
        ("fields: [", "is no valid YAML, line 1: expected the node content"),
        ("about: x\nfields: {a: b\n\nc: d", "is no valid YAML, line 4: expected ',' or '}'"),
        ("about: a\0b", "line 1: the character U+0000 cannot stand in YAML"),
        (FIELDS + 'about: "\\ud800"', "line 2: a text has a letter that no log can have"),
        (FIELDS + 'about: "\\0"', "line 2: a text has a letter that no log can have"),
        (FIELDS + 'about: "\\UFFFFFFFF"', "line 2: an escape stands for no letter"),
        (FIELDS + "about: &a x\nempty: [*a]", "line 3: an alias (*) is not read here"),
        (FIELDS + "empty: !!binary aGk=", "line 2: the tag tag:yaml.org,2002:binary is not read here"),
        (FIELDS + "empty: !!timestamp x", "line 2: the tag tag:yaml.org,2002:timestamp is not read here"),
        (FIELDS + "? [a]\n: b", "line 2: a key is no text"),
        (FIELDS + "purposes: {~: [b]}", "line 2: a key is no text"),
        (FIELDS + "about: " + "[" * 100_000, "line 2: it is nested more than 20 deep"),
        (FIELDS + "empty: [" + "a," * 20_000 + "]", "line 2: it has more than 10,000 parts"),
        (FIELDS + "".join(f"x{number}: y\n" for number in range(6_000)), "it has more than 10,000 parts"),
        (FIELDS + "empty: [" + "9" * 10_001 + "]", "line 2: a text has more than 10,000 letters"),
        (FIELDS + "#" * 200_000, "has more than 200,000 letters"),
        (FIELDS + "about:\n  - 2025-13-45\n", "line 2, about: Input should be a valid string"),
        (FIELDS + "empty: 2025-01-01", "line 2, empty: Input should be a valid tuple"),
        (FIELDS + "times: {zone: ~}", "line 2, times.zone: Input should be a valid string"),
        (FIELDS + "actions: {view: [a], view: [b]}", 'line 2: "view" stands twice'),
        ("".join(f"x{number}: y\n" for number in range(20)), "x8: Extra inputs are not permitted; and more."),
        ("fields: {time: time, action: a}", "does not say where account, resource come from; add them under fields"),
        (FIELDS + "color: red", "color: Extra inputs are not permitted"),
        (FIELDS + "format: odt", "format: Input should be 'csv', 'fixed'"),
        (FIELDS + "actions: {look: [a]}", "actions.look"),
        (FIELDS.replace("}", ", who: x}"), "fields.who"),
        (FIELDS.replace("time: time", "time: []"), "fields.time: Value should have at least 1 item"),
        (FIELDS.replace("time: time", "time: {}"), "fields.time: each place says one of field, text and join"),
        (FIELDS.replace("time: time", "time: {field: a, text: b}"), "each place says one of field, text and join"),
        (FIELDS.replace("time: time", "time: {join: [{path: $.a}]}"), "fields.time: each place says one of"),
        (FIELDS.replace("time: time", "time: {field: a, pattern: '('}"), 'line 1, fields.time: "(": missing )'),
        (
            FIELDS.replace("time: time", "time: {field: a, pattern: '" + "(a{1,999})" * 500 + "'}"),
            '…": pattern too large - compile failed',
        ),
        (FIELDS + "format: jsonl\nrecords: {each: a..b}", 'line 3, records.each: "a..b" has an empty key'),
        (FIELDS.replace("time: time", "time: a..b") + "format: jsonl", '"a..b" has an empty key; write it as a path'),
        (FIELDS.replace("time: time", "time: " + "{join: [" * 5 + "a" + "]}" * 5), "a join is nested more than 3 deep"),
        (FIELDS.replace("time: time", "time: {join: [" + "a," * 51 + "]}"), "Tuple should have at most 50 items"),
        (FIELDS.replace("time: time", "time: {field: a, path: '$.['}"), 'fields.time: "$.[": JSON path error'),
        (
            FIELDS + "format: jsonl\nrecords: {only: [{field: '$.a[', among: [x]}]}",
            'line 3, records.only: "$.a[": JSON path error',
        ),
        (
            FIELDS + "records: {only: [{field: a, among: []}]}",
            "records.only.0.among: Tuple should have at least 1 item",
        ),
        (FIELDS + "records: {each: events}", "records.each is for json"),
        (FIELDS + "format: jsonl\ncolumns: [a]", "columns is for csv or "),
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


def test_what_a_profile_says_is_text_as_it_stands_there() -> None:
    profile = read_profile(
        FIELDS + "records: {only: [{field: 7, among: [4663, 0123, 12:30, 2025-01-01, 1_000]}]}\nempty: [0, no, 1e3]\n"
        "accounts: {strip_domain_prefix: false}\npurposes: {on: [yes]}",
        "mine.yaml",
    )

    assert profile.records.only[0].field[0].field == "7"
    assert profile.records.only[0].among == ("4663", "0123", "12:30", "2025-01-01", "1_000")
    assert (profile.empty, profile.purposes) == (("0", "no", "1e3"), {"on": ("yes",)})
    assert not profile.accounts.strip_domain_prefix


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
        ("none", "shipped are a"),
        (str(tmp_path), "shipped are"),
        (str(tmp_path / "latin.yaml"), "UTF-8"),
        ("x" * 5_000, 'xxx…" that can be read'),
        ("no\0name", "that can be read"),
        ("no\ud800name", "that can be read"),
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

    event = _event(logs, profile, who={"'s name": {"first": "Ann"}}, more=more, list=["x", "y"], **{"not json": "{}"})

    assert event == ("Ann", "it's", "view", "view", "x", "", "")


def test_a_pattern_looks_at_a_text_without_the_white_space_around_it(logs: Logs) -> None:
    logs.change_source(FIELDS.replace("time: time", "time: {field: time, pattern: '^.*$'}"))

    logs.add('time,account,resource,action\n"2025-03-01T17:00:00Z\n",ann,a,view\n')

    assert len(logs.events()) == 1


def test_conditions_compare_in_compare_form(logs: Logs) -> None:
    logs.change_source(FIELDS + "records: {only: [{field: action, among: [STRASSE SEHEN]}]}")
    words = ("stra\u00dfe\u00a0 sehen", "str\u200basse sehen ", "strase sehen")

    logs.add("time,account,resource,action\n" + "".join(f"2025-03-01T17:00:00Z,a,b,{word}\n" for word in words))

    assert [event.record for event in logs.events()] == [1, 2]


def test_raw_actions_mean_the_first_that_fits_in_the_order_they_stand(logs: Logs) -> None:
    logs.change_source(
        "fields: {time: time, account: {text: a}, resource: {text: r}, action: action}\n"
        "actions: {delete: ['*delete*'], view: [Read, 'get ?', 'it''s'], modify: ['*']}\n"
    )
    raw = ("READ", " read ", "get x", "get xy", "view", "read and delete", "it's", "")

    logs.add("time,action\n" + "".join(f"2025-03-01T17:00:00Z,{one}\n" for one in raw))

    assert [(event.raw_action, event.action) for event in logs.events()] == [
        *(("READ", "view"), ("read", "view"), ("get x", "view"), ("get xy", "modify"), ("view", "modify")),
        *(("read and delete", "delete"), ("it's", "view"), ("", "modify")),
    ]


def test_without_actions_the_canonical_ones_are_themselves_and_all_else_is_other(logs: Logs) -> None:
    logs.add(
        "time,account,resource,action\n" + "".join(f"2025-03-01T17:00:00Z,a,r,{one}\n" for one in ("VIEW", "look"))
    )

    assert [event.action for event in logs.events()] == ["view", "other"]


def test_spellings_of_a_purpose_are_gathered_and_others_stay(logs: Logs) -> None:
    logs.change_source(
        "fields: {time: time, account: {text: a}, resource: {text: r}, action: {text: view}, purpose: why}\n"
        "purposes: {case work: [cw, 'case[ +]work*'], intake: []}\n"
    )
    given = ("CW", "case+work 7", "Case Work", "audit  ", "", "intake")

    logs.add("time,why\n" + "".join(f"2025-03-01T17:00:00Z,{one}\n" for one in given))

    assert [event.purpose for event in logs.events()] == ["case work"] * 3 + ["audit", "", "intake"]
