"""The first tables of logs: where they come from, and what was imported."""

import sqlalchemy as sa
from alembic import op

from app.migrations.first_tables.recorded_table import create_recorded_table
from config.database import UtcDateTime


def create_tables_of_logs() -> None:
    """Make them, each before those that refer to it."""
    _create_sources()
    _create_log_imports()


def _create_sources() -> None:
    create_recorded_table(
        "sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
    )
    op.create_index(op.f("ix_sources_name"), "sources", ["name"], unique=False)


def _create_log_imports() -> None:
    op.create_table(
        "log_imports",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_sha256", sa.String(), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("already_known", sa.Integer(), nullable=False),
        sa.Column("unreadable", sa.Integer(), nullable=False),
        sa.Column("passed_over", sa.Integer(), nullable=False),
        sa.Column("twice_local", sa.Integer(), nullable=False),
        sa.Column("missing_local", sa.Integer(), nullable=False),
        sa.Column("first_time", UtcDateTime(), nullable=True),
        sa.Column("last_time", UtcDateTime(), nullable=True),
        sa.Column("event_file", sa.String(), nullable=False),
        sa.Column("rejects_file", sa.String(), nullable=False),
        sa.Column("imported_at", UtcDateTime(), nullable=False),
        sa.Column("imported_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_imports")),
    )
    op.create_index(op.f("ix_log_imports_source"), "log_imports", ["source"], unique=False)
