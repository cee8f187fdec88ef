"""Files are uploaded to be imported: staged with a preview, then applied or given up."""

import sqlalchemy as sa
from alembic import op

import config.database

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of uploads."""
    instant = config.database.UtcDateTime
    op.create_table(
        "uploads",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("uploaded_by", sa.String(), nullable=False),
        sa.Column("uploaded_at", instant(), nullable=False),
        sa.Column("first_job", sa.Integer(), nullable=False),
        sa.Column("newest_job", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ended_at", instant(), nullable=True),
        sa.ForeignKeyConstraint(["first_job"], ["jobs.number"], name=op.f("fk_uploads_first_job_jobs")),
        sa.ForeignKeyConstraint(["newest_job"], ["jobs.number"], name=op.f("fk_uploads_newest_job_jobs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
        sa.UniqueConstraint("first_job", name=op.f("uq_uploads_first_job")),
    )
