"""What a data folder and its database hold, taken once and put into many: copying is quicker than entering anew."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import psycopg

from config.settings import Settings

_TABLES = """
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'alembic_version' ORDER BY relname
"""
_SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"


@dataclass(frozen=True)
class Snapshot:
    """What was taken.

    Args:
        folder: A copy of the data folder, with its database where that is SQLite's.
        rows: Each table's rows on a server, as it copies them out.
        counters: The last number of each sequence on a server.
    """

    folder: Path
    rows: dict[str, bytes]
    counters: dict[str, int]

    def put_into(self, settings: Settings) -> None:
        """Put it into a data folder and a database that have all tables and no rows; nothing has opened them yet."""
        shutil.copytree(self.folder, settings.data_dir, dirs_exist_ok=True)
        if settings.database_url is None:
            return
        with psycopg.connect(settings.database_url) as connection:
            connection.execute("SET session_replication_role = replica")  # no foreign keys for now
            for table, rows in self.rows.items():
                with connection.cursor().copy(f'COPY "{table}" FROM STDIN'.encode()) as copy:
                    copy.write(rows)
            for name, number in self.counters.items():
                connection.execute("SELECT setval(%s, %s)", [name, number])


def take(settings: Settings, folder: Path) -> Snapshot:
    """Take what a data folder and its database hold into a folder that is not there yet; nobody uses them."""
    shutil.copytree(settings.data_dir, folder)
    if settings.database_url is None:
        return Snapshot(folder, {}, {})
    with psycopg.connect(settings.database_url) as connection:
        tables = [name for (name,) in connection.execute(_TABLES)]
        rows = {table: _rows_of(connection, table) for table in tables}
        return Snapshot(
            folder, {table: text for table, text in rows.items() if text}, dict(connection.execute(_SEQUENCES))
        )


def _rows_of(connection: psycopg.Connection, table: str) -> bytes:
    with connection.cursor().copy(f'COPY "{table}" TO STDOUT'.encode()) as copy:
        return b"".join(copy)
