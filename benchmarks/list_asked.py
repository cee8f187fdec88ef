"""Writes what the competitors are asked, and our own answers: `python -m benchmarks.list_asked DATA-FOLDER FOLDER`.

An event rests on grants when no rule before rule 7 decides it; rules 7 and 8 then authorize it or do not: that is the
question. Two starts are written: `stored.parquet` has all events as the log words them, beside tables of what each word
means; `asked.parquet` has only the events that rest on grants, with numbers for all words, in the order of employees.
`grants.parquet` has the grants, already resolved, one row for each purpose; `sample.parquet` some events, for Casbin.
"""

import sys
from pathlib import Path

from audit.decide_events import decide_events, map_events
from audit.rules import RESTS_ON_GRANTS
from benchmarks.loaded import load
from benchmarks.measured import answer
from config.bulk import one_row

_SAMPLED = 1_000
_RESTS = f"reason IN {RESTS_ON_GRANTS}"
_OURS = "reason IN ('assigned', 'officer_duty') AS ours"
_TABLES = {
    # A purpose is a number: 0 = none, or one that no grant describes; a grant's -1 = any purpose.
    "purposes": """
        SELECT given, dense_rank() OVER (ORDER BY purpose)::INTEGER AS purpose
        FROM (SELECT purpose AS given, purpose FROM named_purposes UNION SELECT given, purpose FROM described_purposes)
    """,
    "actions": "SELECT action AS given, bit::INTEGER AS action FROM action_bits",
    "accounts": """
        SELECT account, start, "end", employee_key::BIGINT AS employee_key
        FROM account_spells WHERE standing = 'employee'
    """,
    "resources": "SELECT DISTINCT resource, series_key::BIGINT AS series_key FROM decided WHERE series_key IS NOT NULL",
    "grants": """
        SELECT DISTINCT pair, start, "end", timely_from, actions::INTEGER AS actions, coalesce(purpose, -1) AS purposes
        FROM (SELECT *, unnest(string_split(purposes, ';')) AS named FROM grants)
        LEFT JOIN read_parquet('{folder}/purposes.parquet') ON given = named
        ORDER BY pair, start
    """,
    "stored": f"""
        SELECT instant, account, resource, action, purpose, {_RESTS} AS rests, {_OURS}
        FROM decided ORDER BY import_id, record
    """,  # noqa: S608 - our own words
    "asked": f"""
        SELECT employee_key * 65536 + series_key AS pair, instant, bit::INTEGER AS action,
            coalesce(p.purpose, 0) AS purpose, {_OURS}
        FROM decided
        JOIN action_bits USING (action)
        LEFT JOIN read_parquet('{{folder}}/purposes.parquet') p ON p.given = decided.purpose
        WHERE {_RESTS} ORDER BY employee_key
    """,  # noqa: S608 - our own words
    "sample": f"""
        SELECT instant, employee_id, code AS series, action, purpose, {_OURS}
        FROM decided JOIN employees USING (employee_key) JOIN series USING (series_key)
        WHERE {_RESTS} ORDER BY hash(event_key) LIMIT {_SAMPLED}
    """,  # noqa: S608 - our own words
}
_NAMED_PURPOSES = """
    CREATE TABLE named_purposes AS
    SELECT DISTINCT unnest(string_split(purposes, ';')) AS purpose FROM grants WHERE purposes <> '*'
"""


def main() -> None:
    """Decide once more and write the tables."""
    loaded, folder = load(Path(sys.argv[1])), Path(sys.argv[2])
    policy = loaded.resolve()
    map_events(policy, loaded.stored, loaded.normalising)
    decide_events(policy)
    policy.connection.execute(_NAMED_PURPOSES)
    for name, query in _TABLES.items():
        copy = f"COPY ({query.format(folder=folder)}) TO '{folder}/{name}.parquet' (FORMAT parquet)"
        policy.connection.execute(copy).fetchall()
    rests, authorized, grants, rows, resources = one_row(
        policy.connection,
        f"""SELECT (SELECT count(*) FROM '{folder}/asked.parquet'),
            (SELECT count(*) FROM '{folder}/asked.parquet' WHERE ours), (SELECT count(*) FROM grants),
            (SELECT count(*) FROM '{folder}/grants.parquet'), (SELECT count(*) FROM '{folder}/resources.parquet')""",  # noqa: S608 - our own folder
    )
    answer(rests=rests, authorized=authorized, grants=grants, grant_rows=rows, resources=resources)


if __name__ == "__main__":
    main()
