"""What ended duties were used for is counted by a job, and kept."""

import sqlalchemy as sa
from alembic import op

from config.database import UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of what ended duties were used for."""
    op.create_table(
        "duty_outcomes",
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("last_use", UtcDateTime(), nullable=True),
        sa.Column("counted_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["duty_id"], ["temporary_duties.id"], name=op.f("fk_duty_outcomes_duty_id_temporary_duties")
        ),
        sa.PrimaryKeyConstraint("duty_id", name=op.f("pk_duty_outcomes")),
    )
