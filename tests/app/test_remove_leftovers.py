"""What killed processes left is removed; what may be somebody's is set aside, named, and comes back."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from app.data_folder import open_data_folder
from audit.logs.file_kinds import UNPACKED
from config.locks import importing, writing
from config.sessions import transaction
from config.settings import Settings
from tests.app.receipts import a_receipt, put
from tests.builders import a_run
from tests.databases import on_both
from tests.permissions import read_only

Lock = Callable[..., AbstractContextManager[None]]
NOBODY = 2**22 + 1  # no system gives a process so high a number
LISTED = {"events/00000001-a.parquet", "rejects/00000001-a.parquet", "events/00000002-b.parquet"}


def left(settings: Settings) -> set[str]:
    folders = [settings.data_dir / name for name in ("events", "rejects", "spill")]
    return {f"{path.parent.name}/{path.name}" for folder in folders for path in folder.glob("*")}


def set_aside(settings: Settings) -> set[str]:
    return {f"{path.parent.name}/{path.name}" for path in (settings.data_dir / "set-aside").glob("*/*/*")}


def opened(settings: Settings) -> list[str]:
    """Open the data folder and close it; give what was said meanwhile."""
    said: list[str] = []
    open_data_folder(settings, tell=said.append).dispose()
    return said


@pytest.fixture
def filled(engine: Engine, settings: Settings) -> Settings:
    """Give a data folder with two imports."""
    put(settings, *LISTED)
    with transaction(engine) as session:
        session.add_all(a_receipt(1, events="00000001-a.parquet", rejects="00000001-a.parquet"))
        session.add_all(a_receipt(2, events="00000002-b.parquet"))
    return settings


def test_of_what_audits_keep_only_what_the_newest_kept_stays(filled: Settings, engine: Engine) -> None:
    with transaction(engine) as session:
        session.add_all([a_run(None, None, kept="11" * 32), a_run(None, None, kept="22" * 32)])
    put(filled, "cache/checked.json")
    for name in ("decided-33.partial", "decided-1111111111111111", "decided-2222222222222222"):
        (filled.data_dir / "cache" / name).mkdir()
        put(filled, f"cache/{name}/rules")

    assert opened(filled) == []

    assert sorted(path.name for path in (filled.data_dir / "cache").iterdir()) == [
        "checked.json",
        "decided-2222222222222222",
    ]


def test_what_was_not_finished_is_removed_and_what_is_not_ours_stays(filled: Settings) -> None:
    put(filled, "events/00000003-a.parquet.partial", "events/tmp_00000003-a.parquet", "rejects/00000003-a.partial")
    put(filled, "spill/duckdb_temp_storage-0.tmp", "events.txt", "events/notes.txt", "events/.nfs01.parquet")
    put(filled, "cache/checked.partial", "cache/checked.json")

    assert opened(filled) == []

    assert [path.name for path in (filled.data_dir / "cache").iterdir()] == ["checked.json"]
    assert left(filled) == LISTED | {"events/notes.txt", "events/.nfs01.parquet"}
    assert (filled.data_dir / "events.txt").exists()
    assert set_aside(filled) == set()


@on_both
def test_what_no_receipt_lists_is_set_aside_and_named(filled: Settings) -> None:
    put(filled, "events/00000003-c.parquet", "rejects/00000003-c.parquet")

    (said,) = opened(filled)

    assert "knows nothing of these files of imported logs: events/00000003-c.parquet, rejects/00000003-c.parq" in said
    assert str(filled.data_dir / "set-aside") in said
    assert (left(filled), opened(filled)) == (LISTED, [])
    assert set_aside(filled) == {"events/00000003-c.parquet", "rejects/00000003-c.parquet"}


def test_a_name_that_was_set_aside_before_is_not_written_over(filled: Settings) -> None:
    for _ in range(2):
        put(filled, "events/00000003-c.parquet")
        opened(filled)

    assert len(list((filled.data_dir / "set-aside").glob("*/events/00000003-c.parquet"))) == 2


def test_a_newer_database_finds_what_was_set_aside(engine: Engine, filled: Settings) -> None:
    put(filled, "events/00000003-c.parquet")
    opened(filled)
    with transaction(engine) as session:
        session.add_all(a_receipt(3, events="00000003-c.parquet"))

    assert opened(filled) == []

    assert left(filled) == LISTED | {"events/00000003-c.parquet"}
    assert set_aside(filled) == set()


@on_both
@pytest.mark.parametrize("lock", [importing, writing])
def test_what_a_running_process_writes_stays(engine: Engine, filled: Settings, lock: Lock) -> None:
    unlisted = {"events/00000003-a.parquet.partial", "events/00000003-c.parquet", "spill/left"}
    put(filled, *unlisted)

    with lock(engine, filled):
        assert opened(filled) == []
        assert left(filled) == LISTED | unlisted

    opened(filled)
    assert left(filled) == LISTED


def test_what_a_killed_import_unpacked_is_removed(engine: Engine, filled: Settings) -> None:
    unpacked = f"spill/thirteen-x{UNPACKED}"
    (filled.data_dir / unpacked / "0" / "1").mkdir(parents=True)

    with importing(engine, filled):
        opened(filled)
        assert left(filled) == LISTED | {unpacked}

    opened(filled)
    assert left(filled) == LISTED


def test_what_a_living_process_spilled_stays(settings: Settings) -> None:
    ours = f"spill/duckdb_temp_{os.getpid()}_0_storage_DEFAULT-0.tmp"
    put(settings, ours, f"spill/duckdb_temp_{NOBODY}_0_storage_DEFAULT-0.tmp", f"spill/duckdb_temp_{10**30}_0_owner")
    by_spark = f"spill/spark_{os.getpid()}"
    put(settings, f"{by_spark}/1", f"spill/spark_{NOBODY}/1")

    opened(settings)

    assert left(settings) == {ours, by_spark}


@on_both
def test_in_a_folder_that_can_only_be_read_all_stays(filled: Settings) -> None:
    unlisted = {"events/00000003-c.parquet", "events/00000003-a.parquet.partial", "spill/left"}
    put(filled, *unlisted)

    with read_only(filled.data_dir):
        assert opened(filled) == []

    assert left(filled) == LISTED | unlisted


def test_an_import_that_was_taken_back_leaves_its_file_aside(engine: Engine, filled: Settings) -> None:
    with transaction(engine) as session:
        session.execute(text("DELETE FROM stored_files WHERE import_id = 2"))
        session.execute(text("DELETE FROM log_imports WHERE id = 2"))

    assert len(opened(filled)) == 1

    assert set_aside(filled) == {"events/00000002-b.parquet"}
    assert Path(filled.data_dir / "events" / "00000001-a.parquet").read_bytes() == b"kept"
