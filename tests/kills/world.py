"""A world: a folder with the files of a city, a data folder, what was written out, and perhaps a database on a server.

Programs run in it as a user runs them, from a process that has loaded them already: loading takes longer than working.
"""

import os
import pickle
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
import psycopg
from alembic import command
from sqlalchemy.dialects import postgresql, sqlite

import app.cli
from app.start import main
from tests.kills.trace import Moment, SeenCall, Traced, in_child, run_traced
from tests.postgres import PostgresServer

# What the program loads only when it comes to it takes longer than its work: here it is loaded once, for all runs.
LOADED = (pd, psycopg, command, postgresql, sqlite, app.cli)
DATA, OUT, FILES = "data", "out", "files"
_PROGRAM = Path(sys.executable).with_name("thirteen")
_ANSWER, _SAID, _WARNED = "answer", "said", "warned"
# What a run makes up for a name: numbers, digests, and what the system puts behind the name of a temporary folder.
_MADE_UP = re.compile(r"(?<=\.|-)[a-z0-9_]{8}(?=/|$)|(?<=tmp)[a-z0-9_]{8}|[0-9a-f]{8,}|\d+")
_SECONDS_FOR_SERVER = 20


@dataclass(frozen=True)
class Ran:
    """What a command came to: its exit status, and what it said."""

    status: int
    out: str
    err: str


@dataclass(frozen=True)
class World:
    """Where programs run.

    Args:
        folder: Holds all of it, in folders of their own; a program's paths start from here.
        server: Keeps the record; None where SQLite does.
        program: What is run; it finds its words where programs find them.
    """

    folder: Path
    server: PostgresServer | None = None
    program: Callable[[], None] = main

    @property
    def url(self) -> str | None:
        """The URL of the world's database on the server."""
        return None if self.server is None else self.server.url(self.folder.name)

    def make(self) -> None:
        """Make the folders, and a database without tables."""
        for name in (OUT, FILES):
            (self.folder / name).mkdir(parents=True)
        if self.server is not None:
            self.server.execute(f'CREATE DATABASE "{self.folder.name}"')

    def copied(self, name: str) -> "World":
        """Give a world of another name that is like this one."""
        self.wait_for_server()  # which copies no database that is in use
        copy = replace(self, folder=self.folder.with_name(name))
        shutil.copytree(self.folder, copy.folder)
        if self.server is not None:
            self.server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{self.folder.name}" STRATEGY FILE_COPY')
        return copy

    def remove(self) -> None:
        """Remove all of it."""
        shutil.rmtree(self.folder)
        if self.server is not None:
            self.server.execute(f'DROP DATABASE "{self.folder.name}" WITH (FORCE)')

    def run(self, words: Sequence[str]) -> Ran:
        """Run a command to its end."""
        return self._said(_wait_for(_fork(lambda: self._become(words))))

    def run_traced(self, words: Sequence[str], at: tuple[SeenCall, Moment] | None = None) -> tuple[Traced, Ran]:
        """Run a command and note its calls; kill it at one of them if asked to."""
        traced = run_traced(lambda: self._become(words), self._class_of, at)
        return traced, self._said(traced.status)

    def run_for(self, words: Sequence[str], seconds: float) -> Ran:
        """Start the program as a shell does, and kill it after some seconds."""
        with self._output(_SAID) as out, self._output(_WARNED) as err:
            process = subprocess.Popen(  # noqa: S603 - our own program
                [_PROGRAM, *words], cwd=self.folder, env=self._environment(), stdout=out, stderr=err
            )
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        process.kill()
        return self._said(process.wait())

    def ask(self, question: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever the question's answer is
        """Ask a question in a process of its own that stands in this world, and give its answer.

        Raises:
            RuntimeError: The process failed.
        """

        def answer() -> None:
            self._enter()
            (self.folder / _ANSWER).write_bytes(pickle.dumps(question()))

        status = _wait_for(_fork(answer))
        if status:
            raise RuntimeError(f"ended with {status}: {(self.folder / _WARNED).read_text()[-2000:]}")
        return pickle.loads((self.folder / _ANSWER).read_bytes())  # noqa: S301 - our own

    def wait_for_server(self) -> bool:
        """Wait until the server has noticed that a killed program is gone; say whether it did."""
        if self.server is None:
            return True
        deadline = time.monotonic() + _SECONDS_FOR_SERVER
        while self._connections():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.01)
        return True

    def leaves_of(self, *folders: str) -> Mapping[str, Path]:
        """Give all files and empty folders, by their paths from the world's folder."""
        found = sorted(path for name in folders for path in (self.folder / name).rglob("*"))
        leaves = [path for path in found if path.is_file() or not any(path.iterdir())]
        return {str(path.relative_to(self.folder)): path for path in leaves}

    def _connections(self) -> int:
        assert self.server is not None
        with psycopg.connect(self.server.url("postgres")) as connection:
            question = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
            return int((connection.execute(question, [self.folder.name]).fetchone() or (0,))[0])

    def _become(self, words: Sequence[str]) -> None:
        self._enter()
        sys.argv = ["thirteen", *words]
        self.program()

    def _enter(self) -> None:
        os.chdir(self.folder)
        os.environ.clear()
        os.environ.update(self._environment())
        for name, descriptor in ((_SAID, 1), (_WARNED, 2)):
            with self._output(name) as file:
                os.dup2(file.fileno(), descriptor)

    def _output(self, name: str) -> Any:  # noqa: ANN401 - a file
        return (self.folder / name).open("wb")

    def _environment(self) -> dict[str, str]:
        kept = {name: text for name, text in os.environ.items() if not name.startswith("THIRTEEN_")}
        named = {} if self.url is None else {"THIRTEEN_DATABASE_URL": self.url}
        return {**kept, "THIRTEEN_DATA_DIR": DATA, **named}

    def _said(self, status: int) -> Ran:
        return Ran(status, (self.folder / _SAID).read_text(), (self.folder / _WARNED).read_text())

    def _class_of(self, path: str, sent: bytes) -> str | None:
        if path.startswith("socket:"):
            return "the server (COMMIT)" if b"COMMIT" in sent else "the server"
        inside = path.removeprefix(f"{self.folder}/")
        watched = any(inside == name or inside.startswith(f"{name}/") for name in (DATA, OUT, FILES))
        return class_of(inside) if watched and inside != path else None


def class_of(path: str) -> str:
    """Give a path with stars where a run makes names up."""
    return _MADE_UP.sub("*", path)


def _fork(work: Callable[[], None]) -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        in_child(work)
    return child


def _wait_for(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
