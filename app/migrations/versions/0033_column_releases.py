"""What of an audit trail may be handed out is decided by column, and each file of it is on the record."""

import sqlalchemy as sa
from alembic import op

from config.database import UtcDateTime

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of the decisions on columns, and of the files that were written by them."""
    op.create_table(
        "column_releases",
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("superseded_by", sa.String(), nullable=True),
        sa.Column("restores", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("column_name", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("citation", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_column_releases")),
    )
    for column in ("recorded_at", "source", "superseded_at"):
        op.create_index(op.f(f"ix_column_releases_{column}"), "column_releases", [column], unique=False)
    op.create_table(
        "trail_exports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=True),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("accesses", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("decisions", sa.Text(), nullable=False),
        sa.Column("exported_at", UtcDateTime(), nullable=False),
        sa.Column("exported_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trail_exports")),
    )
    op.create_index(op.f("ix_trail_exports_source"), "trail_exports", ["source"], unique=False)
