"""Decides again what can have changed since an audit; what it decided of all the rest stands as it was kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import duckdb
import numpy as np

from access.accounts import AccountNormalising
from access.facts import Facts
from access.resolve_grants import Policy
from audit.decided import Decided, Range
from audit.find_accesses import key_flagged
from audit.kept_audits.fingerprints import Changed, Fingerprints
from audit.kept_audits.kept_audit import KeptAudit
from audit.kept_audits.kept_tables import load_tables
from audit.kept_audits.owners import Owners
from audit.kept_audits.touched import Chosen, accounts_in, choose_events
from audit.logs.event_store import Store
from audit.logs.open_events import open_events
from audit.misread_brackets import misread_brackets
from audit.pick_accesses import PICKED, pick_accesses
from audit.rules_of_records import RulesOfRecords
from audit.tally import Tally, place_of
from config.bulk import load_rows, one_row


@dataclass(frozen=True)
class Again:
    """What was decided again, and with it what is known of all events.

    In the policy's connection, `flagged` has all rows of the findings that can have moved, `all_flagged` those of all,
    and `picked` all that are in the sample.

    Args:
        policy: Resolved as far as it is needed.
        events: How many were decided again.
        since: The audit from which the other answers are.
        findings: The keys of all findings that can have moved, found now or then.
        other_findings: How many others there are.
    """

    policy: Policy
    tally: Tally
    events: int
    since: int
    findings: frozenset[str]
    other_findings: int
    misread: list[str]


def decide_again(
    connection: duckdb.DuckDBPyConnection,
    store: Store,
    facts: Facts,
    normalising: Mapping[int, AccountNormalising],
    asked: Range,
    known: Fingerprints,
    kept: KeptAudit,
) -> Again | None:
    """Decide what can have changed; None where all is to be decided, as too much changed or something is in doubt."""
    changed = Changed.between(kept.known, known)
    open_events(connection, store, asked.start, asked.end)
    misread = misread_brackets(connection, facts, store.systems)
    owners = Owners(facts, store, normalising)
    chosen = choose_events(connection, store, facts, owners, kept, changed)
    tally = None if chosen is None else _without(kept.tally, chosen)
    if chosen is None or tally is None:
        return None
    load_tables(connection, kept, chosen.gone)
    load_rows(connection, "told_otherwise", [("code", str)], [(code,) for code in sorted(changed.holders)])
    about = owners.employees_among(accounts_in(connection)) | _kept_employees(connection)
    policy = Policy(facts, connection, about)
    decided = Decided(policy, store, normalising, chosen=True)
    pick_accesses(decided, tally)
    if tally.events != one_row(connection, "SELECT count(*) FROM stored_events")[0] or not tally.has_sample():
        return None
    key_flagged(policy)
    connection.execute(_JOIN_FLAGGED)
    columns = ", ".join(PICKED)
    connection.execute(
        f"INSERT INTO picked BY NAME SELECT {columns} FROM kept_sampled SEMI JOIN listed USING (place) WHERE stands"  # noqa: S608 - our own
    )
    findings = connection.execute("FROM touched_findings").fetchall()
    (others,) = one_row(
        connection, "SELECT count(DISTINCT finding) FROM all_flagged ANTI JOIN touched_findings USING (finding)"
    )
    keys = frozenset(key for (key,) in findings)
    return Again(policy, tally, decided.events, kept.run, keys, others, misread)


def _without(tally: Tally, chosen: Chosen) -> Tally | None:
    """Take out of a tally what is decided again and what is gone; None where it does not know all of it."""
    rules = tally.rules.of(chosen.imports, chosen.records)
    if not rules.all():
        return None
    counts = tally.counts - np.bincount(rules, minlength=len(tally.counts))
    for import_id in chosen.gone:
        counts -= tally.rules.counts_of(import_id)
    remaining = {one: noted for one, noted in tally.rules.by_import.items() if one not in chosen.gone}
    listed = np.asarray(tally.listed(), np.int64)
    left = np.concatenate([place_of(chosen.imports, chosen.records), listed[np.isin(listed >> 40, chosen.gone)]])
    return replace(
        tally,
        counts=counts,
        rules=RulesOfRecords(remaining),
        at_random=tally.at_random.without(left),
        near_an_edge=tally.near_an_edge.without(left),
    )


def _kept_employees(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Give the employees of what is kept that is cross-examined, or explained anew."""
    rows = connection.execute(
        "SELECT employee_id FROM kept_sampled WHERE employee_id IS NOT NULL "
        "UNION SELECT employee_id FROM kept_flagged "
        "WHERE employee_id IS NOT NULL AND (NOT stands OR code IN (FROM told_otherwise))"
    ).fetchall()
    return {employee for (employee,) in rows}


_JOIN_FLAGGED = """
    CREATE OR REPLACE TABLE touched_findings AS
    SELECT finding FROM flagged
    UNION SELECT finding FROM kept_flagged WHERE NOT stands OR code IN (FROM told_otherwise);
    CREATE OR REPLACE TABLE all_flagged AS
    FROM flagged UNION ALL BY NAME SELECT * EXCLUDE (stands) FROM kept_flagged WHERE stands;
    CREATE OR REPLACE TABLE flagged AS FROM all_flagged SEMI JOIN touched_findings USING (finding);
"""
