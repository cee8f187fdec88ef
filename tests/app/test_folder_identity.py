"""A data folder and a database are opened together only if they belong together, whatever a backup brought back."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import select

from app.data_folder import open_data_folder
from app.data_folders import DataFolder
from app.folder_mark import Mark, read_mark
from app.migrations.version import NEWEST_REVISION
from config.clock import now
from config.database import connect
from config.errors import Conflict
from config.sessions import reading, transaction
from config.settings import Settings
from inventory.set_up_entity import EntityRequest, set_up_entity
from tests.app.receipts import a_receipt, put
from tests.databases import new_on_both, on_both, on_postgresql
from tests.permissions import read_only

FILE = "00000001-a.parquet"


def opened(settings: Settings) -> Mark:
    """Open and close the data folder; give what it says of itself then."""
    open_data_folder(settings).dispose()
    return read_mark(settings.data_dir)


def change(settings: Settings, *statements: str) -> None:
    engine = connect(settings.resolved_database_url())
    with transaction(engine) as session:
        for statement in statements:
            session.execute(text(statement))
    engine.dispose()


def known_id(settings: Settings) -> str:
    engine = connect(settings.resolved_database_url())
    with reading(engine) as session:
        found = session.exec(select(DataFolder.id)).all()
    engine.dispose()
    return ", ".join(found)


def a_city(settings: Settings, name: str = "City of Moorhead", *, files: tuple[str, ...] = (FILE,)) -> Settings:
    """Set up an entity, with the files of its imports, from before there were ids."""
    engine = connect(settings.resolved_database_url())
    with transaction(engine) as session:
        set_up_entity(session, EntityRequest(name=name), now=now(), by="clerk")
        for number, file in enumerate(files, 1):
            session.add_all(a_receipt(number, events=file))
    engine.dispose()
    put(settings, *(f"events/{file}" for file in files))
    return settings


def another_folder(settings: Settings, *, copied: bool = False) -> Settings:
    """Give another folder for the same database, empty or copied from the first."""
    folder = settings.data_dir.with_name("another")
    if copied:
        shutil.copytree(settings.data_dir, folder)
    else:
        folder.mkdir()
    return settings.model_copy(update={"data_dir": folder})


def files_of(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@on_both
def test_an_older_folder_gets_an_id_and_keeps_it(settings: Settings) -> None:
    first = opened(a_city(settings))

    assert first == opened(settings) == Mark(known_id(settings), "City of Moorhead")
    assert len(first.id) == 32


@new_on_both
def test_a_new_folder_has_an_id_before_there_is_an_entity(new_settings: Settings) -> None:
    open_data_folder(new_settings, create=True).dispose()

    assert read_mark(new_settings.data_dir) == Mark(known_id(new_settings), "")


def test_the_folder_says_the_entitys_newest_name(settings: Settings) -> None:
    before = opened(a_city(settings))
    change(settings, "UPDATE entities SET name = 'City of\nFargo'")

    assert opened(settings) == Mark(before.id, "City of Fargo")


@on_postgresql
def test_a_second_folder_is_refused_and_left_as_it_was(settings: Settings) -> None:
    mark = opened(a_city(settings, files=()))
    second = another_folder(settings)

    with pytest.raises(Conflict, match=r"belongs to City of Moorhead, and .*/another is not its data fol") as refusal:
        open_data_folder(second, create=True)

    assert files_of(second.data_dir) == set()
    # the refusal tells how to let a folder take the place of a lost one
    assert f"write the line {mark.id} into {second.data_dir / 'identity'}" in str(refusal.value)
    (second.data_dir / "identity").write_text(mark.id)
    assert opened(second) == mark


@new_on_both
@on_postgresql
def test_the_folder_of_another_entity_is_refused_and_left_as_it_was(settings: Settings, new_settings: Settings) -> None:
    opened(a_city(settings))
    open_data_folder(new_settings, create=True).dispose()
    opened(a_city(new_settings, "City of Fargo"))
    crossed = settings.model_copy(update={"data_dir": new_settings.data_dir})
    before = files_of(crossed.data_dir)

    with pytest.raises(Conflict, match=r"/data belongs to City of Fargo, but the PostgreSQL .* to City of Moorhead\."):
        open_data_folder(crossed)

    assert files_of(crossed.data_dir) == before


@on_both
@pytest.mark.parametrize("with_id", [True, False])
def test_a_folder_that_lacks_listed_files_is_refused_and_left_as_it_was(settings: Settings, *, with_id: bool) -> None:
    a_city(settings, files=(FILE, "00000002-b.parquet"))
    if with_id:
        opened(settings)
    (settings.data_dir / "events" / FILE).unlink()
    before = files_of(settings.data_dir)

    with pytest.raises(Conflict, match=rf"lacks files that its database lists \(events/{FILE}\)\. Nothing was"):
        open_data_folder(settings)

    assert files_of(settings.data_dir) - {"thirteen.sqlite-wal", "thirteen.sqlite-shm"} == before


def test_a_folder_with_logs_of_an_earlier_version_is_not_upgraded(settings: Settings) -> None:
    a_city(settings)
    change(settings, "UPDATE alembic_version SET version_num = '0002'")
    before = files_of(settings.data_dir)

    with pytest.raises(Conflict, match="An earlier version of this program imported logs into this data folder"):
        open_data_folder(settings)

    change(settings, f"UPDATE alembic_version SET version_num = '{NEWEST_REVISION}'")  # noqa: S608 - our own number
    assert files_of(settings.data_dir) - {"lock"} == before
    assert opened(settings).entity == "City of Moorhead"


@on_postgresql
def test_a_folder_of_logs_is_not_taken_for_that_of_a_database_without_any(settings: Settings) -> None:
    put(settings, f"events/{FILE}")

    with pytest.raises(Conflict, match=r"holds imported logs, but the PostgreSQL database .* lists none"):
        open_data_folder(settings)

    assert files_of(settings.data_dir) == {"events", f"events/{FILE}"}


def _lose_id_of_database(settings: Settings) -> None:
    change(settings, "DELETE FROM data_folders")


def _lose_id_of_folder(settings: Settings) -> None:
    (settings.data_dir / "identity").unlink()


@on_both
@pytest.mark.parametrize("lose", [_lose_id_of_database, _lose_id_of_folder])
def test_a_backup_from_before_there_were_ids_stays_usable(settings: Settings, lose: Callable[[Settings], None]) -> None:
    mark = opened(a_city(settings))
    lose(settings)

    assert opened(settings) == mark
    assert known_id(settings) == mark.id


@on_postgresql
def test_a_database_without_id_and_imports_is_known_by_its_entity(settings: Settings) -> None:
    mark = opened(a_city(settings, files=()))
    _lose_id_of_database(settings)
    change(settings, "UPDATE entities SET name = 'City of Fargo'")

    with pytest.raises(Conflict, match=r"belongs to City of Moorhead, but the PostgreSQL database .* to City of Fargo"):
        open_data_folder(settings)

    change(settings, "UPDATE entities SET name = 'City of Moorhead'")
    assert opened(settings) == mark


def test_a_database_that_is_put_into_a_new_folder_makes_it_its_own(settings: Settings) -> None:
    mark = opened(a_city(settings, files=()))
    restored = another_folder(settings)
    shutil.copyfile(settings.data_dir / "thirteen.sqlite", restored.data_dir / "thirteen.sqlite")

    assert opened(restored) == mark


@on_postgresql
def test_a_copy_of_the_folder_serves_until_a_log_is_imported_elsewhere(settings: Settings) -> None:
    mark = opened(a_city(settings))
    copy = another_folder(settings, copied=True)
    assert opened(copy) == mark

    put(settings, "events/00000002-b.parquet")
    engine = connect(settings.resolved_database_url())
    with transaction(engine) as session:
        session.add_all(a_receipt(2, events="00000002-b.parquet"))
    engine.dispose()

    with pytest.raises(Conflict, match="lacks files that its database lists"):
        open_data_folder(copy)


def test_a_mark_that_is_none_is_refused(settings: Settings) -> None:
    (settings.data_dir / "identity").write_bytes(b"\xff\n")

    with pytest.raises(Conflict, match="/identity should say which database the data folder belongs to, but does not"):
        open_data_folder(settings)


def test_an_older_folder_that_can_only_be_read_is_read_without_an_id(settings: Settings) -> None:
    a_city(settings)

    with read_only(settings.data_dir):
        assert opened(settings) == Mark()

    assert opened(settings).entity == "City of Moorhead"
