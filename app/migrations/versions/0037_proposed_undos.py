"""The taking back of a change of work access can wait for a second official, as the change itself does."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add which change would be taken back; none of those that were proposed takes back any."""
    op.add_column("access_proposals", sa.Column("takes_back", sa.Integer(), nullable=True))
