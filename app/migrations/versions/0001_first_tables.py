"""The tables with which the program began: the record of the inventory, of who may reach what, and of the audits."""

import sqlalchemy as sa
from alembic import op

import config.database

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    _create_tables_of_the_inventory()
    _create_tables_of_people()
    _create_tables_of_grants()
    _create_tables_of_logs()
    _create_tables_of_audits()


def _create_recorded_table(name: str, *columns: sa.schema.SchemaItem) -> None:
    """Make a table whose rows say since when they were known, and until when they stood."""
    op.create_table(
        name,
        sa.Column("recorded_at", config.database.UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("superseded_at", config.database.UtcDateTime(), nullable=True),
        sa.Column("superseded_by", sa.String(), nullable=True),
        *columns,
    )
    for column in ("recorded_at", "superseded_at"):
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column], unique=False)


def _create_tables_of_the_inventory() -> None:
    _create_recorded_table(
        "entities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("responsible_authority", sa.String(), nullable=False),
        sa.Column("responsible_authority_title", sa.String(), nullable=False),
        sa.Column("responsible_authority_address", sa.String(), nullable=False),
        sa.Column("compliance_official", sa.String(), nullable=False),
        sa.Column("went_live_at", config.database.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entities")),
    )
    _create_recorded_table(
        "data_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("classification_text", sa.String(), nullable=False),
        sa.Column("classes", sa.String(), nullable=False),
        sa.Column("unreadable_classes", sa.String(), nullable=False),
        sa.Column("citation_text", sa.String(), nullable=False),
        sa.Column("citations", sa.String(), nullable=False),
        sa.Column("unreadable_citations", sa.String(), nullable=False),
        sa.Column("work_access_text", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("systems", sa.String(), nullable=False),
        sa.Column("retention", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_series")),
    )
    op.create_index(op.f("ix_data_series_code"), "data_series", ["code"], unique=False)
    op.create_index(op.f("ix_data_series_name"), "data_series", ["name"], unique=False)
    _create_recorded_table(
        "work_access_parts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_access_parts")),
    )
    op.create_index(op.f("ix_work_access_parts_series"), "work_access_parts", ["series"], unique=False)
    _create_recorded_table(
        "part_resolutions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("holder_type", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_part_resolutions")),
    )
    op.create_index(op.f("ix_part_resolutions_series"), "part_resolutions", ["series"], unique=False)
    _create_recorded_table(
        "resource_patterns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("pattern", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource_patterns")),
    )
    _create_recorded_table(
        "heading_mappings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("column", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heading_mappings")),
    )
    op.create_index(op.f("ix_heading_mappings_kind"), "heading_mappings", ["kind"], unique=False)


