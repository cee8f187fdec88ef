"""Imports are numbered, as one must be named to be taken back.

What was imported before has no number: it is known when each row was recorded, not which file it came from.
"""

import sqlalchemy as sa
from alembic import op

import config.database

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the list of imports."""
    op.create_table(
        "imports",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_sha256", sa.String(), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("applied_at", config.database.UtcDateTime(), nullable=False),
        sa.Column("applied_by", sa.String(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["undoes"], ["imports.number"], name=op.f("fk_imports_undoes_imports")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_imports")),
    )
    op.create_index(op.f("ix_imports_applied_at"), "imports", ["applied_at"], unique=False)
