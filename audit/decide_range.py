"""Decides the events of a range, cross-examines and finds: all of them, or where that suffices, what can have changed.

Nothing is published here; what was decided is kept in the cache for the next audit.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from access.accounts import AccountNormalising
from access.facts import Facts
from access.resolve_grants import Policy
from audit.build_cases import CaseBuilder
from audit.cross_examine import Examination, cross_examine
from audit.decided import DECIDED_BY, Range
from audit.engines import decide_and_pick
from audit.find_accesses import Found, find_accesses, key_flagged
from audit.kept_audits.decide_again import Again, decide_again
from audit.kept_audits.fingerprints import Fingerprints, fingerprints_of
from audit.kept_audits.kept_audit import Frame, KeptAudit, new_folder, read_kept, write_kept
from audit.kept_audits.kept_tables import write_tables
from audit.logs.event_store import Store
from audit.misread_brackets import misread_brackets
from audit.pick_accesses import sample_of
from audit.tally import Tally
from config.progress import Progress
from config.settings import DecidingEngine, Settings

# Named anew whenever the program would keep something else, or would choose a sample otherwise.
_LAYOUT = 2
KEPT_BY = f"{DECIDED_BY}, layout {_LAYOUT}"


@dataclass(frozen=True)
class Asked:
    """What is to be decided.

    Args:
        normalising: How accounts compare, by source key.
        is_question: Nothing is kept of it.
        kept: The digest of what the newest audit kept, and its number; empty = everything is decided.
    """

    facts: Facts
    store: Store
    normalising: Mapping[int, AccountNormalising]
    range: Range
    settings: Settings
    is_question: bool = False
    kept: tuple[str, int] = ("", 0)

    @property
    def is_on_spark(self) -> bool:
        """Whether Spark decides: then no audit goes on from another."""
        return self.settings.deciding_engine is DecidingEngine.SPARK


@dataclass(frozen=True)
class Kept:
    """What is kept of an audit that is not published yet: where, and its digest."""

    folder: Path
    digest: str


@dataclass(frozen=True)
class Outcome:
    """What was decided and found.

    Args:
        findings: How many findings there are.
        found: They; or of what was decided again, those `among` which something can have moved.
        again: What was decided again; None = everything was.
        kept: What is kept of it; None = nothing.
    """

    counts: dict[str, int]
    examination: Examination
    findings: int
    found: list[Found]
    misread: list[str]
    again: Again | None = None
    kept: Kept | None = None

    @property
    def among(self) -> frozenset[str] | None:
        """The keys of the findings that can have moved; None = all."""
        return None if self.again is None else self.again.findings


def decide_range(asked: Asked, connection: duckdb.DuckDBPyConnection, progress: Progress) -> Outcome:
    """Decide the events of a range.

    Raises:
        Conflict: The cross-examination found a difference, or not each stored event was decided once.
    """
    progress.step("Auditing: looking for what has changed")
    known, frame, before = fingerprints_of(asked.facts), _frame(asked), None
    if asked.kept[0] and not asked.is_on_spark:
        before = read_kept(asked.settings.data_dir, *asked.kept, frame.decided_by)
    if before is not None and before.frame.leads_to(frame):
        outcome = _decide_again(asked, known, before, connection, progress)
        if outcome is not None:
            return outcome
    return _decide_all(asked, known, connection, progress)


def _decide_all(
    asked: Asked, known: Fingerprints, connection: duckdb.DuckDBPyConnection, progress: Progress
) -> Outcome:
    progress.step("Auditing: resolving grants")
    policy = Policy(asked.facts, connection)
    tally = decide_and_pick(policy, asked.store, asked.normalising, asked.range, asked.settings, progress)
    progress.step("Auditing: cross-examining")
    builder = CaseBuilder(policy)
    examination = cross_examine(policy, builder, sample_of(connection, tally))
    progress.step("Auditing: explaining findings")
    misread = misread_brackets(connection, asked.facts, asked.store.systems)
    key_flagged(policy)
    found = find_accesses(policy, builder)
    kept = None if asked.is_question or asked.is_on_spark else _keep(asked, known, tally, connection, None)
    return Outcome(dict(tally.by_reason), examination, len(found), found, misread, kept=kept)


def _decide_again(
    asked: Asked, known: Fingerprints, before: KeptAudit, connection: duckdb.DuckDBPyConnection, progress: Progress
) -> Outcome | None:
    again = decide_again(connection, asked.store, asked.facts, asked.normalising, asked.range, known, before)
    if again is None:
        return None
    progress.step("Auditing: cross-examining")
    builder = CaseBuilder(again.policy)
    examination = cross_examine(again.policy, builder, sample_of(connection, again.tally))
    progress.step("Auditing: explaining findings")
    found = find_accesses(again.policy, builder)
    kept = _keep(asked, known, again.tally, connection, before)
    counts, findings = dict(again.tally.by_reason), again.other_findings + len(found)
    return Outcome(counts, examination, findings, found, again.misread, again, kept)


def _frame(asked: Asked) -> Frame:
    store = asked.store
    sources = {
        source: (store.systems[key], repr(asked.normalising.get(key, AccountNormalising())))
        for key, source in store.sources.items()
    }
    return Frame(
        KEPT_BY,
        (asked.range.start, asked.range.end),
        str(asked.facts.zone),
        asked.settings.cross_examined,
        sources,
        {source: store.name_origins[key] for key, source in store.sources.items()},
        {log.import_id: log.origin for log in store.logs},
    )


def _keep(
    asked: Asked,
    known: Fingerprints,
    tally: Tally,
    connection: duckdb.DuckDBPyConnection,
    before: KeptAudit | None,
) -> Kept | None:
    """Keep what was decided for the next audit; where that cannot be written, it decides everything."""
    folder = None
    try:
        folder = new_folder(asked.settings.data_dir)
        write_tables(connection, asked.store, folder, before)
        return Kept(folder, write_kept(folder, _frame(asked), known, tally))
    except OSError:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        return None
