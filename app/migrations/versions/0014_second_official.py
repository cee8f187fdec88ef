"""A finding under review has an assignee; a dismissal about one's own department waits for a second official."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add who reviews a finding and who proposed its dismissal, to findings and to their moves."""
    for table, columns in (
        ("findings", ("assignee", "dismissal_proposed_by")),
        ("finding_moves", ("assignee", "proposes")),
    ):
        for column in columns:
            op.add_column(table, sa.Column(column, sa.String(), nullable=False, server_default=sa.text("''")))
    op.create_index(op.f("ix_findings_assignee"), "findings", ["assignee"], unique=False)
