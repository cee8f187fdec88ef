"""Hold an audit that goes on from the one before against one that decides everything anew, on a copy."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from sqlalchemy import text
from sqlmodel import Session

from audit.audit_receipt import AuditReceipt, receipt_lines
from audit.decide_range import KEPT_BY
from audit.kept_audits.kept_audit import FLAGGED_ROWS, RESOURCES, SAMPLED, KeptAudit, read_kept
from audit.models import AuditRun
from audit.run_audit import AuditRequest
from config.database import connect
from config.settings import Settings
from tests.installing import audit
from tests.town import Town

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
    return receipt


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
    run = session.execute(text("SELECT max(id) FROM audit_runs WHERE NOT is_question")).scalar_one()
    kept = read_kept(settings.data_dir, session.get_one(AuditRun, run).kept, run, KEPT_BY)
    assert kept is not None
    tally = kept.tally
    return {
        "frame": kept.frame,
        "known": kept.known,
        "counts": tally.counts.tolist(),
        "rules": {one: (of.first, bytes(of.rules)) for one, of in sorted(tally.rules.by_import.items())},
        "sampled": tally.sampled(),
        **{name: _rows(kept, name) for name in (FLAGGED_ROWS, RESOURCES)},
        SAMPLED: [row for row in _rows(kept, SAMPLED) if row[0] in tally.sampled()],
    }


def _rows(kept: KeptAudit, name: str) -> list[tuple[Any, ...]]:
    rows = pq.read_table(kept.folder / name).to_pylist()
    return sorted((tuple(row.values()) for row in rows), key=repr)
