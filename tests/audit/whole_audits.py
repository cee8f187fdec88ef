"""Hold an audit that goes on from the one before against one that decides everything anew, on a copy."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from sqlalchemy import text
from sqlmodel import Session

from access.load_facts import load_facts
from access.resolve_grants import Policy
from audit.audit_receipt import AuditReceipt, receipt_lines
from audit.decide_range import KEPT_BY
from audit.decided import Decided
from audit.kept_audits.kept_audit import FLAGGED_ROWS, RESOURCES, SAMPLED, KeptAudit, read_kept
from audit.logs.account_forms import normalising_of
from audit.logs.event_store import stored_logs
from audit.models import AuditRun
from audit.run_audit import AuditRequest
from config.bulk import open_bulk
from config.database import connect
from config.settings import Settings
from tests.installing import audit
from tests.town import Town

FAR_OFF = datetime(2090, 1, 1, tzinfo=UTC)
_TABLES = ("audit_runs", "findings", "finding_figures", "finding_moves")


@contextmanager
def copied(town: Town, folder: Path) -> Iterator[tuple[Session, Settings]]:
    """Give a copy of a town's data folder with its database."""
    town.session.commit()
    shutil.copytree(town.settings.data_dir, folder)
    settings = town.settings.model_copy(update={"data_dir": folder})
    engine = connect(settings.resolved_database_url())
    with Session(engine) as session:
        yield session, settings
    engine.dispose()
    shutil.rmtree(folder)


def audit_as_whole(town: Town, at: datetime) -> AuditReceipt:
    """Audit the town, and hold what comes of it to the byte against an audit of everything."""
    with copied(town, town.folder / "copy") as (session, settings):
        receipt = audit(town.session, town.settings, AuditRequest(), at)
        if not receipt.is_new:
            return receipt
        whole = audit(session, settings, AuditRequest(whole=True), at)
        assert _said(receipt) == _said(whole)
        assert _recorded(town.session) == _recorded(session)
        assert _kept(town.session, town.settings) == _kept(session, settings)
        # an audit of everything also maps names of logs that count no more
        assert _resources(town.session, town.settings) <= _resources(session, settings)
    return receipt


def exported_otherwise(town: Town) -> list[tuple[object, ...]]:
    """Give the records of which the decisions, as they are exported, have another rule than the newest audit kept."""
    with closing(open_bulk(town.settings)) as connection:
        facts = load_facts(town.session, at=FAR_OFF, graces=town.settings.graces())
        store = stored_logs(town.session, town.settings.data_dir)
        Decided(Policy(facts, connection), store, normalising_of(town.session, store)).keep()
        rows = connection.execute("SELECT import_id, record, rule FROM decided ORDER BY ALL").fetchall()
    imports, records = (np.array([row[place] for row in rows], np.int64) for place in (0, 1))
    kept = _newest_kept(town.session, town.settings).tally.rules.of(imports, records).tolist()
    return [row for row, rule in zip(rows, kept, strict=True) if row[2] != rule]


def _said(receipt: AuditReceipt) -> list[str]:
    """Give all that a receipt says but how much was decided anew."""
    notices = [notice for notice in receipt.notices if "decided anew" not in notice]
    return [*notices, *receipt_lines(replace(receipt, notices=()))]


def _recorded(session: Session) -> dict[str, list[dict[str, Any]]]:
    """Give all rows of audits and findings; what was kept may be written otherwise, and mean the same."""
    return {
        table: [
            {name: cell for name, cell in row.items() if name != "kept"}
            for row in session.execute(text(f"SELECT * FROM {table} ORDER BY id")).mappings()  # noqa: S608 - our names
        ]
        for table in _TABLES
    }


def _kept(session: Session, settings: Settings) -> dict[str, object]:
    """Give what was kept: the rule of each record, the sample, and the tables."""
    kept = _newest_kept(session, settings)
    tally = kept.tally
    return {
        "frame": kept.frame,
        "known": kept.known,
        "counts": tally.counts.tolist(),
        "rules": {one: (of.first, bytes(of.rules)) for one, of in sorted(tally.rules.by_import.items())},
        "sampled": tally.sampled(),
        FLAGGED_ROWS: _rows(kept, FLAGGED_ROWS),
        SAMPLED: [row for row in _rows(kept, SAMPLED) if row[0] in tally.sampled()],
    }


def _resources(session: Session, settings: Settings) -> set[tuple[Any, ...]]:
    """Give what was kept of what resources map to."""
    return {*_rows(_newest_kept(session, settings), RESOURCES)}


def _newest_kept(session: Session, settings: Settings) -> KeptAudit:
    run = session.execute(text("SELECT max(id) FROM audit_runs WHERE NOT is_question")).scalar_one()
    kept = read_kept(settings.data_dir, session.get_one(AuditRun, run).kept, run, KEPT_BY)
    assert kept is not None
    return kept


def _rows(kept: KeptAudit, name: str) -> list[tuple[Any, ...]]:
    rows = pq.read_table(kept.folder / name).to_pylist()
    return sorted((tuple(row.values()) for row in rows), key=repr)
