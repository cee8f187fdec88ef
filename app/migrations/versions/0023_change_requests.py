"""Every change tells the request that made it; tokens and the schedule keep what stood before, as all else does."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

import config.database

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_TOKENS_SO_FAR = """
    INSERT INTO kept_tokens (token_sha256, login, acts, expires_at, recorded_at, recorded_by, superseded_at)
    SELECT token_sha256, login, acts, expires_at, made_at, made_by, ended_at FROM api_tokens ORDER BY made_at
"""
_ENTRIES_SO_FAR = """
    INSERT INTO schedule_settings (name, cadence, enabled, recorded_at, recorded_by)
    SELECT name, cadence, enabled, changed_at, changed_by FROM schedule WHERE changed_at IS NOT NULL ORDER BY changed_at
"""


def upgrade() -> None:
    """Make the tables, and fill them with what stands of tokens and the schedule."""
    instant = config.database.UtcDateTime
    op.create_table(
        "change_requests",
        sa.Column("changed_at", instant(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("changed_at", name=op.f("pk_change_requests")),
    )
    op.add_column("jobs", sa.Column("request_id", sa.String(), server_default=sa.text("''"), nullable=False))
    _make_recorded(
        "kept_tokens",
        sa.Column("token_sha256", sa.String(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("acts", sa.String(), nullable=False),
        sa.Column("expires_at", instant(), nullable=False),
    )
    _make_recorded(
        "schedule_settings",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("cadence", sa.String(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
    )
    op.create_index(op.f("ix_kept_tokens_token_sha256"), "kept_tokens", ["token_sha256"], unique=False)
    op.execute(_TOKENS_SO_FAR)
    op.execute(_ENTRIES_SO_FAR)


def _make_recorded(name: str, *columns: "sa.Column[str] | sa.Column[bool] | sa.Column[datetime]") -> None:
    instant = config.database.UtcDateTime
    op.create_table(
        name,
        sa.Column("recorded_at", instant(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("superseded_at", instant(), nullable=True),
        sa.Column("superseded_by", sa.String(), nullable=True),
        sa.Column("restores", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    for column in ("recorded_at", "superseded_at"):
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column], unique=False)
