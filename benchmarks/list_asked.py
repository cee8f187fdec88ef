"""Writes the question that the competitors are asked: `python -m benchmarks.list_asked DATA-FOLDER FOLDER`.

`asked.parquet` has every event that rests on grants (rule 7 or a later one decides it) with its names already mapped, and
our own answer: do rules 7 and 8 authorize it? `grants.parquet` has the grants, already resolved, one row for each purpose.
Both hold numbers only, in the order of employees. `sample.parquet` has some of the events with their words, for Casbin.
"""

import sys
from pathlib import Path

from audit.decide_events import decide_events
from audit.rules import RESTS_ON_GRANTS
from benchmarks.loaded import load
from benchmarks.measured import answer
from config.bulk import one_row

_SAMPLED = 1_000
# A purpose is a number: 0 = none, or one that no grant describes; a grant's -1 = any purpose.
_PURPOSES = """
    CREATE TABLE purpose_keys AS
    SELECT purpose, row_number() OVER (ORDER BY purpose)::INTEGER AS purpose_key
    FROM (SELECT DISTINCT unnest(string_split(purposes, ';')) AS purpose FROM grants WHERE purposes <> '*')
"""
_GRANTS = """
    SELECT DISTINCT pair, start, "end", timely_from, actions::INTEGER AS actions, coalesce(purpose_key, -1) AS purpose
    FROM (SELECT *, unnest(string_split(purposes, ';')) AS named FROM grants)
    LEFT JOIN purpose_keys ON purpose_keys.purpose = named
    ORDER BY pair, start
"""
_ASKED = f"""
    SELECT employee_key * 65536 + series_key AS pair, instant, bit::INTEGER AS action,
        coalesce(purpose_key, 0) AS purpose, reason IN ('assigned', 'officer_duty') AS ours
    FROM decided
    JOIN action_bits USING (action)
    LEFT JOIN described_purposes ON given = decided.purpose
    LEFT JOIN purpose_keys ON purpose_keys.purpose = described_purposes.purpose
    WHERE reason IN {RESTS_ON_GRANTS}
    ORDER BY employee_key
"""  # noqa: S608 - our own words
_SAMPLE = f"""
    SELECT instant, employee_id, code AS series, action, decided.purpose, reason IN ('assigned', 'officer_duty') AS ours
    FROM decided JOIN employees USING (employee_key) JOIN series USING (series_key)
    WHERE reason IN {RESTS_ON_GRANTS}
    ORDER BY hash(event_key) LIMIT {_SAMPLED}
"""  # noqa: S608 - our own words


def main() -> None:
    """Decide once more and write the three files."""
    loaded, folder = load(Path(sys.argv[1])), Path(sys.argv[2])
    policy = loaded.resolve()
    decide_events(policy, loaded.stored, loaded.normalising)
    run = policy.connection.execute
    run(_PURPOSES)
    for name, query in (("grants", _GRANTS), ("asked", _ASKED), ("sample", _SAMPLE)):
        run(f"COPY ({query}) TO '{folder / name}.parquet' (FORMAT parquet, PRESERVE_ORDER true)").fetchall()
    asked, authorized = one_row(policy.connection, f"SELECT count(*), count(*) FILTER (ours) FROM '{folder}/asked.parquet'")  # noqa: S608 - ours
    answer(
        asked=asked,
        authorized=authorized,
        grants=one_row(policy.connection, "SELECT count(*) FROM grants")[0],
        grant_rows=one_row(policy.connection, f"SELECT count(*) FROM '{folder}/grants.parquet'")[0],  # noqa: S608 - ours
    )


if __name__ == "__main__":
    main()
