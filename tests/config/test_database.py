"""Transactions, reading and instants on both databases, and what is said when a database cannot be used."""

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError, InternalError, StatementError
from sqlmodel import Session, select

from audit.models import FindingNote
from config.database import connect, current, known_at, reading, transaction
from config.errors import Conflict
from config.settings import Settings
from config.tables.heading_mapping import HeadingMapping
from tests.permissions import read_only
from tests.postgres import PostgresServer

JULY_1 = datetime(2025, 7, 1, 12, tzinfo=UTC)


def a_mapping(heading: str = "job title", recorded_at: datetime = JULY_1) -> HeadingMapping:
    return HeadingMapping(
        kind="positions", heading=heading, column="title", recorded_at=recorded_at, recorded_by="clerk"
    )


def headings(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return [row.heading for row in session.exec(select(HeadingMapping).order_by("id"))]


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


@pytest.fixture
def postgres_engine(postgres_template: PostgresServer) -> Iterator[Engine]:
    """Give a connection to a migrated PostgreSQL database."""
    with postgres_template.copy_of("migrated") as url:
        engine = connect(Settings(database_url=url).resolved_database_url(), wait_seconds=0.01)
        yield engine
        engine.dispose()


def test_an_instant_comes_back_in_utc_whatever_its_zone(session: Session) -> None:
    session.add(a_mapping(recorded_at=datetime(2025, 7, 1, 15, 0, 0, 123456, tzinfo=timezone(timedelta(hours=3)))))
    session.commit()

    recorded_at = session.exec(select(HeadingMapping)).one().recorded_at

    assert (recorded_at.isoformat(), recorded_at.tzinfo) == ("2025-07-01T12:00:00.123456+00:00", UTC)


def test_an_instant_without_a_zone_is_a_fault_of_the_program(session: Session) -> None:
    session.add(a_mapping(recorded_at=JULY_1.replace(tzinfo=None)))

    with pytest.raises(StatementError, match="without a zone"):
        session.flush()


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


def test_a_transaction_is_committed_as_one(engine: Engine) -> None:
    with transaction(engine) as session:
        session.add(a_mapping("one"))
        session.add(a_mapping("two"))

    assert headings(engine) == ["one", "two"]


def test_a_transaction_that_fails_leaves_nothing(engine: Engine) -> None:
    def fail() -> None:
        with transaction(engine) as session:
            session.add(a_mapping())
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert headings(engine) == []


def test_a_row_that_refers_to_none_is_refused(engine: Engine) -> None:
    note = FindingNote(finding_id=7, status="open", noted_at=JULY_1, noted_by="clerk")

    with pytest.raises(IntegrityError), transaction(engine) as session:
        session.add(note)


def test_who_reads_sees_one_state_while_others_write(engine: Engine) -> None:
    with reading(engine) as reader:
        before = reader.exec(select(HeadingMapping)).all()
        with transaction(engine) as session:
            session.add(a_mapping())
        after = reader.exec(select(HeadingMapping)).all()

    assert (before, after, headings(engine)) == ([], [], ["job title"])


def test_who_reads_need_not_wait_for_who_writes(engine: Engine) -> None:
    with transaction(engine) as session:
        session.add(a_mapping())
        session.flush()

        assert headings(engine) == []


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


def test_a_server_that_is_not_there_is_named_without_the_password() -> None:
    engine = connect("postgresql+psycopg://ada:secret@127.0.0.1:1/city")

    with pytest.raises(Conflict, match=r"PostgreSQL database city on 127\.0\.0\.1 cannot be reached") as refusal:
        headings(engine)

    assert "secret" not in str(refusal.value)
    assert "refused" in str(refusal.value)


def test_a_socket_that_is_not_there_is_named(tmp_path: Path) -> None:
    engine = connect(f"postgresql+psycopg://ada@/city?host={tmp_path}")

    with pytest.raises(Conflict, match=rf"database city on {tmp_path} cannot be reached \(.*No such file"):
        headings(engine)


def test_a_database_that_the_server_does_not_have_is_named(postgres: PostgresServer) -> None:
    engine = connect(Settings(database_url=postgres.url("nowhere")).resolved_database_url())

    with pytest.raises(Conflict, match=r'database nowhere on .* cannot be reached .*"nowhere" does not exist'):
        headings(engine)


def test_a_lost_connection_is_said_plainly_and_the_next_transaction_works(
    postgres_engine: Engine, postgres_template: PostgresServer
) -> None:
    def lose() -> None:
        with transaction(postgres_engine) as session:
            session.add(a_mapping())
            session.flush()
            hang_up(postgres_template, postgres_engine)

    with pytest.raises(Conflict, match=r"The connection to the PostgreSQL database .* was lost"):
        lose()

    assert headings(postgres_engine) == []


def test_a_connection_lost_while_idle_is_made_anew(postgres_engine: Engine, postgres_template: PostgresServer) -> None:
    insert(postgres_engine)

    hang_up(postgres_template, postgres_engine)

    assert headings(postgres_engine) == ["job title"]


def test_a_row_that_another_keeps_is_waited_for_and_then_said(postgres_engine: Engine) -> None:
    insert(postgres_engine)

    def update_both() -> None:
        with transaction(postgres_engine) as one, transaction(postgres_engine) as another:
            for session in (one, another):
                session.execute(text("UPDATE heading_mappings SET kind = 'roster'"))

    with pytest.raises(Conflict, match=r"Another process kept the PostgreSQL database .* too long"):
        update_both()


def test_a_server_that_takes_no_changes_is_said_plainly(postgres_engine: Engine) -> None:
    def write() -> None:
        with transaction(postgres_engine) as session:
            session.execute(text("SET TRANSACTION READ ONLY"))
            session.add(a_mapping())

    with pytest.raises(Conflict, match=r"can only be read\. Nothing was changed"):
        write()


def test_an_account_without_permission_is_said_plainly(
    postgres_engine: Engine, postgres_template: PostgresServer
) -> None:
    postgres_template.execute("CREATE ROLE visitor LOGIN")
    engine = connect(postgres_engine.url.set(username="visitor").render_as_string(hide_password=False))

    with pytest.raises(Conflict, match=r"may not do this in .* \(permission denied for table heading_mappings\)"):
        headings(engine)

    engine.dispose()
    postgres_template.execute("DROP ROLE visitor")


def test_a_session_is_what_the_program_needs_whatever_the_account_is_set_to(
    postgres_engine: Engine, postgres_template: PostgresServer
) -> None:
    odd = {
        "DateStyle": "'German, DMY'",
        "TimeZone": "'<+03>-03'",
        "client_encoding": "LATIN1",
        "standard_conforming_strings": "off",
        "statement_timeout": "'86399s'",
        "transaction_timeout": "'86399s'",
        "idle_in_transaction_session_timeout": "'86399s'",
        "lock_timeout": "'86399s'",
        "default_transaction_deferrable": "on",
        "extra_float_digits": "-15",
        "search_path": "other, public",
    }
    postgres_template.execute("CREATE ROLE odd LOGIN SUPERUSER")
    for name, value in odd.items():
        postgres_template.execute(f"ALTER ROLE odd SET {name} = {value}")
    insert(postgres_engine)
    with transaction(postgres_engine) as session:
        session.execute(text("CREATE SCHEMA other; CREATE TABLE other.heading_mappings (id integer)"))

    engine = connect(postgres_engine.url.set(username="odd").render_as_string(hide_password=False), wait_seconds=7)
    with transaction(engine) as session:
        session.add(a_mapping("naïve \\ 日"))
        found = {name: session.scalar(text(f"SHOW {name}")) for name in odd}
    with reading(engine) as session:
        rows = session.exec(select(HeadingMapping).order_by("id")).all()
        assert [(row.heading, row.recorded_at) for row in rows] == [("job title", JULY_1), ("naïve \\ 日", JULY_1)]
    engine.dispose()
    postgres_template.execute("DROP ROLE odd")
    with transaction(postgres_engine) as session:
        session.execute(text("DROP SCHEMA other CASCADE"))

    assert found == {
        "DateStyle": "ISO, MDY",
        "TimeZone": "UTC",
        "client_encoding": "UTF8",
        "standard_conforming_strings": "on",
        "statement_timeout": "0",
        "transaction_timeout": "0",
        "idle_in_transaction_session_timeout": "0",
        "lock_timeout": "7s",
        "default_transaction_deferrable": "off",
        "extra_float_digits": "1",
        "search_path": "public",
    }


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_that_would_lose_letters_is_refused(postgres: PostgresServer, encoding: str) -> None:
    postgres.execute(f"CREATE DATABASE narrow ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0")
    engine = connect(Settings(database_url=postgres.url("narrow")).resolved_database_url())

    with pytest.raises(Conflict, match=rf"narrow on .* keeps texts as {encoding}, which loses letters\. Nothing was"):
        headings(engine)

    engine.dispose()
    postgres.execute("DROP DATABASE narrow")


def test_an_account_that_may_only_read_reads(postgres_engine: Engine, postgres_template: PostgresServer) -> None:
    insert(postgres_engine)
    postgres_template.execute("CREATE ROLE reader LOGIN SUPERUSER")
    postgres_template.execute("ALTER ROLE reader SET default_transaction_read_only = on")
    engine = connect(postgres_engine.url.set(username="reader").render_as_string(hide_password=False))

    assert headings(engine) == ["job title"]
    with pytest.raises(Conflict, match=r"can only be read\. Nothing was changed"):
        insert(engine)

    engine.dispose()
    postgres_template.execute("DROP ROLE reader")


def insert(engine: Engine) -> None:
    with transaction(engine) as session:
        session.add(a_mapping())


def hang_up(server: PostgresServer, engine: Engine) -> None:
    server.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{engine.url.database}'")  # noqa: S608 - our own name
