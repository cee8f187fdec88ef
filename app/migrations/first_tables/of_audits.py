"""The first tables of audits, and of what they found."""

import sqlalchemy as sa
from alembic import op

from config.database import UtcDateTime


def create_tables_of_audits() -> None:
    """Make them, each before those that refer to it."""
    _create_audit_runs()
    _create_findings()
    _create_finding_figures()
    _create_finding_notes()


def _create_audit_runs() -> None:
    op.create_table(
        "audit_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("range_start", UtcDateTime(), nullable=True),
        sa.Column("range_end", UtcDateTime(), nullable=True),
        sa.Column("known_at", UtcDateTime(), nullable=False),
        sa.Column("logs_known_at", UtcDateTime(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("authorized", sa.Integer(), nullable=False),
        sa.Column("unauthorized", sa.Integer(), nullable=False),
        sa.Column("unresolved", sa.Integer(), nullable=False),
        sa.Column("out_of_scope", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("examined", sa.Integer(), nullable=False),
        sa.Column("agreed", sa.Integer(), nullable=False),
        sa.Column("findings", sa.Integer(), nullable=False),
        sa.Column("run_at", UtcDateTime(), nullable=False),
        sa.Column("run_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_runs")),
    )
    op.create_index(op.f("ix_audit_runs_digest"), "audit_runs", ["digest"], unique=False)


def _create_findings() -> None:
    op.create_table(
        "findings",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("who_is_employee", sa.Boolean(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("what_is_series", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("figures_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
        sa.UniqueConstraint("key", name=op.f("uq_findings_key")),
    )
    op.create_index(op.f("ix_findings_month"), "findings", ["month"], unique=False)


def _create_finding_figures() -> None:
    op.create_table(
        "finding_figures",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("first", UtcDateTime(), nullable=False),
        sa.Column("last", UtcDateTime(), nullable=False),
        sa.Column("subjects", sa.Integer(), nullable=False),
        sa.Column("actions", sa.String(), nullable=False),
        sa.Column("sources", sa.String(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name=op.f("fk_finding_figures_finding_id_findings")),
        sa.ForeignKeyConstraint(["run_id"], ["audit_runs.id"], name=op.f("fk_finding_figures_run_id_audit_runs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_figures")),
    )
    op.create_index(op.f("ix_finding_figures_finding_id"), "finding_figures", ["finding_id"], unique=False)
    op.create_index(op.f("ix_finding_figures_run_id"), "finding_figures", ["run_id"], unique=False)


def _create_finding_notes() -> None:
    op.create_table(
        "finding_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("noted_at", UtcDateTime(), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name=op.f("fk_finding_notes_finding_id_findings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_notes")),
    )
    op.create_index(op.f("ix_finding_notes_finding_id"), "finding_notes", ["finding_id"], unique=False)
