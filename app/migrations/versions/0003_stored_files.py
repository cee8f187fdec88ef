"""Receipts list each file of the store with its rows and its digest, as a file that was tampered with must be noticed.

Events are kept as numbers now. What an earlier version kept cannot be read any more, and is not converted: an import of
the same logs makes it anew.
"""

import sqlalchemy as sa
from alembic import op

from config.errors import Conflict

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of stored files.

    Raises:
        Conflict: Logs were imported by an earlier version.
    """
    if op.get_bind().execute(sa.text("SELECT count(*) FROM log_imports")).scalar_one():
        raise Conflict(
            "An earlier version of this program imported logs into this data folder, and keeps them otherwise. Nothing "
            "was changed; set up a new data folder and import the same files there."
        )
    with op.batch_alter_table("log_imports") as table:
        table.drop_column("event_file")
        table.drop_column("rejects_file")
        table.add_column(sa.Column("key_fields", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("whole_names", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("log_imports") as table:
        table.alter_column("key_fields", server_default=None)
        table.alter_column("whole_names", server_default=None)
    with op.batch_alter_table("audit_runs") as table:
        table.add_column(sa.Column("stamp", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("audit_runs") as table:
        table.alter_column("stamp", server_default=None)
    op.create_table(
        "stored_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["log_imports.id"], name=op.f("fk_stored_files_import_id_log_imports")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_files")),
        sa.UniqueConstraint("kind", "name", name=op.f("uq_stored_files_kind")),
    )
    op.create_index(op.f("ix_stored_files_import_id"), "stored_files", ["import_id"], unique=False)
