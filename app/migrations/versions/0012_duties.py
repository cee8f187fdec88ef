"""Temporary duties are asked for, approved, confirmed, extended and revoked in the service, and each step is kept.

Whose manager is whom is asked for every page of a manager's, so it has an index.
"""

import sqlalchemy as sa
from alembic import op

from config.database import UtcDateTime

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of duties that are not grants yet, and of what was done to each."""
    op.create_table(
        "duty_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("employee_id", "series", "actions", "purposes", "reason", "asked", "asked_by")
        ),
        *(sa.Column(name, UtcDateTime(), nullable=False) for name in ("start", "end", "asked_at")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("granted_by", "granter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_requests")),
    )
    op.create_index(op.f("ix_duty_requests_employee_id"), "duty_requests", ["employee_id"], unique=False)
    op.create_table(
        "duty_moves",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("request_id", "duty_id", "row_id")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("act", "note")),
        sa.Column("moved_at", UtcDateTime(), nullable=False),
        sa.Column("moved_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["duty_requests.id"], name=op.f("fk_duty_moves_request_id_duty_requests")
        ),
        *(
            sa.ForeignKeyConstraint(
                [name], ["temporary_duties.id"], name=op.f(f"fk_duty_moves_{name}_temporary_duties")
            )
            for name in ("duty_id", "row_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_moves")),
    )
    for column in ("request_id", "duty_id", "row_id"):
        op.create_index(op.f(f"ix_duty_moves_{column}"), "duty_moves", [column], unique=False)
    op.create_index(op.f("ix_employees_manager_id"), "employees", ["manager_id"], unique=False)
