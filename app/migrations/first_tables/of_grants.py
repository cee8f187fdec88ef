"""The first tables of what grants somebody something, and of who holds an office."""

import sqlalchemy as sa
from alembic import op

from app.migrations.first_tables.recorded_table import create_recorded_table
from config.database import UtcDateTime


def create_tables_of_grants() -> None:
    """Make them, each before those that refer to it."""
    _create_work_access()
    _create_temporary_duties()
    _create_officers()
    _create_officer_duties()


def _create_work_access() -> None:
    create_recorded_table(
        "work_access",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("holder_type", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("actions", sa.String(), nullable=False),
        sa.Column("purposes", sa.String(), nullable=False),
        sa.Column("start", UtcDateTime(), nullable=True),
        sa.Column("end", UtcDateTime(), nullable=True),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("stated_recorded_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_access")),
    )
    op.create_index(op.f("ix_work_access_series"), "work_access", ["series"], unique=False)


def _create_temporary_duties() -> None:
    create_recorded_table(
        "temporary_duties",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("actions", sa.String(), nullable=False),
        sa.Column("purposes", sa.String(), nullable=False),
        sa.Column("start", UtcDateTime(), nullable=False),
        sa.Column("end", UtcDateTime(), nullable=False),
        sa.Column("granted_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("stated_recorded_at", UtcDateTime(), nullable=True),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_temporary_duties")),
    )
    op.create_index(op.f("ix_temporary_duties_employee_id"), "temporary_duties", ["employee_id"], unique=False)
    op.create_index(op.f("ix_temporary_duties_series"), "temporary_duties", ["series"], unique=False)


def _create_officers() -> None:
    create_recorded_table(
        "officers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("start", UtcDateTime(), nullable=True),
        sa.Column("end", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officers")),
    )
    op.create_index(op.f("ix_officers_employee_id"), "officers", ["employee_id"], unique=False)


def _create_officer_duties() -> None:
    create_recorded_table(
        "officer_duties",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("duty", sa.String(), nullable=False),
        sa.Column("start", UtcDateTime(), nullable=False),
        sa.Column("end", UtcDateTime(), nullable=False),
        sa.Column("stated_recorded_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer_duties")),
    )
    op.create_index(op.f("ix_officer_duties_employee_id"), "officer_duties", ["employee_id"], unique=False)
