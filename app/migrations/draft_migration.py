"""Drafts the next migration, for the programmer: `python -m app.migrations.draft_migration "Why it is needed."`."""

import sys

from alembic import command

from app.migrations.upgrade_database import alembic_config, known_revisions, upgrade_database
from config.database import connect
from config.sessions import transaction


def draft_migration(why: str) -> None:
    """Write the step from the newest migration to the tables of the program, to be read and mended by hand."""
    engine = connect("sqlite://")
    upgrade_database(engine)
    number = len(known_revisions()) + 1
    with transaction(engine) as session:
        command.revision(alembic_config(session.connection()), why, autogenerate=True, rev_id=f"{number:04}")


if __name__ == "__main__":
    draft_migration(sys.argv[1])
