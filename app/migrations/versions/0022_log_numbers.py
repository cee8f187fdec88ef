"""Where the numbers of a source's own records jump is told of logs that are imported from now on."""

import sqlalchemy as sa
from alembic import op

from config.database import UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of numbers that follow one another."""
    op.create_table(
        "log_numbers",
        sa.Column("import_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("first", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("beginning", sa.String(), nullable=False),
        sa.Column("first_time", UtcDateTime(), nullable=False),
        sa.Column("last_time", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["log_imports.id"], name=op.f("fk_log_numbers_import_id_log_imports")),
        sa.PrimaryKeyConstraint("import_id", "first", name=op.f("pk_log_numbers")),
    )
