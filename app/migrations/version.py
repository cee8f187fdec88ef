"""How a database stands to the tables of this program; Alembic, which is slow to load, is asked only of an old one."""

from enum import Enum

from sqlalchemy import Connection, Engine, inspect, text

from config.database import reading_rows
from config.errors import Conflict

NEWEST_REVISION = "0037"  # of the migrations in `versions/`
_REVISIONS = "alembic_version"  # the table in which Alembic keeps the revision of a database


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
    with reading_rows(engine) as connection:
        revision = _find_revision(connection)
        if revision is None:
            _refuse_hidden_tables(connection)
            return Version.FOREIGN if inspect(connection).get_table_names() else Version.EMPTY
    if revision == NEWEST_REVISION:
        return Version.NEWEST
    from app.migrations.upgrade_database import known_revisions  # noqa: PLC0415 - loads Alembic, which is seldom needed

    return Version.OLDER if revision in known_revisions() else Version.UNKNOWN


def _find_revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_REVISIONS):
        return None
    revision: str | None = connection.scalar(text(f"SELECT version_num FROM {_REVISIONS}"))  # noqa: S608 - our own name
    return revision


def _refuse_hidden_tables(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        return
    elsewhere = "tablename = 'work_access_parts' AND schemaname IS DISTINCT FROM current_schema()"
    schema = connection.scalar(text(f"SELECT schemaname FROM pg_tables WHERE {elsewhere} LIMIT 1"))  # noqa: S608 - our own words
    if schema is not None:
        raise Conflict(
            f"The tables of this program lie in the schema {schema} of the PostgreSQL database, but the account that "
            "opens it looks elsewhere. Nothing was changed; have the server's administrator put "
            f"{schema} first in the account's search_path."
        )
