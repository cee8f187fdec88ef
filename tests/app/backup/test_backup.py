"""A backup holds everything of one state, is brought back wholly or not at all, and never over another entity."""

import shutil
import tarfile
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text
from sqlmodel import col, select

from access.models import Employee
from app.backup.archive import RECORD, About
from app.backup.make_backup import make_backup
from app.backup.restore_backup import restore_backup
from app.backup.write_archive import begin_archive
from app.data_folder import open_data_folder
from app.folder_mark import Mark, write_mark
from app.migrations.upgrade_database import alembic_config
from config.database import connect
from config.errors import Conflict, Invalid
from config.locks import in_use
from config.progress import Silence
from config.sessions import transaction
from config.settings import Settings
from tests.app.backup.town_backups import NEW_PERSON, backed_up, content, fresh, restored
from tests.databases import new_on_both, on_both, on_postgresql
from tests.installing import installed
from tests.town import Town


@on_both
@new_on_both
def test_what_is_brought_back_is_what_was_there_on_either_database(
    town: Town, new_settings: Settings, tmp_path: Path
) -> None:
    backup = backed_up(town, tmp_path / "town.backup")
    before = content(town.settings)

    kept_in = restored(new_settings, backup)

    assert kept_in is None
    assert content(new_settings) == before
    assert before["audit_runs"]


@new_on_both
def test_rows_are_numbered_on_behind_those_that_were_brought_back(backup: Path, new_settings: Settings) -> None:
    restored(new_settings, backup)

    engine = open_data_folder(new_settings)
    with transaction(engine) as session:
        known = session.exec(select(Employee).order_by(col(Employee.id).desc())).all()[0]
        another = Employee(**known.model_dump(exclude={"id"}))
        session.add(another)
        session.flush()
        highest, added = known.id, another.id
    engine.dispose()
    assert added == highest + 1


def test_a_file_of_the_store_that_is_not_as_its_receipt_says_is_no_part_of_a_backup(town: Town, tmp_path: Path) -> None:
    backed_up(town, tmp_path / "good.backup")
    file = next((town.settings.data_dir / "events").glob("*.parquet"))
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))

    with pytest.raises(Conflict, match=f"events/{file.name} of the event store is not as its receipt says"):
        backed_up(town, tmp_path / "bad.backup")

    assert sorted(path.name for path in tmp_path.glob("*.backup")) == ["good.backup"]


def test_a_store_that_moves_on_meanwhile_is_backed_up_as_it_is_then(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.session.commit()
    open_data_folder(town.settings).dispose()
    file = next((town.settings.data_dir / "events").glob("*.parquet"))
    away = file.rename(tmp_path / "away")
    tries = list[str]()

    def back_at_the_second(said: str, _share: float | None = None) -> None:
        tries.append(said)
        if tries.count("Copying the record and the files") > 1 and away.exists():
            away.rename(file)

    installation = installed(town.session, town.settings)
    monkeypatch.setattr(installation.progress, "step", back_at_the_second, raising=False)
    make_backup(installation, tmp_path / "town.backup")

    assert restored(fresh(tmp_path), tmp_path / "town.backup") is None


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_half_a_backup_is_refused_and_leaves_nothing(backup: Path, tmp_path: Path, part: float) -> None:
    with tarfile.open(backup) as tar:
        last = tar.getmembers()[-1]
    backup.write_bytes(backup.read_bytes()[: int((last.offset_data + last.size) * part)])

    with pytest.raises(Invalid, match="is not a whole backup"):
        restored(fresh(tmp_path), backup)

    assert not (tmp_path / "fresh").exists()


@pytest.mark.parametrize("name", [RECORD, "folder/events/"])
def test_a_backup_in_which_one_byte_is_another_is_refused(backup: Path, tmp_path: Path, name: str) -> None:
    with tarfile.open(backup) as tar:
        place = next(member for member in tar if member.name.startswith(name)).offset_data + 100
    content = bytearray(backup.read_bytes())
    content[place] ^= 1
    backup.write_bytes(content)

    with pytest.raises(Invalid, match="is not a whole backup"):
        restored(fresh(tmp_path), backup)

    assert not (tmp_path / "fresh").exists()


@pytest.mark.parametrize("name", ["../outside", "/outside", "folder/../../outside", "other/outside"])
def test_a_backup_writes_nothing_elsewhere(backup: Path, tmp_path: Path, name: str) -> None:
    evil = tmp_path / "evil.backup"
    with tarfile.open(backup) as tar, tarfile.open(evil, "w") as out:
        for number, member in enumerate(tar):
            out.addfile(member, tar.extractfile(member))
            if number == 0:
                out.addfile(tarfile.TarInfo(name))

    with pytest.raises(Invalid, match="is not a whole backup"):
        restored(fresh(tmp_path), evil)

    assert not list(tmp_path.rglob("outside"))


@pytest.mark.parametrize("place", [1, -1])
def test_a_backup_is_brought_back_whether_the_record_lies_before_or_behind_the_files(
    town: Town, backup: Path, tmp_path: Path, place: int
) -> None:
    other = tmp_path / "other.backup"
    with tarfile.open(backup) as tar, tarfile.open(other, "w", format=tarfile.PAX_FORMAT) as out:
        members = tar.getmembers()
        record = next(member for member in members if member.name == RECORD)
        members.remove(record)
        members.insert(place, record)  # before all files, as earlier versions wrote it, or behind them
        for member in members:
            out.addfile(member, tar.extractfile(member))

    restored(fresh(tmp_path), other)

    assert content(fresh(tmp_path)) == content(town.settings)


def test_what_is_no_backup_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("employee_id,name\n")
    with tarfile.open(tmp_path / "other.tar", "w") as tar:
        tar.addfile(tarfile.TarInfo("readme"))

    for name, said in (
        ("roster.csv", "is not a whole backup"),
        ("other.tar", "is no backup"),
        ("none", "There is no file"),
        (".", "is a folder"),
    ):
        with pytest.raises(Invalid, match=said):
            restored(fresh(tmp_path), tmp_path / name)


def test_a_backup_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "record").write_bytes(b"")
    for number, about in enumerate((About("9999", "City", "a", ""), About("0001", "City", "a", "", form=2))):
        backup = tmp_path / f"{number}.backup"
        archive = begin_archive(backup, about)
        archive.add(RECORD, tmp_path / "record")
        archive.end()

        with pytest.raises(Invalid, match=r"newer version of this program\. Nothing was changed; install that version"):
            restored(fresh(tmp_path), backup)


