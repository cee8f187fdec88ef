"""One at a time, over processes and machines: one who writes, one who imports logs, one who does a job.

Whoever adds files to the event store or takes them away holds `importing` for as long as that lasts, and `writing`
within it only for the short write that makes them count. Where both are held, `importing` is taken first.

A lock of the operating system on a file of the data folder (`flock`: Linux and macOS, not Windows) ends with its
process, however that ends. Several machines may share one PostgreSQL database; there an advisory lock stands beside
it, which ends with its connection.
"""

import fcntl
import os
import platform
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TextIO

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from config.clock import now
from config.database_faults import plain_database_faults
from config.errors import Conflict
from config.settings import Settings

_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.005, 0.1  # seconds between two tries, longer from one to the next

Pause = Callable[[float], None]


@dataclass(frozen=True)
class _Lock:
    """A lock that one process at a time holds.

    Args:
        file: Its name in the data folder.
        advisory_key: Its number on a server, one of those that programs sharing a database agree on.
        work: What its holder does, as the refusal says it.
    """

    file: str
    advisory_key: int
    work: str


class HeldByAnother(Conflict):
    """Another process holds the lock, and did not end in time."""


_WRITING = _Lock("lock", int.from_bytes(b"13th"), "import or audit")
_IMPORTING = _Lock("lock-imports", int.from_bytes(b"13im"), "import of logs")
_SCHEDULING = _Lock("lock-schedule", int.from_bytes(b"13sc"), "schedule")
_MAILING = _Lock("lock-mails", int.from_bytes(b"13ml"), "sending of mails")
_USE_FILE = "lock-use"
_JOB_FILE = "lock-job-"
_JOB_KEYS = int.from_bytes(b"13jb") << 32


def writing(
    engine: Engine, settings: Settings, *, wait_seconds: float | None = None, pause: Pause = time.sleep
) -> AbstractContextManager[None]:
    """Be the only one who changes the data folder and its database, until the block ends.

    Args:
        engine: The system of record of the data folder.
        settings: Name the data folder, and how long to wait.
        wait_seconds: How long to wait instead.
        pause: Lets the seconds between two tries pass.

    Raises:
        HeldByAnother: Another process is at it and does not end in time.
        Conflict: The data folder cannot be written to.
    """
    return _held(_WRITING, engine, settings, wait_seconds, pause)


def importing(
    engine: Engine, settings: Settings, *, wait_seconds: float | None = None, pause: Pause = time.sleep
) -> AbstractContextManager[None]:
    """Be the only one who changes which files the event store holds, until the block ends; others may write meanwhile.

    Args and Raises: As of `writing`.
    """
    return _held(_IMPORTING, engine, settings, wait_seconds, pause)


def scheduling(engine: Engine, settings: Settings) -> AbstractContextManager[None]:
    """Be the only one who keeps the schedule, until the block ends; who comes second is refused at once.

    Raises:
        HeldByAnother: Another process keeps it.
        Conflict: The data folder cannot be written to.
    """
    return _held(_SCHEDULING, engine, settings, 0, time.sleep)


def mailing(engine: Engine, settings: Settings) -> AbstractContextManager[None]:
    """Be the only one who sends the mails that wait, until the block ends; who comes second is refused at once.

    Raises: As of `scheduling`.
    """
    return _held(_MAILING, engine, settings, 0, time.sleep)


