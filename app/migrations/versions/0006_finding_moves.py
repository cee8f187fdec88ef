"""Findings move through statuses, and every move is kept; a question about the past leaves what stands alone.

What was noted before becomes the first moves. What was closed without a word on why is dismissed as `not_stated`.
"""

import sqlalchemy as sa
from alembic import op

from config.database import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_NEW_STATUS = (
    "CASE {old} WHEN 'under review' THEN 'under_review' WHEN 'closed' THEN 'dismissed' ELSE {old} END"  # of our words
)


def upgrade() -> None:
    """Make the table of moves of that of notes, and what questions about the past need."""
    _move_notes()
    _extend_findings()
    _extend_runs()


def _move_notes() -> None:
    op.create_table(
        "finding_moves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("from_status", sa.String(), nullable=False),
        sa.Column("to_status", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("exception_ends", UtcDateTime(), nullable=True),
        sa.Column("referred_to", sa.String(), nullable=False),
        sa.Column("moved_at", UtcDateTime(), nullable=False),
        sa.Column("moved_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name=op.f("fk_finding_moves_finding_id_findings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_moves")),
    )
    op.create_index(op.f("ix_finding_moves_finding_id"), "finding_moves", ["finding_id"], unique=False)
    before = "coalesce(lag(status) OVER (PARTITION BY finding_id ORDER BY id), 'open')"
    op.execute(
        "INSERT INTO finding_moves "  # noqa: S608 - of our words
        "(finding_id, from_status, to_status, note, reason, owner, referred_to, moved_at, moved_by) "
        f"SELECT finding_id, {_NEW_STATUS.format(old='before')}, {_NEW_STATUS.format(old='status')}, note, "
        "CASE WHEN status = 'closed' AND before <> 'closed' THEN 'not_stated' ELSE '' END, '', '', noted_at, noted_by "
        f"FROM (SELECT n.*, {before} AS before FROM finding_notes n) told ORDER BY id"
    )
    op.drop_index(op.f("ix_finding_notes_finding_id"), table_name="finding_notes")
    op.drop_table("finding_notes")


def _extend_findings() -> None:
    op.add_column("findings", sa.Column("closed_events", sa.Integer(), nullable=True))
    op.add_column("findings", sa.Column("exception_ends", UtcDateTime(), nullable=True))
    op.add_column("finding_figures", sa.Column("until_run", sa.Integer(), nullable=True))
    op.execute(f"UPDATE findings SET status = {_NEW_STATUS.format(old='status')}")  # noqa: S608 - of our words
    op.execute(
        "UPDATE findings SET closed_events = (SELECT f.events FROM finding_figures f WHERE f.finding_id = findings.id "
        "ORDER BY f.id DESC LIMIT 1) WHERE status = 'dismissed'"
    )
    # figures stood until the next ones of their finding; from when on a finding was not found at all was not kept
    op.execute(
        "UPDATE finding_figures SET until_run = coalesce((SELECT min(n.run_id) FROM finding_figures n "
        "WHERE n.finding_id = finding_figures.finding_id AND n.id > finding_figures.id), "
        "(SELECT max(id) FROM audit_runs)) "
        "WHERE NOT EXISTS (SELECT 1 FROM findings f WHERE f.figures_id = finding_figures.id)"
    )


def _extend_runs() -> None:
    op.add_column("audit_runs", sa.Column("is_question", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "question_findings",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("who_is_employee", sa.Boolean(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("what_is_series", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("first", UtcDateTime(), nullable=False),
        sa.Column("last", UtcDateTime(), nullable=False),
        sa.Column("subjects", sa.Integer(), nullable=False),
        sa.Column("actions", sa.String(), nullable=False),
        sa.Column("sources", sa.String(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("difference", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["audit_runs.id"], name=op.f("fk_question_findings_run_id_audit_runs")),
        sa.PrimaryKeyConstraint("run_id", "key", name=op.f("pk_question_findings")),
    )
