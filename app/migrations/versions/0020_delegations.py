"""Managers let somebody stand in for them for a time."""

import sqlalchemy as sa
from alembic import op

import config.database

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of delegations."""
    instant = config.database.UtcDateTime
    op.create_table(
        "delegations",
        sa.Column("recorded_at", instant(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("superseded_at", instant(), nullable=True),
        sa.Column("superseded_by", sa.String(), nullable=True),
        sa.Column("restores", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("manager_id", sa.String(), nullable=False),
        sa.Column("delegate_id", sa.String(), nullable=False),
        sa.Column("start", instant(), nullable=False),
        sa.Column("end", instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegations")),
    )
    for column in ("delegate_id", "manager_id", "recorded_at", "superseded_at"):
        op.create_index(op.f(f"ix_delegations_{column}"), "delegations", [column], unique=False)
