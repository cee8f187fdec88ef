"""A data folder is opened, made or refused with a plain sentence, and cleared of what killed processes left."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text
from sqlmodel import select

from app.data_folder import open_data_folder
from app.migrations.version import Version, find_version
from audit.logs.models import LogImport
from config.database import connect, reading, transaction
from config.errors import Conflict, Invalid, NotFound
from config.locks import writing
from config.settings import Settings
from tests.permissions import closed, read_only
from tests.postgres import PostgresServer

ROOT = Path(__file__).resolve().parents[2]
NO_ENTITY = "There is no entity here yet."
NOBODY = 2**22 + 1  # no system gives a process so high a number


def an_import(number: int, *, events: str = "", rejects: str = "") -> LogImport:
    return LogImport(
        id=number,
        source="permits",
        system="permits",
        file_name="log.csv",
        file_sha256="",
        read=1,
        added=1,
        already_known=0,
        unreadable=0,
        passed_over=0,
        event_file=events,
        rejects_file=rejects,
        imported_at=datetime(2025, 7, 1, tzinfo=UTC),
        imported_by="clerk",
    )


def put(settings: Settings, *names: str) -> None:
    for name in names:
        path = settings.data_dir / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"kept")


def left(settings: Settings) -> set[str]:
    folders = [settings.data_dir / name for name in ("events", "rejects", "spill")]
    return {f"{path.parent.name}/{path.name}" for folder in folders for path in folder.glob("*")}


def open_and_close(settings: Settings, *, create: bool = False) -> None:
    open_data_folder(settings, create=create).dispose()


def change(settings: Settings, statement: str) -> None:
    engine = connect(settings.resolved_database_url())
    with transaction(engine) as session:
        session.execute(text(statement))
    engine.dispose()


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


def test_what_is_not_there_is_not_made_unasked(new_settings: Settings) -> None:
    with pytest.raises(NotFound, match=NO_ENTITY):
        open_data_folder(new_settings)

    assert not new_settings.data_dir.exists()


def test_a_database_without_tables_is_no_entity_yet(new_settings: Settings) -> None:
    new_settings.data_dir.mkdir(parents=True)
    if new_settings.database_url is None:
        (new_settings.data_dir / "thirteen.sqlite").touch()

    with pytest.raises(NotFound, match=NO_ENTITY):
        open_data_folder(new_settings)


def test_two_processes_may_make_the_same_folder_at_once(new_settings: Settings) -> None:
    script = """if True:
        import sys
        from pathlib import Path
        from app.data_folder import open_data_folder
        from config.settings import Settings
        open_data_folder(Settings(data_dir=Path(sys.argv[1]), database_url=sys.argv[2] or None), create=True)
    """
    command: list[str | Path] = [sys.executable, "-c", script, new_settings.data_dir, new_settings.database_url or ""]

    both = [subprocess.Popen(command, cwd=ROOT) for _ in range(2)]  # noqa: S603 - our own

    assert [process.wait(60) for process in both] == [0, 0]
    open_and_close(new_settings)


def test_a_database_that_needs_an_upgrade_waits_for_who_writes(new_settings: Settings) -> None:
    hasty = new_settings.model_copy(update={"lock_wait_seconds": 0.1})
    hasty.data_dir.mkdir(parents=True)
    engine = connect(hasty.resolved_database_url())

    with writing(engine, hasty), pytest.raises(Conflict, match="Another import or audit is running"):
        open_data_folder(hasty, create=True)

    assert find_version(engine) is Version.EMPTY
    engine.dispose()


def test_a_database_of_a_newer_version_is_refused(settings: Settings) -> None:
    change(settings, "UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(
        Conflict, match=r"^The .*database .* was changed by a newer version of this program\. Nothing was"
    ):
        open_data_folder(settings)


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


def test_a_folder_that_can_only_be_read_is_opened_for_reading(settings: Settings) -> None:
    put(settings, "events/00000001-left.parquet", "spill/left")

    with read_only(settings.data_dir):
        engine = open_data_folder(settings)
        with reading(engine) as session:
            assert session.exec(select(LogImport)).all() == []
        engine.dispose()

    assert left(settings) == {"events/00000001-left.parquet", "spill/left"}


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


@pytest.mark.parametrize("url", ["city", "mysql://host/city", "postgresql://host:port/city", "://", ""])
def test_what_is_no_url_is_said_to_be_none(tmp_path: Path, url: str) -> None:
    with pytest.raises(Invalid, match="it is written as postgresql://user@host/name"):
        open_data_folder(Settings(data_dir=tmp_path, database_url=url))


def test_what_no_receipt_lists_is_removed_and_what_one_lists_stays(engine: Engine, settings: Settings) -> None:
    listed = {"events/00000001-a.parquet", "rejects/00000001-a.parquet", "events/00000002-b.parquet"}
    put(settings, *listed, "events/00000002-a.parquet", "events/00000003-a.parquet", "events/tmp_00000003-a.parquet")
    put(settings, "rejects/00000003-a.parquet", "spill/duckdb_temp_storage-0.tmp", "events.txt")
    with transaction(engine) as session:
        session.add(an_import(1, events="00000001-a.parquet", rejects="00000001-a.parquet"))
        session.add(an_import(2, events="00000002-b.parquet"))

    open_and_close(settings)

    assert left(settings) == listed
    assert (settings.data_dir / "events.txt").exists()


def test_what_a_running_process_writes_stays(engine: Engine, settings: Settings) -> None:
    put(settings, "events/00000001-a.parquet", "rejects/00000001-a.parquet", "spill/left")

    with writing(engine, settings):
        open_and_close(settings)

    assert left(settings) == {"events/00000001-a.parquet", "rejects/00000001-a.parquet", "spill/left"}
    open_and_close(settings)
    assert left(settings) == set()


def test_what_a_living_process_spilled_stays(settings: Settings) -> None:
    ours = f"spill/duckdb_temp_{os.getpid()}_0_storage_DEFAULT-0.tmp"
    put(settings, ours, f"spill/duckdb_temp_{NOBODY}_0_storage_DEFAULT-0.tmp", f"spill/duckdb_temp_{10**30}_0_owner")

    open_and_close(settings)

    assert left(settings) == {ours}


def test_the_files_of_another_database_stay(engine: Engine, settings: Settings) -> None:
    put(settings, "events/00000001-a.parquet", "events/00000002-a.parquet", "rejects/00000003-a.parquet")
    before = left(settings)

    open_and_close(settings)  # a fresh database would number its first import 1, so 3 was listed by another

    assert left(settings) == before
    with transaction(engine) as session:
        session.add(an_import(7, events="00000007-b.parquet"))
    open_and_close(settings)  # what this database lists is not here
    assert left(settings) == before


@pytest.mark.parametrize("create", [False, True])
def test_a_folder_of_events_gets_no_new_database(new_settings: Settings, *, create: bool) -> None:
    new_settings.data_dir.mkdir(parents=True)
    put(new_settings, "events/00000001-a.parquet")

    with pytest.raises(Conflict, match="holds imported logs, but its database is missing or empty"):
        open_data_folder(new_settings, create=create)

    assert left(new_settings) == {"events/00000001-a.parquet"}
