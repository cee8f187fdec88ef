"""White space around a field does not count, of whatever kind, and however the log is read."""

import duckdb
import pytest

from audit.logs.blanks import BLANKS, left_trimmed_sql, trimmed_sql
from tests.audit.logs.importing_logs import HEADER, Logs, counts


def test_sql_takes_off_what_python_takes_off() -> None:
    assert "".join(chr(code) for code in range(0x110000) if chr(code).isspace()) == BLANKS

    parts = ("", *BLANKS, "a", "~", "\x7f", "é", "e\u0301", "\u200b", "\u200d")
    texts = [
        f"{BLANKS}a{BLANKS}b\u200b{BLANKS}",
        *(f"{before}b{behind}" for before in parts for behind in parts),
        *parts,
    ]
    asked = f"SELECT {trimmed_sql('text')}, {left_trimmed_sql('text')} FROM (SELECT unnest(?) AS text)"  # noqa: S608 - ours
    assert duckdb.execute(asked, [texts]).fetchall() == [(text.strip(), text.lstrip()) for text in texts]
    assert duckdb.execute(f"SELECT {trimmed_sql('NULL::VARCHAR')}").fetchall() == [(None,)]


@pytest.mark.parametrize("quick", [True, False])
def test_white_space_around_a_field_does_not_count(logs: Logs, quick: bool) -> None:  # noqa: FBT001 - a parameter
    rows = [
        "2025-03-01T17:00:00Z,\tann\xa0,\u3000case/7\t,view\t, Ann 5\u2003,case 9\x0b,ws \n",
        "2025-03-01T17:00:01Z\t,ann,case/7,view,Ann 5,case 9,ws\n",
        "2025-03-01T17:00:02Z,ann,case ,view,Ann,case 9,12\n",
        "2025-03-01T17:00:03Z,ann,case 7,view, ,case 9,\t12\n",
    ]
    if not quick:
        rows[0] = rows[0].replace("view\t", '"view\r\n"')

    logs.add(HEADER + "".join(rows))

    assert [event[2:] for event in logs.events()] == [
        ("ann", "case/7", "view", "view", "Ann 5", "case 9", "ws"),
        ("ann", "case/7", "view", "view", "Ann 5", "case 9", "ws"),
        ("ann", "case", "view", "view", "Ann", "case 9", "12"),
        ("ann", "case 7", "view", "view", "", "case 9", "12"),
    ]
    assert logs.ask("SELECT count(DISTINCT account), count(DISTINCT resource) FROM numbered_events") == [(1, 3)]


def test_an_action_means_the_same_in_another_spelling_of_its_compare_form(logs: Logs) -> None:
    logs.change_source(
        "fields: {time: time, account: {text: a}, resource: {text: r}, action: what}\nactions: {view: ['Öffne Akte']}\n"
    )

    logs.add("time,what\n" + "".join(f"2025-03-01T17:00:00Z,{word}\n" for word in ("O\u0308FFNE\xa0 akte", "öffne")))

    assert [event.action for event in logs.events()] == ["view", "other"]


def test_records_that_differ_in_the_white_space_around_a_field_are_one(logs: Logs) -> None:
    line = "2025-03-01T17:00:00Z,ann,case/7,view,,,\n"
    assert counts(logs.add(HEADER + line)) == (1, 1, 0, 0, 0)

    assert counts(logs.add(HEADER + line.replace("view", "view\t"), "again.csv")) == (1, 0, 1, 0, 0)
