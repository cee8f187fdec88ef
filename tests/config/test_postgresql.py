"""What is said when PostgreSQL cannot be used, and what a session on it is, whatever it is set to."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlmodel import select

from config.database import connect
from config.errors import Conflict
from config.sessions import reading, transaction
from config.settings import Settings
from config.tables.heading_mapping import HeadingMapping
from tests.config.mappings import JULY_1, a_mapping, headings, insert
from tests.postgres import PostgresServer


@pytest.fixture
def postgres_engine(postgres_template: PostgresServer) -> Iterator[Engine]:
    """Give a connection to a migrated PostgreSQL database."""
    with postgres_template.copy_of("migrated") as url:
        engine = connect(Settings(database_url=url).resolved_database_url(), wait_seconds=0.01)
        yield engine
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


def test_a_text_that_no_row_can_hold_is_said_plainly(postgres_engine: Engine) -> None:
    def write() -> None:
        with transaction(postgres_engine) as session:
            session.add(a_mapping("job\0title"))

    with pytest.raises(Conflict, match="A text with a NUL byte in it cannot be kept"):
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


# What an account may be set to, and what the program needs instead.
ODD = {
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
NEEDED = {
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


def test_a_session_is_what_the_program_needs_whatever_the_account_is_set_to(
    postgres_engine: Engine, postgres_template: PostgresServer
) -> None:
    postgres_template.execute("CREATE ROLE odd LOGIN SUPERUSER")
    for name, value in ODD.items():
        postgres_template.execute(f"ALTER ROLE odd SET {name} = {value}")
    insert(postgres_engine)
    with transaction(postgres_engine) as session:
        session.execute(text("CREATE SCHEMA other; CREATE TABLE other.heading_mappings (id integer)"))

    engine = connect(postgres_engine.url.set(username="odd").render_as_string(hide_password=False), wait_seconds=7)
    with transaction(engine) as session:
        session.add(a_mapping("naïve \\ 日"))
        found = {name: session.scalar(text(f"SHOW {name}")) for name in NEEDED}
    with reading(engine) as session:
        rows = session.exec(select(HeadingMapping).order_by("id")).all()
        assert [(row.heading, row.recorded_at) for row in rows] == [("job title", JULY_1), ("naïve \\ 日", JULY_1)]
    engine.dispose()
    postgres_template.execute("DROP ROLE odd")
    with transaction(postgres_engine) as session:
        session.execute(text("DROP SCHEMA other CASCADE"))

    assert found == NEEDED


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


def hang_up(server: PostgresServer, engine: Engine) -> None:
    server.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{engine.url.database}'")  # noqa: S608 - our own name
