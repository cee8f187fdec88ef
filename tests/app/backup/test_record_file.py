"""The file of a SQLite record is read beside SQLite only where it is one state, and SQLite keeps its locks."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.backup.record_file import file_alone, open_for_good
from config.database import connect, reading_rows
from tests.app.backup.town_backups import NEW_PERSON, backed_up, content, fresh, restored
from tests.town import Town

_CHECKPOINTS = ("PASSIVE", "FULL", "RESTART", "TRUNCATE")
_ASK = "import sqlite3, sys; print(*sqlite3.connect(sys.argv[1], timeout=0).execute(sys.argv[2]).fetchone())"


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Engine]:
    """Give a record of one row that others have open too, so that its log stays."""
    engine = connect(f"sqlite:///{tmp_path / 'record.sqlite'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE facts (fact)")
    with engine.connect():
        yield engine
    engine.dispose()


def _write(engine: Engine, fact: str) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO facts VALUES (?)", (fact,))


def _bytes_of(file: Path) -> bytes:
    return os.pread(open_for_good(file), file.stat().st_size, 0)


@pytest.mark.parametrize("checkpoint", _CHECKPOINTS)
def test_what_others_write_does_not_come_into_the_file_that_is_read(record: Engine, checkpoint: str) -> None:
    _write(record, "before")
    with reading_rows(record) as reader, closing(sqlite3.connect(str(record.url.database), timeout=0)) as other:
        file = file_alone(reader)
        assert file is not None
        before = _bytes_of(file)
        _write(record, "meanwhile")
        other.execute(f"PRAGMA wal_checkpoint({checkpoint})")
        assert _bytes_of(file) == before

    assert b"before" in before
    assert b"meanwhile" not in before


def test_a_file_that_lacks_what_is_in_its_log_is_not_taken_for_the_record(record: Engine) -> None:
    with reading_rows(record) as earlier, reading_rows(record) as later:
        earlier.exec_driver_sql("SELECT * FROM facts")
        _write(record, "in the log, as somebody still reads what was before")

        assert file_alone(later) is None


def test_what_is_still_in_the_log_is_in_the_backup(town: Town, tmp_path: Path) -> None:
    town.session.commit()
    engine = connect(town.settings.resolved_database_url())
    with reading_rows(engine) as earlier:
        earlier.exec_driver_sql("SELECT * FROM employees")
        town.enter("employees", NEW_PERSON)
        backup = backed_up(town, tmp_path / "town.backup")
    engine.dispose()

    restored(fresh(tmp_path), backup)

    assert content(fresh(tmp_path)) == content(town.settings)


def test_sqlite_keeps_its_locks_on_a_file_that_a_backup_was_made_of(town: Town, tmp_path: Path) -> None:
    town.session.commit()
    engine = connect(town.settings.resolved_database_url())
    with engine.connect():
        backed_up(town, tmp_path / "town.backup")
        alone = _ask_elsewhere(str(engine.url.database), "PRAGMA journal_mode=DELETE")
    engine.dispose()

    assert "database is locked" in alone


def test_a_file_is_opened_once_and_another_of_its_name_anew(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    path.write_bytes(b"one")
    first = open_for_good(path)

    assert open_for_good(path) == first
    path.rename(tmp_path / "old.sqlite")
    path.write_bytes(b"another")
    assert open_for_good(path) != first


def _ask_elsewhere(file: str, statement: str) -> str:
    """Ask a database in another process, and give what it says, or why it says nothing."""
    command = [sys.executable, "-c", _ASK, file, statement]
    asked = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - Python itself
    return asked.stdout + asked.stderr
