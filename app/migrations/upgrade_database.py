"""Brings a database to the newest version of the tables."""

from collections.abc import Callable

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlmodel import Session

from config.sessions import transaction


def upgrade_database(engine: Engine, check: Callable[[Session], None] = lambda _: None) -> None:
    """Bring a database to the newest version, in one transaction.

    The caller holds the lock of the data folder.

    Args:
        check: Looks at the upgraded tables; where it refuses, nothing was changed.

    Raises:
        Conflict: The database cannot be reached or written to.
    """
    with transaction(engine) as session:
        command.upgrade(alembic_config(session.connection()), "head")
        check(session)


def known_revisions() -> list[str]:
    """Give the revisions that this program knows, the newest first."""
    return [script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()]


def alembic_config(connection: Connection | None = None) -> Config:
    """Give what Alembic needs to know: where the migrations are, and the connection that they run on."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "app:migrations")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config
