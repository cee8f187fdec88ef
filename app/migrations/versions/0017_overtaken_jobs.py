"""An overtaken job names the job that does it anew; what ended duties were used for is counted by a job, and kept."""

import sqlalchemy as sa
from alembic import op

from config.database import UtcDateTime

revision = "0017"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the number of the job that does it anew, and the table of what ended duties were used for."""
    op.add_column("jobs", sa.Column("followed_by", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_jobs_followed_by"), "jobs", ["followed_by"], unique=False)
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
