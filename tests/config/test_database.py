"""Transactions, reading and instants on both databases, and what is said when a database cannot be used."""

import shutil
import sqlite3
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError, InternalError, StatementError
from sqlmodel import Session, select

from audit.models import FindingMove
from config.database import connect
from config.errors import Conflict
from config.recorded import current, known_at
from config.sessions import reading, transaction
from config.settings import Settings
from config.tables.heading_mapping import HeadingMapping
from tests.config.mappings import JULY_1, a_mapping, headings, insert
from tests.databases import on_both
from tests.permissions import read_only


@pytest.fixture
def sqlite(sqlite_template: Path, tmp_path: Path) -> Path:
    """Give the file of a SQLite database with one row, closed, in a folder of its own."""
    path = tmp_path / "city" / "thirteen.sqlite"
    path.parent.mkdir()
    shutil.copyfile(sqlite_template, path)
    engine = connect(f"sqlite:///{path}")
    with transaction(engine) as session:
        session.add(a_mapping())
    engine.dispose()
    return path


@on_both
def test_an_instant_comes_back_in_utc_whatever_its_zone(session: Session) -> None:
    session.add(a_mapping(recorded_at=datetime(2025, 7, 1, 15, 0, 0, 123456, tzinfo=timezone(timedelta(hours=3)))))
    session.commit()

    recorded_at = session.exec(select(HeadingMapping)).one().recorded_at

    assert (recorded_at.isoformat(), recorded_at.tzinfo) == ("2025-07-01T12:00:00.123456+00:00", UTC)


@on_both
def test_an_instant_without_a_zone_is_a_fault_of_the_program(session: Session) -> None:
    session.add(a_mapping(recorded_at=JULY_1.replace(tzinfo=None)))

    with pytest.raises(StatementError, match="without a zone"):
        session.flush()


@on_both
def test_a_row_is_known_from_its_record_until_another_supersedes_it(session: Session) -> None:
    row = a_mapping()
    row.superseded_at = JULY_1 + timedelta(days=2)
    session.add(row)
    session.commit()

    def is_known(days: int) -> bool:
        instant = JULY_1 + timedelta(days=days)
        return session.exec(select(HeadingMapping).where(known_at(HeadingMapping, instant))).first() is not None

    assert [is_known(days) for days in (-1, 0, 1, 2)] == [False, True, True, False]
    assert session.exec(select(HeadingMapping).where(current(HeadingMapping))).all() == []


@on_both
def test_a_transaction_is_committed_as_one(engine: Engine) -> None:
    with transaction(engine) as session:
        session.add(a_mapping("one"))
        session.add(a_mapping("two"))

    assert headings(engine) == ["one", "two"]


@on_both
def test_a_transaction_that_fails_leaves_nothing(engine: Engine) -> None:
    def fail() -> None:
        with transaction(engine) as session:
            session.add(a_mapping())
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert headings(engine) == []


@on_both
def test_a_row_that_refers_to_none_is_refused(engine: Engine) -> None:
    move = FindingMove(finding_id=7, from_status="open", to_status="open", moved_at=JULY_1, moved_by="clerk")

    with pytest.raises(IntegrityError), transaction(engine) as session:
        session.add(move)


@on_both
def test_who_reads_sees_one_state_while_others_write(engine: Engine) -> None:
    with reading(engine) as reader:
        before = reader.exec(select(HeadingMapping)).all()
        with transaction(engine) as session:
            session.add(a_mapping())
        after = reader.exec(select(HeadingMapping)).all()

    assert (before, after, headings(engine)) == ([], [], ["job title"])


@on_both
def test_who_reads_need_not_wait_for_who_writes(engine: Engine) -> None:
    with transaction(engine) as session:
        session.add(a_mapping())
        session.flush()

        assert headings(engine) == []


@on_both
def test_who_reads_cannot_write(engine: Engine) -> None:
    def write() -> None:
        with reading(engine) as session:
            session.add(a_mapping())
            session.flush()

    with pytest.raises((Conflict, InternalError)):
        write()

    with transaction(engine) as session:  # on the same connection of the pool
        session.add(a_mapping("written"))
    assert headings(engine) == ["written"]


