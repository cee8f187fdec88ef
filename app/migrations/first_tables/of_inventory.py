"""The first tables of the inventory, of what its texts name, and of where the data lie."""

import sqlalchemy as sa
from alembic import op

from app.migrations.first_tables.recorded_table import create_recorded_table
from config.database import UtcDateTime


def create_tables_of_the_inventory() -> None:
    """Make them, each before those that refer to it."""
    _create_entities()
    _create_data_series()
    _create_work_access_parts()
    _create_part_resolutions()
    _create_resource_patterns()
    _create_heading_mappings()


def _create_entities() -> None:
    create_recorded_table(
        "entities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("responsible_authority", sa.String(), nullable=False),
        sa.Column("responsible_authority_title", sa.String(), nullable=False),
        sa.Column("responsible_authority_address", sa.String(), nullable=False),
        sa.Column("compliance_official", sa.String(), nullable=False),
        sa.Column("went_live_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entities")),
    )


def _create_data_series() -> None:
    create_recorded_table(
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


def _create_work_access_parts() -> None:
    create_recorded_table(
        "work_access_parts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_access_parts")),
    )
    op.create_index(op.f("ix_work_access_parts_series"), "work_access_parts", ["series"], unique=False)


def _create_part_resolutions() -> None:
    create_recorded_table(
        "part_resolutions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("holder_type", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_part_resolutions")),
    )
    op.create_index(op.f("ix_part_resolutions_series"), "part_resolutions", ["series"], unique=False)


def _create_resource_patterns() -> None:
    create_recorded_table(
        "resource_patterns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("pattern", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource_patterns")),
    )


def _create_heading_mappings() -> None:
    create_recorded_table(
        "heading_mappings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("column", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heading_mappings")),
    )
    op.create_index(op.f("ix_heading_mappings_kind"), "heading_mappings", ["kind"], unique=False)
