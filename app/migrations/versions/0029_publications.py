"""The inventory is published in versions, its policies say what the entity entered, and series are reviewed."""

import sqlalchemy as sa
from alembic import op

from config.database import UtcDateTime

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of published versions, of what policies say, and of reviews."""
    op.create_table(
        "inventory_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.Column("published_by", sa.String(), nullable=False),
        sa.Column("known_at", UtcDateTime(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_versions")),
    )
    op.create_index(op.f("ix_inventory_versions_number"), "inventory_versions", ["number"], unique=True)
    op.create_table(
        "entity_details",
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("superseded_by", sa.String(), nullable=True),
        sa.Column("restores", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entity_details")),
    )
    for column in ("name", "recorded_at", "superseded_at"):
        op.create_index(op.f(f"ix_entity_details_{column}"), "entity_details", [column], unique=False)
    op.create_table(
        "series_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("reviewed_at", UtcDateTime(), nullable=False),
        sa.Column("reviewed_by", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series_reviews")),
    )
    op.create_index(op.f("ix_series_reviews_series"), "series_reviews", ["series"], unique=False)
