"""A database knows the data folder that belongs to it, so that another city's folder is not taken for its own."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of the folder's id."""
    op.create_table(
        "data_folders",
        sa.Column("id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_folders")),
    )
