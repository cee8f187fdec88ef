"""A data folder is opened, made or refused with a plain sentence."""

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import inspect, text
from sqlmodel import select

from app.data_folder import open_data_folder
from app.folder_mark import Mark, write_mark
from app.migrations.version import Version, find_version
from audit.logs.models import LogImport
from config.database import connect
from config.errors import Conflict, Invalid, NotFound
from config.locks import writing
from config.sessions import reading, transaction
from config.settings import Settings
from tests.databases import new_on_both, on_both
from tests.permissions import closed, read_only
from tests.postgres import PostgresServer

NO_ENTITY = "There is no entity here yet."


def open_and_close(settings: Settings, *, create: bool = False) -> None:
    open_data_folder(settings, create=create).dispose()


@pytest.fixture
def settings_on_postgres(postgres_template: PostgresServer, tmp_path: Path) -> Iterator[Settings]:
    """Give settings with a migrated database on PostgreSQL."""
    with postgres_template.copy_of("migrated") as url:
        yield Settings(data_dir=tmp_path, database_url=url)


def change(settings: Settings, statement: str) -> None:
    engine = connect(settings.resolved_database_url())
    with transaction(engine) as session:
        session.execute(text(statement))
    engine.dispose()


@new_on_both
def test_a_new_folder_has_a_database_of_the_newest_version(new_settings: Settings) -> None:
    engine = open_data_folder(new_settings, create=True)

    assert new_settings.data_dir.is_dir()
    assert find_version(engine) is Version.NEWEST
    engine.dispose()
    open_and_close(new_settings)
    open_and_close(new_settings, create=True)


def test_a_folder_with_a_strange_name_is_opened_again(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "Q&A? 100%25 #1 'ä'", database_url=None)

    open_and_close(settings, create=True)

    open_and_close(settings)
    assert [path.name for path in tmp_path.iterdir()] == [settings.data_dir.name]


@new_on_both
def test_what_is_not_there_is_not_made_unasked(new_settings: Settings) -> None:
    with pytest.raises(NotFound, match=NO_ENTITY):
        open_data_folder(new_settings)

    assert not new_settings.data_dir.exists()


@new_on_both
def test_a_database_without_tables_is_no_entity_yet(new_settings: Settings) -> None:
    new_settings.data_dir.mkdir(parents=True)
    if new_settings.database_url is None:
        (new_settings.data_dir / "thirteen.sqlite").touch()

    with pytest.raises(NotFound, match=NO_ENTITY):
        open_data_folder(new_settings)


