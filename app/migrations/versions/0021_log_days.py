"""It is known which days each source was seen, which were expected, and what an audit did not see.

The days of logs that were imported before are counted by the next audit, and by whoever asks before it.
"""

import sqlalchemy as sa
from alembic import op

from config.database import UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of days and of what is expected, and let audits keep what they said of days not seen."""
    op.create_table(
        "log_days",
        sa.Column("import_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("events", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["log_imports.id"], name=op.f("fk_log_days_import_id_log_imports")),
        sa.PrimaryKeyConstraint("import_id", "day", name=op.f("pk_log_days")),
    )
    op.create_table(
        "expected_logs",
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("superseded_by", sa.String(), nullable=True),
        sa.Column("restores", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("cadence", sa.String(), nullable=False),
        sa.Column("keeps_days", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expected_logs")),
    )
    for column in ("recorded_at", "source", "superseded_at"):
        op.create_index(op.f(f"ix_expected_logs_{column}"), "expected_logs", [column], unique=False)
    op.add_column("audit_runs", sa.Column("days_not_seen", sa.Integer(), nullable=True))
    op.add_column("audit_runs", sa.Column("not_seen", sa.Text(), server_default=sa.text("''"), nullable=False))
