"""The first tables of people: who they are, what they hold, and their logins."""

import sqlalchemy as sa
from alembic import op

from app.migrations.first_tables.recorded_table import create_recorded_table
from config.database import UtcDateTime


def create_tables_of_people() -> None:
    """Make them, each before those that refer to it."""
    _create_employees()
    _create_employments()
    _create_positions()
    _create_assignments()
    _create_accounts()


def _create_employees() -> None:
    create_recorded_table(
        "employees",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("manager_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employees")),
    )
    op.create_index(op.f("ix_employees_employee_id"), "employees", ["employee_id"], unique=False)


def _create_employments() -> None:
    create_recorded_table(
        "employments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("start", UtcDateTime(), nullable=True),
        sa.Column("end", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employments")),
    )
    op.create_index(op.f("ix_employments_employee_id"), "employments", ["employee_id"], unique=False)


def _create_positions() -> None:
    create_recorded_table(
        "positions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position_code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_positions")),
    )
    op.create_index(op.f("ix_positions_position_code"), "positions", ["position_code"], unique=False)


def _create_assignments() -> None:
    create_recorded_table(
        "assignments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("position_code", sa.String(), nullable=False),
        sa.Column("start", UtcDateTime(), nullable=True),
        sa.Column("end", UtcDateTime(), nullable=True),
        sa.Column("stated_recorded_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
    )
    op.create_index(op.f("ix_assignments_employee_id"), "assignments", ["employee_id"], unique=False)
    op.create_index(op.f("ix_assignments_position_code"), "assignments", ["position_code"], unique=False)


def _create_accounts() -> None:
    create_recorded_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("start", UtcDateTime(), nullable=True),
        sa.Column("end", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
    )
    op.create_index(op.f("ix_accounts_login"), "accounts", ["login"], unique=False)
