"""A change of work access that makes findings read otherwise waits for a second official."""

import sqlalchemy as sa
from alembic import op

from config.database import UtcDateTime

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of what is proposed, and of how it was answered."""
    op.create_table(
        "access_proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("series", "holder_type", "holder", "actions", "purposes")
        ),
        sa.Column("start", UtcDateTime(), nullable=True),
        sa.Column("end", UtcDateTime(), nullable=True),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("stated_recorded_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=False),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposer", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_proposals")),
    )
    op.create_index(op.f("ix_access_proposals_series"), "access_proposals", ["series"], unique=False)
    _make_answers()


def _make_answers() -> None:
    op.create_table(
        "proposal_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("import_number", sa.Integer(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["access_proposals.id"],
            name=op.f("fk_proposal_answers_proposal_id_access_proposals"),
        ),
        sa.ForeignKeyConstraint(
            ["import_number"], ["imports.number"], name=op.f("fk_proposal_answers_import_number_imports")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_answers")),
        sa.UniqueConstraint("proposal_id", name=op.f("uq_proposal_answers_proposal_id")),
    )
