"""One writer and one importer at a time, however the others end."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from config.database import connect
from config.errors import Conflict
from config.locks import importing, writing
from config.settings import Settings
from tests.databases import KINDS, on_both, on_postgresql
from tests.permissions import read_only

Lock = Callable[..., AbstractContextManager[None]]
ROOT = Path(__file__).resolve().parents[2]
# Another process: it takes the lock, says so, and keeps it until its input ends.
HOLD = """
import sys
from pathlib import Path
from config.database import connect
from config.locks import writing
from config.settings import Settings
settings = Settings(data_dir=Path(sys.argv[1]), database_url=sys.argv[2] or None)
with writing(connect(settings.resolved_database_url()), settings):
    print("held", flush=True)
    sys.stdin.read()
"""


def in_server(engine: Engine, question: str, **values: int) -> int:
    """Ask the server for a number."""
    with engine.connect() as connection:
        return int(connection.scalar(text(question), values) or 0)


@contextmanager
def another_process(settings: Settings) -> "Iterator[subprocess.Popen[str]]":
    """Let another process hold the lock."""
    command: list[str | Path] = [sys.executable, "-c", HOLD, settings.data_dir, settings.database_url or ""]
    with subprocess.Popen(  # noqa: S603 - our own
        command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.communicate()


def _inode(number: int) -> int | None:
    """Give the number on the disk of the file that is open under a number of this process."""
    try:
        return os.fstat(number).st_ino
    except OSError:
        return None


def elsewhere(settings: Settings, tmp_path: Path) -> Settings:
    """Give another machine's data folder on the same database."""
    (tmp_path / "elsewhere").mkdir()
    return settings.model_copy(update={"data_dir": tmp_path / "elsewhere"})


def is_free(engine: Engine, settings: Settings, lock: Lock = writing) -> bool:
    try:
        with lock(engine, settings, wait_seconds=0):
            return True
    except Conflict:
        return False


@on_both
@pytest.mark.parametrize(
    ("lock", "work"),
    [(writing, "Another import or audit is running"), (importing, "Another import of logs is running")],
)
def test_who_comes_second_is_told_who_is_at_it_and_since_when(
    engine: Engine, settings: Settings, lock: Lock, work: str
) -> None:
    with lock(engine, settings), pytest.raises(Conflict) as refusal:  # noqa: SIM117 - what fails stands alone
        with lock(engine, settings, wait_seconds=0):
            pass

    said = rf"{work} \(process {os.getpid()}, since \d\d:\d\d \S+\)\. Wait for it to end and try again\."
    assert re.fullmatch(said, str(refusal.value))


@on_both
def test_others_write_while_one_imports(engine: Engine, settings: Settings) -> None:
    with importing(engine, settings):
        assert is_free(engine, settings)
        with writing(engine, settings):
            assert not is_free(engine, settings)
            assert not is_free(engine, settings, importing)

    assert is_free(engine, settings, importing)


def test_a_lock_ends_though_its_file_is_still_open_elsewhere(engine: Engine, settings: Settings) -> None:
    with writing(engine, settings):
        lock = (settings.data_dir / "lock").stat().st_ino
        # as a process has it that another thread is just starting
        still_open = [os.dup(number) for number in range(256) if _inode(number) == lock]

    assert still_open
    assert is_free(engine, settings)
    for number in still_open:
        os.close(number)


@on_both
def test_who_comes_second_waits_for_the_first_to_end(engine: Engine, settings: Settings) -> None:
    with ExitStack() as first:
        first.enter_context(writing(engine, settings))

        with writing(engine, settings, pause=lambda _: first.close()):
            assert not is_free(engine, settings)


@on_both
def test_the_wait_is_the_settings_own(engine: Engine, settings: Settings) -> None:
    patient = settings.model_copy(update={"lock_wait_seconds": 0.25})
    waited: list[float] = []

    with writing(engine, settings), pytest.raises(Conflict):  # noqa: SIM117 - what fails stands alone
        with writing(engine, patient, pause=waited.append):
            pass

    assert waited == pytest.approx([0.005, 0.01, 0.02, 0.04, 0.08, 0.095])


@on_both
def test_work_that_fails_leaves_no_lock(engine: Engine, settings: Settings) -> None:
    def fail() -> None:
        with writing(engine, settings):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert is_free(engine, settings)


@on_both
def test_what_an_earlier_holder_left_in_the_lock_is_not_said(engine: Engine, settings: Settings) -> None:
    (settings.data_dir / "lock").write_bytes(b"process 1, since 00:00 UTC \xff" * 10)

    with writing(engine, settings), pytest.raises(Conflict, match=rf"\(process {os.getpid()}, since"):  # noqa: SIM117
        with writing(engine, settings, wait_seconds=0):
            pass


@on_both
def test_a_folder_that_can_only_be_read_is_not_written_to(engine: Engine, settings: Settings) -> None:
    with read_only(settings.data_dir), pytest.raises(Conflict, match=r"data/lock cannot be locked .*Permission denied"):
        writing(engine, settings).__enter__()


@pytest.mark.parametrize(("settings", "new_settings"), list(zip(KINDS, KINDS, strict=True)), indirect=True)
def test_two_folders_are_written_to_at_once(settings: Settings, new_settings: Settings) -> None:
    new_settings.data_dir.mkdir(parents=True)
    one, another = (connect(each.resolved_database_url()) for each in (settings, new_settings))

    with writing(one, settings):
        assert is_free(another, new_settings)

    one.dispose()
    another.dispose()


def test_a_killed_process_leaves_no_lock_on_the_folder(engine: Engine, settings: Settings) -> None:
    with another_process(settings) as process:
        with pytest.raises(Conflict, match=rf"running \(process {process.pid}, since"):
            writing(engine, settings, wait_seconds=0).__enter__()
        process.kill()
        process.wait()

        assert is_free(engine, settings)


@on_postgresql
def test_a_killed_process_leaves_no_lock_on_the_server(engine: Engine, settings: Settings, tmp_path: Path) -> None:
    ours = elsewhere(settings, tmp_path)
    with another_process(settings) as process:
        with pytest.raises(Conflict, match=rf"running \(process {process.pid} on \S+, since \d\d:\d\d \S+\)\."):
            writing(engine, ours, wait_seconds=0).__enter__()
        key = in_server(engine, "SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND granted")
        process.kill()
        # answered when the server has noticed
        in_server(engine, "SELECT pg_advisory_unlock(:key) FROM (SELECT pg_advisory_lock(:key))", key=key)

        assert is_free(engine, ours)


@on_postgresql
def test_work_that_is_done_stays_done_when_the_locks_connection_is_lost(engine: Engine, settings: Settings) -> None:
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"

    with writing(engine, settings), engine.connect() as connection:
        ended = connection.scalar(text(f"SELECT count(pg_terminate_backend(pid)) {others}"))

    assert ended == 1
    assert is_free(engine, settings)
