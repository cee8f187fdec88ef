"""An audit goes on from what the one before decided: its row tells what the cache must hold to be believed."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the digest of what is kept of an audit."""
    op.add_column("audit_runs", sa.Column("kept", sa.String(), server_default=sa.text("''"), nullable=False))
