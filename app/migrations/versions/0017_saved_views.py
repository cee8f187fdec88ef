"""Officials save views of the findings, and see from where their sessions were begun; what they typed outlives one."""

import sqlalchemy as sa
from alembic import op

import config.database

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of saved views and of kept forms, and keep the address of a session."""
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("saved_at", config.database.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
        sa.UniqueConstraint("login", "name", name=op.f("uq_saved_views_login")),
    )
    op.create_index(op.f("ix_saved_views_login"), "saved_views", ["login"], unique=False)
    op.add_column("official_sessions", sa.Column("address", sa.String(), nullable=True))
    op.create_table(
        "kept_forms",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("kept_at", config.database.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_forms")),
    )
    op.create_index(op.f("ix_kept_forms_kept_at"), "kept_forms", ["kept_at"], unique=False)
