"""A job that was overtaken, as what it read was changed meanwhile, names the job that does it anew."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the number of the job that does it anew."""
    op.add_column("jobs", sa.Column("followed_by", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_jobs_followed_by"), "jobs", ["followed_by"], unique=False)
