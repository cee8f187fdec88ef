"""A table of the record, as it was at first: its rows say since when they were known, and until when they stood."""

import sqlalchemy as sa
from alembic import op

from config.database import UtcDateTime


def create_recorded_table(name: str, *columns: sa.schema.SchemaItem) -> None:
    """Make a table whose rows say since when they were known, and until when they stood."""
    op.create_table(
        name,
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("superseded_by", sa.String(), nullable=True),
        *columns,
    )
    for column in ("recorded_at", "superseded_at"):
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column], unique=False)
