"""A row may bring back an earlier one, as the taking back of an import does; a data series may be retired."""

import sqlalchemy as sa
from alembic import op

import config.database

revision = "0008"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Give each table with two clocks the id of the row that a row brings back, and data series their retirement."""
    inspector = sa.inspect(op.get_bind())
    for table in inspector.get_table_names():
        columns = {column["name"] for column in inspector.get_columns(table)}
        if "superseded_at" in columns and "restores" not in columns:
            op.add_column(table, sa.Column("restores", sa.Integer(), nullable=True))
    op.add_column("data_series", sa.Column("retired", config.database.UtcDateTime(), nullable=True))
