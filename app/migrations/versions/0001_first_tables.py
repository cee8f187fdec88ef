"""The tables with which the program began: the record of the inventory, of who may reach what, and of the audits."""

from app.migrations.first_tables.of_audits import create_tables_of_audits
from app.migrations.first_tables.of_grants import create_tables_of_grants
from app.migrations.first_tables.of_inventory import create_tables_of_the_inventory
from app.migrations.first_tables.of_logs import create_tables_of_logs
from app.migrations.first_tables.of_people import create_tables_of_people

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    create_tables_of_the_inventory()
    create_tables_of_people()
    create_tables_of_grants()
    create_tables_of_logs()
    create_tables_of_audits()
