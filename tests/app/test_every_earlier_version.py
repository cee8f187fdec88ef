"""A record of every earlier version of the tables, with a row in each, becomes one of this version and loses none."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Column, Connection, Engine, MetaData, Table, func, select
from sqlalchemy.types import TypeEngine

from app.backup.copy_record import copy_to_file
from app.migrations.comparison import COMPARISON, TABLES
from app.migrations.upgrade_database import alembic_config, known_revisions, upgrade_database
from app.migrations.version import NEWEST_REVISION, Version, find_version
from config.database import connect
from config.sessions import reading, transaction

# Logs of before that are refused with a sentence that says what to do, and without logs an audit found nothing.
_STORED_AS_NOW, _OF_LOGS = "0003", {"log_imports", "finding_figures"}
_BECAME = {"finding_notes": "finding_moves"}
EARLIER = [revision for revision in reversed(known_revisions()) if revision != NEWEST_REVISION]
_VALUES: dict[type, object] = {
    int: 1,
    float: 1.0,
    bool: False,
    date: date(2025, 3, 1),
    datetime: datetime(2025, 3, 1, 12, tzinfo=UTC),
    bytes: b"x",
}


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Give a database of each earlier version, in which every table of that version has a row."""
    folder = tmp_path_factory.mktemp("versions")
    engine = connect(f"sqlite:///{folder / 'growing.sqlite'}")
    kept = {}
    for revision in EARLIER:
        with transaction(engine) as session:
            command.upgrade(alembic_config(session.connection()), revision)
            _fill(session.connection(), set() if revision >= _STORED_AS_NOW else _OF_LOGS)
        kept[revision] = folder / f"{revision}.sqlite"
        with reading(engine) as session:
            copy_to_file(session, kept[revision])
    engine.dispose()
    return kept


@pytest.mark.parametrize("revision", EARLIER)
def test_a_record_of_an_earlier_version_is_upgraded_and_loses_nothing(grown: dict[str, Path], revision: str) -> None:
    engine = connect(f"sqlite:///{grown[revision]}")
    before = _counts(engine)

    upgrade_database(engine)

    assert find_version(engine) is Version.NEWEST
    after = _counts(engine)
    assert {name for name, count in before.items() if after.get(_BECAME.get(name, name), 0) < count} == set()
    with reading(engine) as session:
        context = MigrationContext.configure(session.connection(), opts=COMPARISON)
        assert compare_metadata(context, TABLES) == []
        assert session.connection().exec_driver_sql("PRAGMA foreign_key_check").all() == []
    engine.dispose()


def _fill(connection: Connection, left_empty: set[str]) -> None:
    tables = MetaData()
    tables.reflect(connection)
    for table in tables.sorted_tables:
        if table.name not in left_empty and not connection.scalar(select(func.count()).select_from(table)):
            connection.execute(table.insert().values({column.name: _value(column) for column in table.columns}))


def _value(column: Column[object]) -> object:
    kind: TypeEngine[object] = column.type
    return _VALUES.get(kind.python_type, f"{column.name}")


def _counts(engine: Engine) -> dict[str, int]:
    tables = MetaData()
    with reading(engine) as session:
        tables.reflect(session.connection())
        return {table.name: _count(session.connection(), table) for table in tables.sorted_tables}


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0