@new_on_both
def test_two_may_make_the_same_folder_at_once(new_settings: Settings) -> None:
    ready = Barrier(2)
    made: list[bool] = []

    def make() -> None:
        ready.wait()
        open_and_close(new_settings, create=True)
        made.append(True)

    both = [Thread(target=make) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()

    assert made == [True, True]
    open_and_close(new_settings)


@new_on_both
def test_a_database_that_needs_an_upgrade_waits_for_who_writes(new_settings: Settings) -> None:
    hasty = new_settings.model_copy(update={"lock_wait_seconds": 0})
    hasty.data_dir.mkdir(parents=True)
    engine = connect(hasty.resolved_database_url())

    with writing(engine, hasty), pytest.raises(Conflict, match="Another import or audit is running"):
        open_data_folder(hasty, create=True)

    assert find_version(engine) is Version.EMPTY
    engine.dispose()


@on_both
def test_a_database_of_a_newer_version_is_refused(settings: Settings) -> None:
    change(settings, "UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(
        Conflict, match=r"^The .*database .* was changed by a newer version of this program\. Nothing was"
    ):
        open_data_folder(settings)


@new_on_both
def test_a_database_of_another_program_is_refused(new_settings: Settings) -> None:
    new_settings.data_dir.mkdir(parents=True)
    change(new_settings, "CREATE TABLE songs (title TEXT)")

    with pytest.raises(Conflict, match="has tables, but none of this program"):
        open_data_folder(new_settings, create=True)

    engine = connect(new_settings.resolved_database_url())
    assert inspect(engine).get_table_names() == ["songs"]
    engine.dispose()


def test_a_file_that_is_no_database_is_refused_and_kept(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, database_url=None)
    text_file = tmp_path / "thirteen.sqlite"
    text_file.write_text("name,title\n" * 1000)

    with pytest.raises(Conflict, match=r"thirteen\.sqlite is no SQLite database"):
        open_data_folder(settings)

    assert text_file.read_text() == "name,title\n" * 1000


def test_a_folder_whose_name_a_file_has_is_not_made(tmp_path: Path) -> None:
    (tmp_path / "data").touch()

    with pytest.raises(Conflict, match=r"The data folder .*/data cannot be made \(it is a file\)"):
        open_data_folder(Settings(data_dir=tmp_path / "data", database_url=None), create=True)


def test_a_folder_is_not_made_where_that_is_not_permitted(tmp_path: Path) -> None:
    with read_only(tmp_path), pytest.raises(Conflict, match=r"cannot be made \(Permission denied\)"):
        open_data_folder(Settings(data_dir=tmp_path / "data", database_url=None), create=True)


def test_a_database_is_not_made_in_a_folder_that_can_only_be_read(tmp_path: Path) -> None:
    with read_only(tmp_path), pytest.raises(Conflict, match=r"thirteen\.sqlite cannot be opened"):
        open_data_folder(Settings(data_dir=tmp_path, database_url=None), create=True)


@on_both
def test_a_folder_that_can_only_be_read_is_opened_for_reading(settings: Settings) -> None:
    with read_only(settings.data_dir):
        engine = open_data_folder(settings)
        with reading(engine) as session:
            assert session.exec(select(LogImport)).all() == []
        engine.dispose()


@on_both
def test_a_folder_that_cannot_be_looked_into_is_refused(settings: Settings) -> None:
    with closed(settings.data_dir), pytest.raises(Conflict, match=r"The data folder .*/data cannot be read"):
        open_data_folder(settings)


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("mine")

    with pytest.raises(Conflict, match=r"The data folder .*/notes is a file\."):
        open_data_folder(Settings(data_dir=tmp_path / "notes", database_url=None))


def test_a_server_that_cannot_be_reached_is_named_without_the_password(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, database_url="postgresql://ada:secret@127.0.0.1:1/city")

    with pytest.raises(Conflict, match=r"database city on 127\.0\.0\.1 cannot be reached .*refused") as refusal:
        open_data_folder(settings)

    assert "secret" not in str(refusal.value)


def test_an_account_that_may_not_make_tables_is_told_so(postgres: PostgresServer, tmp_path: Path) -> None:
    postgres.execute("CREATE ROLE guest LOGIN")
    with postgres.new_database() as url:
        settings = Settings(data_dir=tmp_path, database_url=url.replace("postgres@", "guest@"))

        with pytest.raises(Conflict, match=r"may not do this .* \(permission denied for schema public\)"):
            open_data_folder(settings, create=True)
    postgres.execute("DROP ROLE guest")


@new_on_both
@pytest.mark.parametrize("create", [False, True])
def test_a_folder_of_events_gets_no_new_database(new_settings: Settings, *, create: bool) -> None:
    (new_settings.data_dir / "events").mkdir(parents=True)
    (new_settings.data_dir / "events" / "00000001-a.parquet").touch()

    with pytest.raises(Conflict, match="holds imported logs, but its database is missing or empty"):
        open_data_folder(new_settings, create=create)

    assert (new_settings.data_dir / "events" / "00000001-a.parquet").exists()


def test_the_folder_of_an_entity_gets_no_new_database(new_settings: Settings) -> None:
    new_settings.data_dir.mkdir(parents=True)
    write_mark(new_settings.data_dir, Mark("0" * 32, "City of Fargo"))

    with pytest.raises(Conflict, match="belongs to City of Fargo, but its database is missing or empty"):
        open_data_folder(new_settings, create=True)


def test_a_folder_that_was_made_for_nothing_goes_again(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "new", database_url="postgresql://ada@127.0.0.1:1/city")

    with pytest.raises(Conflict, match="cannot be reached"):
        open_data_folder(settings, create=True)

    assert not settings.data_dir.exists()


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("x" * 300, r"\(File name too long\)\."),
        ("/".join(["x" * 200] * 3), "is longer than the 500 bytes that SQLite opens"),
        (os.fsdecode(b"caf\xe9"), r"The name of the data folder .*/caf\\xe9 is no UTF-8 text"),
    ],
)
def test_a_name_that_no_folder_can_have_is_refused(tmp_path: Path, name: str, said: str, *, create: bool) -> None:
    settings = Settings(data_dir=tmp_path / name, database_url=None)

    with pytest.raises((Conflict, Invalid), match=said):
        open_data_folder(settings, create=create)

    assert list(tmp_path.iterdir()) == []


def test_tables_that_the_account_does_not_look_at_are_not_made_again(settings_on_postgres: Settings) -> None:
    url = str(settings_on_postgres.database_url)
    elsewhere = settings_on_postgres.model_copy(update={"database_url": f"{url}&options=-csearch_path%3Dother"})
    change(settings_on_postgres, "CREATE SCHEMA other")

    with pytest.raises(Conflict, match=r"The tables of this program lie in the schema public .* but the account"):
        open_data_folder(elsewhere, create=True)

    change(settings_on_postgres, "DROP SCHEMA other")
