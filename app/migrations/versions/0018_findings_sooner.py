"""Findings are found by whom and what they are about, and counted by month and status, without reading each."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the indexes; that of the month gets more columns."""
    op.drop_index(op.f("ix_findings_month"), table_name="findings")
    for columns in (["who"], ["what"], ["month", "verdict", "figures_id"], ["status", "figures_id"]):
        op.create_index(op.f(f"ix_findings_{columns[0]}"), "findings", columns, unique=False)