@on_both
def test_of_two_who_read_and_then_write_the_same_one_is_refused(engine: Engine, settings: Settings) -> None:
    other = connect(settings.resolved_database_url(), wait_seconds=0.01)
    with transaction(engine) as session:
        session.add(a_mapping())

    def supersede(on: Engine, by: str) -> None:
        with transaction(on) as session:
            row = session.exec(select(HeadingMapping).where(current(HeadingMapping))).one()
            if on is engine:
                supersede(other, "the quicker")
            row.superseded_at, row.superseded_by = JULY_1, by

    with pytest.raises(Conflict, match="Nothing was changed; try again"):
        supersede(engine, "the slower")
    other.dispose()


def test_sqlite_keeps_a_log_and_its_promises(sqlite: Path) -> None:
    engine = connect(f"sqlite:///{sqlite}")

    with reading(engine) as session:
        pragmas = [
            session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        ]

    assert pragmas == ["wal", 1, 2, 60_000]
    engine.dispose()


def test_a_folder_that_can_only_be_read_is_read(sqlite: Path) -> None:
    with read_only(sqlite.parent):
        engine = connect(f"sqlite:///{sqlite}")

        assert headings(engine) == ["job title"]
        with pytest.raises(Conflict, match=r"city/thirteen\.sqlite can only be read. Nothing was changed"):
            insert(engine)
        engine.dispose()


def test_a_database_in_use_is_read_where_it_cannot_be_written(sqlite: Path) -> None:
    writer = connect(f"sqlite:///{sqlite}")
    with transaction(writer) as session:
        session.add(a_mapping("still in the log"))

    with read_only(sqlite.parent):
        engine = connect(f"sqlite:///{sqlite}")

        assert headings(engine) == ["job title", "still in the log"]
        engine.dispose()
    writer.dispose()


def test_a_copy_of_half_a_database_in_use_is_refused_where_it_cannot_be_mended(sqlite: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy" / sqlite.name
    copy.parent.mkdir()
    writer = connect(f"sqlite:///{sqlite}")
    with transaction(writer) as session:
        session.add(a_mapping("still in the log"))
        session.flush()
    for end in ("", "-wal"):
        shutil.copyfile(f"{sqlite}{end}", f"{copy}{end}")
    writer.dispose()

    with read_only(copy.parent):
        engine = connect(f"sqlite:///{copy}")
        with pytest.raises(Conflict, match="must lie in a folder that this account can write to"):
            headings(engine)
        engine.dispose()
    engine = connect(f"sqlite:///{copy}")
    assert headings(engine) == ["job title", "still in the log"]
    engine.dispose()


def test_another_writer_is_waited_for_and_then_named(sqlite: Path) -> None:
    other = sqlite3.connect(sqlite, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    engine = connect(f"sqlite:///{sqlite}", wait_seconds=0.01)

    with pytest.raises(Conflict, match=r"Another process kept the database .* too long"):
        insert(engine)

    other.execute("ROLLBACK")
    insert(engine)
    other.close()
    engine.dispose()


def test_a_full_disk_is_said_plainly(sqlite: Path) -> None:
    engine = connect(f"sqlite:///{sqlite}")
    with reading(engine) as session:  # on the connection that the pool hands out again
        session.execute(text("PRAGMA max_page_count = 1"))

    def fill() -> None:
        with transaction(engine) as session:
            session.add_all(a_mapping("long" * 1000) for _ in range(100))

    with pytest.raises(Conflict, match=r"The disk of the database .*thirteen\.sqlite is full. Nothing was changed"):
        fill()
    assert headings(engine) == ["job title"]
    engine.dispose()


def test_a_file_that_is_no_database_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite").write_text("name,title\n" * 1000)
    engine = connect(f"sqlite:///{tmp_path / 'a.sqlite'}")

    with pytest.raises(Conflict, match=r"a\.sqlite is no SQLite database"):
        headings(engine)
    engine.dispose()
