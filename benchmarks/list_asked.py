"""Writes what the competitors are asked, and our own answers: `python -m benchmarks.list_asked DATA-FOLDER FOLDER`.

An event rests on grants when no rule before rule 7 decides it; rules 7 and 8 then authorize it or do not: that is the
question. Two starts are written: `stored.parquet` has all events as the log words them, beside tables of what each word
means; `asked.parquet` has only the events that rest on grants, with numbers for all words, in the order of employees.
`grants.parquet` has the grants, already resolved, one row for each purpose; `sample.parquet` some events, for Casbin.
"""

import sys
from pathlib import Path

from audit.decided import Decided
from audit.rules import RESTS_ON_GRANTS, rule_number
from benchmarks.loaded import load
from benchmarks.measured import answer
from config.bulk import one_row

_SAMPLED = 1_000
_RESTS = f"rule >= {rule_number(RESTS_ON_GRANTS[0])}"
_OURS = f"rule IN {tuple(map(rule_number, ('assigned', 'officer_duty')))} AS ours"
_TABLES = {
    # A purpose is a number: 0 = none, or one that no grant describes; a grant's -1 = any purpose.
    "purposes": """
        SELECT n.name AS given, k.purpose_key::INTEGER AS purpose
        FROM purpose_keys k JOIN names n ON n.kind = 'purpose' AND n.number = k.purpose WHERE k.purpose_key > 0
    """,
    "actions": """
        SELECT n.name AS given, b.bit::INTEGER AS action
        FROM names n JOIN action_bits b ON b.action = n.meaning WHERE n.kind = 'action'
    """,
    "accounts": """
        SELECT n.name AS account, s.start, s."end", s.employee_key::BIGINT AS employee_key
        FROM account_spells s JOIN names n ON n.kind = 'account' AND n.number = s.account
        WHERE s.employee_key IS NOT NULL AND s.rule > 6
    """,
    "resources": """
        SELECT DISTINCT resource, series_key::BIGINT AS series_key FROM in_words('decided') WHERE series_key IS NOT NULL
    """,
    "grants": """
        SELECT DISTINCT g.pair, g.start, g."end", g.timely_from, g.actions::INTEGER AS actions,
            CASE WHEN g.purposes_key < 0 THEN -1 ELSE d.purpose_key END::INTEGER AS purposes
        FROM grants g
        LEFT JOIN listed_purposes l USING (purposes_key)
        LEFT JOIN described_purposes d USING (purpose)
        ORDER BY pair, start
    """,
    "stored": f"""
        SELECT instant, account, resource, raw_action AS action, raw_purpose AS purpose, {_RESTS} AS rests, {_OURS}
        FROM in_words('decided') ORDER BY import_id, record
    """,  # noqa: S608 - our own words
    "asked": f"""
        SELECT employee_key * getvariable('series_count') + series_key AS pair, instant, b.bit::INTEGER AS action,
            coalesce(purpose_key, 0)::INTEGER AS purpose, {_OURS}
        FROM decided JOIN action_keys USING (action) JOIN action_bits b USING (action_key)
        WHERE {_RESTS} ORDER BY employee_key
    """,  # noqa: S608 - our own words
    "sample": f"""
        SELECT instant, employee_id, code AS series, action, purpose, {_OURS}
        FROM (
            SELECT * FROM in_words('decided') WHERE {_RESTS} ORDER BY hash(place) LIMIT {_SAMPLED}
        ) JOIN employees USING (employee_key) JOIN series USING (series_key)
    """,  # noqa: S608 - our own words
}


def main() -> None:
    """Decide once more and write the tables."""
    loaded, folder = load(Path(sys.argv[1])), Path(sys.argv[2])
    policy = loaded.resolve()
    Decided(policy, loaded.store, loaded.normalising).keep()
    for name, query in _TABLES.items():
        copy = f"COPY ({query.format(folder=folder)}) TO '{folder}/{name}.parquet' (FORMAT parquet)"
        policy.connection.execute(copy).fetchall()
    (series,) = one_row(policy.connection, "SELECT getvariable('series_count')")
    (folder / "series_count").write_text(
        str(series), "utf-8"
    )  # a pair is an employee's number times this, and a series'
    rests, authorized, grants, rows, resources = one_row(
        policy.connection,
        f"""SELECT (SELECT count(*) FROM '{folder}/asked.parquet'),
            (SELECT count(*) FROM '{folder}/asked.parquet' WHERE ours), (SELECT count(*) FROM grants),
            (SELECT count(*) FROM '{folder}/grants.parquet'), (SELECT count(*) FROM '{folder}/resources.parquet')""",  # noqa: S608 - our own folder
    )
    answer(rests=rests, authorized=authorized, grants=grants, grant_rows=rows, resources=resources)


if __name__ == "__main__":
    main()
