"""Unreadable records leave the list once they were repaired: what went out is remembered, and what came in of it."""

import sqlalchemy as sa
from alembic import op

from config.database import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of what was exported, and of what was repaired."""
    op.create_table(
        "reject_exports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("header", sa.Text(), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("import_ids", sa.Text(), nullable=False),
        sa.Column("repaired_by", sa.Text(), nullable=False),
        sa.Column("exported_at", UtcDateTime(), nullable=False),
        sa.Column("exported_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reject_exports")),
    )
    op.create_index(op.f("ix_reject_exports_source"), "reject_exports", ["source"], unique=False)
    op.create_table(
        "repaired_rejects",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.BigInteger(), nullable=False),
        sa.Column("reject_key", sa.String(), nullable=False),
        sa.Column("is_read", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["log_imports.id"], name=op.f("fk_repaired_rejects_import_id_log_imports")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repaired_rejects")),
    )
    op.create_index(op.f("ix_repaired_rejects_import_id"), "repaired_rejects", ["import_id"], unique=False)