@pytest.mark.parametrize("revision", ["0005", "0019", "0025"])
def test_a_backup_of_an_older_version_is_upgraded(tmp_path: Path, revision: str) -> None:
    record = tmp_path / "record.sqlite"
    engine = connect(f"sqlite:///{record}")
    with transaction(engine) as session:
        command.upgrade(alembic_config(session.connection()), revision)
        session.execute(text("INSERT INTO data_folders (id) VALUES (:id)"), {"id": "a" * 32})
    engine.dispose()
    write_mark(tmp_path, Mark("a" * 32, ""))
    archive = begin_archive(tmp_path / "old.backup", About(revision, "", "a" * 32, ""))
    archive.add(RECORD, record)
    archive.add("identity", tmp_path / "identity")
    archive.end()

    receipt = restore_backup(fresh(tmp_path), tmp_path / "old.backup", Silence(), replace=False)

    assert receipt.was_older
    open_data_folder(fresh(tmp_path)).dispose()


def test_the_same_entity_is_replaced_only_when_that_is_meant_and_is_kept_beside(town: Town, backup: Path) -> None:
    before = content(town.settings)
    town.enter("employees", NEW_PERSON)
    town.session.commit()
    later = content(town.settings)

    with pytest.raises(Conflict, match=r"already\. Nothing was changed"):
        restored(town.settings, backup)
    assert content(town.settings) == later

    kept_in = restored(town.settings, backup, replace=True)

    assert content(town.settings) == before
    assert kept_in is not None
    assert content(Settings(data_dir=kept_in, database_url=None)) == later


def test_another_entity_is_never_replaced(town: Town, backup: Path, tmp_path: Path) -> None:
    other = fresh(tmp_path)
    shutil.copytree(town.settings.data_dir, other.data_dir)
    write_mark(other.data_dir, Mark("b" * 32, "City of Elsewhere"))

    with pytest.raises(
        Conflict, match=r"belongs to City of Elsewhere, but the backup is of .*\. Nothing was changed\."
    ):
        restored(other, backup, replace=True)


@on_postgresql
def test_a_database_on_a_server_has_to_be_empty(backup: Path, town: Town, tmp_path: Path) -> None:
    target = Settings(data_dir=tmp_path / "fresh", database_url=town.settings.database_url)

    with pytest.raises(Conflict, match=r"has tables already\. Nothing was changed; make an empty database"):
        restored(target, backup, replace=True)


def test_a_folder_that_is_served_is_not_replaced(town: Town, backup: Path) -> None:
    with in_use(town.settings), pytest.raises(Conflict, match="is in use by a service, a worker or a watcher"):
        restored(town.settings, backup, replace=True)
