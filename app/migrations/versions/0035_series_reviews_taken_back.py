"""A yearly review of a data series can be taken back, as an answer in a review of the inventory."""

import sqlalchemy as sa
from alembic import op

from config.database import UtcDateTime

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add when and by whom a review was taken back; those that are there count."""
    op.add_column("series_reviews", sa.Column("taken_back_at", UtcDateTime(), nullable=True))
    op.add_column("series_reviews", sa.Column("taken_back_by", sa.String(), nullable=True))
