"""What people type as reason means purposes that work access lists, and names cases: lists of both, with two clocks."""

import sqlalchemy as sa
from alembic import op

import config.database

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of what texts of sources mean, and of cases."""
    instant = config.database.UtcDateTime
    _make_recorded(
        "purpose_meanings",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("typed", sa.String(), nullable=False),
        sa.Column("match", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
    )
    op.create_index(op.f("ix_purpose_meanings_source"), "purpose_meanings", ["source"], unique=False)
    _make_recorded(
        "listed_cases",
        sa.Column("case_number", sa.String(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("start", instant(), nullable=True),
        sa.Column("end", instant(), nullable=True),
    )


def _make_recorded(name: str, *columns: sa.Column[str]) -> None:
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
