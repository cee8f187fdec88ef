"""Brings a database to the newest version of the tables."""

from collections.abc import Callable
from enum import Enum

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text
from sqlmodel import Session

from config.database import reading, transaction
from config.errors import Conflict


class Version(Enum):
    """How a database stands to the tables of this program."""

    EMPTY = "has no tables yet"
    OLDER = "needs an upgrade"
    NEWEST = "is as this program needs it"
    UNKNOWN = "was changed by a newer version of this program"
    FOREIGN = "has tables, but none of this program"


def find_version(engine: Engine) -> Version:
    """Tell how a database stands to this program; nothing is written.

    Raises:
        Conflict: The database cannot be reached or read, or its tables are where the account does not look.
    """
    with reading(engine) as session:
        connection = session.connection()
        version = MigrationContext.configure(connection).get_current_revision()
        if version is None:
            _refuse_hidden_tables(session)
            return Version.FOREIGN if inspect(connection).get_table_names() else Version.EMPTY
    scripts = ScriptDirectory.from_config(alembic_config())
    if version == scripts.get_current_head():
        return Version.NEWEST
    known = {script.revision for script in scripts.walk_revisions()}
    return Version.OLDER if version in known else Version.UNKNOWN


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


def alembic_config(connection: Connection | None = None) -> Config:
    """Give what Alembic needs to know: where the migrations are, and the connection that they run on."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "app:migrations")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


def _refuse_hidden_tables(session: Session) -> None:
    if session.get_bind().dialect.name == "sqlite":
        return
    elsewhere = "tablename = 'work_access_parts' AND schemaname IS DISTINCT FROM current_schema()"
    schema = session.scalar(text(f"SELECT schemaname FROM pg_tables WHERE {elsewhere} LIMIT 1"))  # noqa: S608 - our own words
    if schema is not None:
        raise Conflict(
            f"The tables of this program lie in the schema {schema} of the PostgreSQL database, but the account in "
            "THIRTEEN_DATABASE_URL looks elsewhere. Nothing was changed; have the server's administrator put "
            f"{schema} first in the account's search_path."
        )