def _create_tables_of_people() -> None:
    _create_recorded_table(
        "employees",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("manager_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employees")),
    )
    op.create_index(op.f("ix_employees_employee_id"), "employees", ["employee_id"], unique=False)
    _create_recorded_table(
        "employments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("start", config.database.UtcDateTime(), nullable=True),
        sa.Column("end", config.database.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employments")),
    )
    op.create_index(op.f("ix_employments_employee_id"), "employments", ["employee_id"], unique=False)
    _create_recorded_table(
        "positions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position_code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_positions")),
    )
    op.create_index(op.f("ix_positions_position_code"), "positions", ["position_code"], unique=False)
    _create_recorded_table(
        "assignments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("position_code", sa.String(), nullable=False),
        sa.Column("start", config.database.UtcDateTime(), nullable=True),
        sa.Column("end", config.database.UtcDateTime(), nullable=True),
        sa.Column("stated_recorded_at", config.database.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
    )
    op.create_index(op.f("ix_assignments_employee_id"), "assignments", ["employee_id"], unique=False)
    op.create_index(op.f("ix_assignments_position_code"), "assignments", ["position_code"], unique=False)
    _create_recorded_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("start", config.database.UtcDateTime(), nullable=True),
        sa.Column("end", config.database.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
    )
    op.create_index(op.f("ix_accounts_login"), "accounts", ["login"], unique=False)


def _create_tables_of_grants() -> None:
    _create_recorded_table(
        "work_access",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("holder_type", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("actions", sa.String(), nullable=False),
        sa.Column("purposes", sa.String(), nullable=False),
        sa.Column("start", config.database.UtcDateTime(), nullable=True),
        sa.Column("end", config.database.UtcDateTime(), nullable=True),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("stated_recorded_at", config.database.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_access")),
    )
    op.create_index(op.f("ix_work_access_series"), "work_access", ["series"], unique=False)
    _create_recorded_table(
        "temporary_duties",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("actions", sa.String(), nullable=False),
        sa.Column("purposes", sa.String(), nullable=False),
        sa.Column("start", config.database.UtcDateTime(), nullable=False),
        sa.Column("end", config.database.UtcDateTime(), nullable=False),
        sa.Column("granted_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("stated_recorded_at", config.database.UtcDateTime(), nullable=True),
        sa.Column("revoked_at", config.database.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_temporary_duties")),
    )
    op.create_index(op.f("ix_temporary_duties_employee_id"), "temporary_duties", ["employee_id"], unique=False)
    op.create_index(op.f("ix_temporary_duties_series"), "temporary_duties", ["series"], unique=False)
    _create_recorded_table(
        "officers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("start", config.database.UtcDateTime(), nullable=True),
        sa.Column("end", config.database.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officers")),
    )
    op.create_index(op.f("ix_officers_employee_id"), "officers", ["employee_id"], unique=False)
    _create_recorded_table(
        "officer_duties",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("duty", sa.String(), nullable=False),
        sa.Column("start", config.database.UtcDateTime(), nullable=False),
        sa.Column("end", config.database.UtcDateTime(), nullable=False),
        sa.Column("stated_recorded_at", config.database.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer_duties")),
    )
    op.create_index(op.f("ix_officer_duties_employee_id"), "officer_duties", ["employee_id"], unique=False)


def _create_tables_of_logs() -> None:
    _create_recorded_table(
        "sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
    )
    op.create_index(op.f("ix_sources_name"), "sources", ["name"], unique=False)
    op.create_table(
        "log_imports",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_sha256", sa.String(), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("already_known", sa.Integer(), nullable=False),
        sa.Column("unreadable", sa.Integer(), nullable=False),
        sa.Column("passed_over", sa.Integer(), nullable=False),
        sa.Column("twice_local", sa.Integer(), nullable=False),
        sa.Column("missing_local", sa.Integer(), nullable=False),
        sa.Column("first_time", config.database.UtcDateTime(), nullable=True),
        sa.Column("last_time", config.database.UtcDateTime(), nullable=True),
        sa.Column("event_file", sa.String(), nullable=False),
        sa.Column("rejects_file", sa.String(), nullable=False),
        sa.Column("imported_at", config.database.UtcDateTime(), nullable=False),
        sa.Column("imported_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_imports")),
    )
    op.create_index(op.f("ix_log_imports_source"), "log_imports", ["source"], unique=False)


def _create_tables_of_audits() -> None:
    op.create_table(
        "audit_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("range_start", config.database.UtcDateTime(), nullable=True),
        sa.Column("range_end", config.database.UtcDateTime(), nullable=True),
        sa.Column("known_at", config.database.UtcDateTime(), nullable=False),
        sa.Column("logs_known_at", config.database.UtcDateTime(), nullable=False),
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
        sa.Column("run_at", config.database.UtcDateTime(), nullable=False),
        sa.Column("run_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_runs")),
    )
    op.create_index(op.f("ix_audit_runs_digest"), "audit_runs", ["digest"], unique=False)
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
    op.create_table(
        "finding_figures",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("first", config.database.UtcDateTime(), nullable=False),
        sa.Column("last", config.database.UtcDateTime(), nullable=False),
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
    op.create_table(
        "finding_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("noted_at", config.database.UtcDateTime(), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name=op.f("fk_finding_notes_finding_id_findings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_notes")),
    )
    op.create_index(op.f("ix_finding_notes_finding_id"), "finding_notes", ["finding_id"], unique=False)
