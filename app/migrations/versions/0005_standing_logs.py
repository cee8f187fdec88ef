"""Imported logs can be taken back and read anew, and lists of accounts know how the sources compare logins.

An imported log is numbered among the imports, and stands from its import on. Which files it rests on was not kept: of
one that had known records, every earlier log of its source is taken to have brought them.
"""

from collections import defaultdict
from typing import Any

import sqlalchemy as sa
import yaml
from alembic import op

import config.database

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_CLOCKS = ("recorded_at", "recorded_by", "superseded_at", "superseded_by")


def upgrade() -> None:
    """Make the tables, and fill them from the logs and sources that there are."""
    op.add_column("log_imports", sa.Column("rests_on", sa.Text(), nullable=True))
    op.add_column("log_imports", sa.Column("columns", sa.Text(), nullable=True))
    op.add_column("log_imports", sa.Column("number", sa.Integer(), nullable=True))
    op.create_table(
        "standing_logs",
        *_clock_columns(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["log_imports.id"], name=op.f("fk_standing_logs_import_id_log_imports")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_logs")),
    )
    _index("standing_logs", "import_id", "recorded_at", "superseded_at")
    op.create_table(
        "login_forms",
        *_clock_columns(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("strip_domain_prefix", sa.Boolean(), nullable=False),
        sa.Column("strip_domain_suffix", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_forms")),
    )
    _index("login_forms", "source", "recorded_at", "superseded_at")
    _number_logs()
    _fill_login_forms()


def _clock_columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("recorded_at", config.database.UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("superseded_at", config.database.UtcDateTime(), nullable=True),
        sa.Column("superseded_by", sa.String(), nullable=True),
    ]


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _table(name: str, *columns: str) -> Any:  # noqa: ANN401 - its columns are asked by their names
    kinds: dict[str, Any] = {
        name: config.database.UtcDateTime() for name in (*_CLOCKS[::2], "applied_at", "imported_at")
    }
    return sa.table(name, *(sa.column(column, kinds.get(column)) for column in columns))


def _number_logs() -> None:
    logs = _table(
        "log_imports",
        *("id", "source", "file_name", "file_sha256", "already_known", "added", "unreadable", "read", "passed_over"),
        *("rests_on", "number", "imported_at", "imported_by"),
    )
    imports = _table("imports", "number", "kind", "file_name", "file_sha256", "receipt", "applied_at", "applied_by")
    standing = _table("standing_logs", "import_id", "recorded_at", "recorded_by")
    connection = op.get_bind()
    earlier = defaultdict[str, list[str]](list)
    for log in connection.execute(sa.select(logs).order_by(logs.c.id)).all():
        receipt = (
            f"{log.file_name}: {log.read:,} records read: {log.added:,} added, {log.already_known:,} already known, "
            f"{log.unreadable:,} unreadable."
        )
        # no sequence gives the numbers of imports, so that none is left out
        number = (connection.scalar(sa.select(sa.func.max(imports.c.number))) or 0) + 1
        entered = {
            "number": number,
            "kind": "log",
            "file_name": log.file_name,
            "file_sha256": log.file_sha256,
            "receipt": receipt,
            "applied_at": log.imported_at,
            "applied_by": log.imported_by,
        }
        connection.execute(sa.insert(imports).values(entered))
        rests_on = ";".join(dict.fromkeys(earlier[log.source])) if log.already_known or log.unreadable else ""
        connection.execute(sa.update(logs).where(logs.c.id == log.id).values(number=number, rests_on=rests_on))
        connection.execute(
            sa.insert(standing).values(import_id=log.id, recorded_at=log.imported_at, recorded_by=log.imported_by)
        )
        earlier[log.source].append(log.file_sha256)


def _fill_login_forms() -> None:
    sources = _table("sources", "name", "system", "profile", *_CLOCKS)
    forms = _table("login_forms", "source", "system", "strip_domain_prefix", "strip_domain_suffix", *_CLOCKS)
    connection = op.get_bind()
    for source in connection.execute(sa.select(sources).where(sources.c.superseded_at.is_(None))).all():
        said = (yaml.safe_load(source.profile) or {}).get("accounts", {}) if source.profile else {}
        filled = {
            "source": source.name,
            "system": source.system,
            "strip_domain_prefix": said.get("strip_domain_prefix", True),
            "strip_domain_suffix": said.get("strip_domain_suffix", True),
            "recorded_at": source.recorded_at,
            "recorded_by": source.recorded_by,
        }
        connection.execute(sa.insert(forms).values(filled))