@contextmanager
def in_use(settings: Settings) -> Iterator[None]:
    """Keep a data folder from being replaced, until the block ends; many may do so at once.

    Raises:
        Conflict: It is being replaced just now, or cannot be written to.
    """
    with _used(settings, fcntl.LOCK_SH, "A backup is being brought back here; wait for it to end and try again."):
        yield


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Be the only one who uses a data folder as `in_use` says, until the block ends.

    Raises:
        Conflict: Somebody does, or the folder cannot be written to.
    """
    busy = f"The data folder {settings.data_dir} is in use by a service, a worker or a watcher; end it and try again."
    with _used(settings, fcntl.LOCK_EX, busy):
        yield


@contextmanager
def _used(settings: Settings, how: int, busy: str) -> Iterator[None]:
    path = settings.data_dir / _USE_FILE
    with _open(path) as file:
        try:
            fcntl.flock(file, how | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Conflict(busy) from error
        except OSError as error:
            raise _no_lock(path, error) from error
        yield


def doing_job(engine: Engine, settings: Settings, number: int) -> AbstractContextManager[None]:
    """Be the only one who does a job, until the block ends; who comes second is refused at once.

    Raises: As of `scheduling`.
    """
    return _held(_job_lock(number), engine, settings, 0, time.sleep)


def remove_job_lock(settings: Settings, number: int) -> None:
    """Remove the file of the lock of a job that has ended; who takes the lock anew sees that it has."""
    (settings.data_dir / _job_lock(number).file).unlink(missing_ok=True)


def left_job_locks(settings: Settings) -> list[int]:
    """Give the numbers of the jobs of which the lock has a file."""
    names = (path.name.removeprefix(_JOB_FILE) for path in settings.data_dir.glob(f"{_JOB_FILE}*"))
    return sorted(int(name) for name in names if name.isdecimal())


def _job_lock(number: int) -> _Lock:
    return _Lock(f"{_JOB_FILE}{number}", _JOB_KEYS + number, f"worker at job {number}")


@contextmanager
def _held(lock: _Lock, engine: Engine, settings: Settings, wait_seconds: float | None, pause: Pause) -> Iterator[None]:
    patience = _Patience(settings.lock_wait_seconds if wait_seconds is None else wait_seconds, pause)
    with _folder_lock(lock, settings.data_dir / lock.file, patience), _server_lock(lock, engine, patience):
        yield


@dataclass
class _Patience:
    """What is left of the seconds to wait; the two halves of a lock share it."""

    seconds: float
    pause: Pause
    next_pause: float = _SHORTEST_PAUSE

    def wait_for(self, try_to_lock: Callable[[], bool], find_holder: Callable[[], str], work: str) -> None:
        while not try_to_lock():
            if self.seconds <= 0:
                holder = find_holder()
                said = f" ({holder})" if holder else ""
                raise HeldByAnother(f"Another {work} is running{said}. Wait for it to end and try again.")
            pause = min(self.seconds, self.next_pause)
            self.pause(pause)
            self.seconds -= pause
            self.next_pause = min(2 * self.next_pause, _LONGEST_PAUSE)


@contextmanager
def _folder_lock(lock: _Lock, path: Path, patience: _Patience) -> Iterator[None]:
    with _open(path) as file:
        patience.wait_for(lambda: _try_to_lock(file, path), lambda: _read_holder(file), lock.work)
        try:
            _write_holder(file, path)
            yield
        finally:
            # a process that another thread is just starting may still have the file open, and with it the lock
            fcntl.flock(file, fcntl.LOCK_UN)


def _open(path: Path) -> TextIO:
    try:
        return path.open("a+", encoding="utf-8", errors="replace")
    except OSError as error:
        raise _no_lock(path, error) from error


def _no_lock(path: Path, error: OSError) -> Conflict:
    return Conflict(
        f"{path} cannot be locked and written to ({error.strerror}). "
        "Nothing was changed; check the permissions of its folder and its disk."
    )


def _try_to_lock(file: TextIO, path: Path) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:  # such as a network folder that knows no locks
        raise _no_lock(path, error) from error
    return True


def _read_holder(file: TextIO) -> str:
    file.seek(0)
    return file.read()


def _write_holder(file: TextIO, path: Path) -> None:
    try:
        file.truncate(0)
        file.write(_holder(f"process {os.getpid()}", now()))
        file.flush()
    except OSError as error:
        raise _no_lock(path, error) from error


@contextmanager
def _server_lock(lock: _Lock, engine: Engine, patience: _Patience) -> Iterator[None]:
    if engine.dialect.name == "sqlite":
        yield
        return
    with plain_database_faults(engine):
        connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    with connection:
        connection.detach()  # so that its end is the lock's end
        with plain_database_faults(engine):
            _name_connection(connection)
            key = lock.advisory_key
            patience.wait_for(
                lambda: _try_to_lock_server(connection, key), lambda: _find_holder(connection, key), lock.work
            )
        try:
            yield
        finally:
            _unlock_server(connection, key)


def _name_connection(connection: Connection) -> None:
    name = f"thirteen, process {os.getpid()} on {platform.node()}"
    connection.execute(text("SELECT set_config('application_name', :name, false)"), {"name": name})


def _try_to_lock_server(connection: Connection, key: int) -> bool:
    return bool(connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": key}))


def _unlock_server(connection: Connection, key: int) -> None:
    """Give a lock back at once: the server notices a closed connection only some time later."""
    with suppress(DBAPIError):  # a connection that was lost has taken its lock with it
        connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": key})


def _find_holder(connection: Connection, key: int) -> str:
    statement = """
        SELECT application_name, query_start FROM pg_locks JOIN pg_stat_activity USING (pid)
        WHERE locktype = 'advisory' AND granted AND classid = :high AND objid = :low
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    """
    row = connection.execute(text(statement), {"high": key >> 32, "low": key & 0xFFFFFFFF}).one_or_none()
    # who is not told of others' connections sees neither
    return _holder(row[0].removeprefix("thirteen, "), row[1]) if row and row[1] else "on another machine"


def _holder(process: str, since: datetime) -> str:
    return f"{process}, since {since.astimezone():%H:%M %Z}"
