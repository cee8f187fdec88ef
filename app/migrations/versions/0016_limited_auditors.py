"""An auditor may be limited to named months and sources."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to officials the months and sources to which they are limited."""
    for column in ("months", "sources"):
        op.add_column("officials", sa.Column(column, sa.String(), nullable=False, server_default=sa.text("''")))
