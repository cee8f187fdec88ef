"""Files of the store are put together by month; how long accesses are kept, held and removed is on the record."""

from datetime import date, datetime

import sqlalchemy as sa
from alembic import op

from config.database import UtcDateTime

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of files that were put together, and of retention."""
    op.add_column("stored_files", sa.Column("month", sa.String(), server_default=sa.text("''"), nullable=False))
    op.create_table(
        "file_parts",
        sa.Column("file_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("import_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_files.id"], name=op.f("fk_file_parts_file_id_stored_files")),
        sa.ForeignKeyConstraint(["import_id"], ["log_imports.id"], name=op.f("fk_file_parts_import_id_log_imports")),
        sa.PrimaryKeyConstraint("file_id", "import_id", name=op.f("pk_file_parts")),
    )
    op.create_index(op.f("ix_file_parts_import_id"), "file_parts", ["import_id"], unique=False)
    op.create_table(
        "replaced_files",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("replaced_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "name", name=op.f("pk_replaced_files")),
    )
    _make_recorded(
        "retention_rules",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("keeps", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("citation", sa.Text(), nullable=False),
        sa.Column("by_itself", sa.Boolean(), nullable=False),
    )
    _make_recorded(
        "legal_holds",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("first", sa.Date(), nullable=True),
        sa.Column("last", sa.Date(), nullable=True),
    )
    _make_removals()


def _make_recorded(name: str, *columns: "sa.Column[str] | sa.Column[int] | sa.Column[bool] | sa.Column[date]") -> None:
    op.create_table(
        name,
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("superseded_by", sa.String(), nullable=True),
        sa.Column("restores", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    for column in ("recorded_at", "source", "superseded_at"):
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column], unique=False)


def _make_removals() -> None:
    numbers = ("events", "rejects", "held")
    instants: list[sa.Column[datetime]] = [
        sa.Column(name, UtcDateTime(), nullable=name != "before") for name in ("before", "first_time", "last_time")
    ]
    op.create_table(
        "removals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        *instants,
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in numbers),
        sa.Column("keeps", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("citation", sa.Text(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=False),
        sa.Column("removed_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removals")),
    )
    op.create_index(op.f("ix_removals_source"), "removals", ["source"], unique=False)
