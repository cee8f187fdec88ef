"""A duty is approved for less than was asked; an employee is asked to explain a finding, and answers."""

import sqlalchemy as sa
from alembic import op

from config.database import UtcDateTime

revision = "0028"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what was given of a request, and who is asked about a finding, until when, and what answers which."""
    op.add_column("duty_requests", sa.Column("given_end", UtcDateTime(), nullable=True))
    op.add_column(
        "duty_requests", sa.Column("given_actions", sa.String(), nullable=False, server_default=sa.text("''"))
    )
    op.add_column("finding_moves", sa.Column("asks", sa.String(), nullable=False, server_default=sa.text("''")))
    op.add_column("finding_moves", sa.Column("due", UtcDateTime(), nullable=True))
    op.add_column("finding_moves", sa.Column("answers", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_finding_moves_asks"), "finding_moves", ["asks"], unique=False)
