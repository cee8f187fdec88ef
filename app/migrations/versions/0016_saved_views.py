"""Officials save views of the findings, and see from where each of their sessions was begun."""

import sqlalchemy as sa
from alembic import op

import config.database

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of saved views, and keep the address of a session."""
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
