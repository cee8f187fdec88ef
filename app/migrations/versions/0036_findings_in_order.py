"""A finding bears how many accesses it has, so that a page of the list is read in the order of an index."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_COUNTED = "UPDATE findings SET accesses = (SELECT events FROM finding_figures WHERE id = figures_id)"
_INSTEAD = {
    "ix_findings_month": ["month", "accesses"],
    "ix_findings_status": ["status", "month", "accesses"],
    "ix_findings_what": ["what", "what_is_series", "month", "figures_id"],
}
_OF_FEW = {
    "ix_findings_proposed": ("dismissal_proposed_by", "dismissal_proposed_by <> ''"),
    "ix_findings_grown": ("accesses", "accesses > closed_events"),
}


def upgrade() -> None:
    """Count them from the figures that stand, and make the indexes of the list instead of those for counting."""
    op.add_column("findings", sa.Column("accesses", sa.Integer(), nullable=True))
    for name in _INSTEAD:
        op.drop_index(op.f(name), table_name="findings")
    op.execute(_COUNTED)
    op.create_index(op.f("ix_findings_accesses"), "findings", ["accesses"], unique=False)
    for name, columns in _INSTEAD.items():
        op.create_index(op.f(name), "findings", columns, unique=False)
    for name, (column, only) in _OF_FEW.items():
        op.create_index(name, "findings", [column], sqlite_where=sa.text(only), postgresql_where=sa.text(only))
