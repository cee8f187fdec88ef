"""The program in processes of its own, as an installation runs it: services and workers, loaded once for all."""

import multiprocessing
import os
import socket
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.process import BaseProcess

import httpx2
from pydantic import SecretStr

from app import start
from app.schedule import keep_schedule
from config.settings import Settings
from tests.app.jobs.waiting import wait_until
from tests.app.service.serving import PASSWORD

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["app.serve", "app.cli", "app.jobs.commands", "app.open_installation"])


@dataclass(frozen=True)
class Served:
    """A service in a process of its own.

    Args:
        address: Where it listens.
    """

    process: BaseProcess
    address: str

    def sign_in(self, login: str, **headers: str) -> dict[str, str]:
        """Sign in, and give the header that a browser then sends over a line that is kept from others."""
        given = {"login": login, "password": PASSWORD, "then": "/"}
        answer = httpx2.post(f"{self.address}/sign-in", data=given, headers=headers, timeout=60)
        assert answer.status_code == 303, answer.text
        return {"Cookie": answer.headers["set-cookie"].partition(";")[0]}


@contextmanager
def running(settings: Settings, *words: str) -> Iterator[BaseProcess]:
    """Run a command of the program on an installation until the block ends."""
    process = _FORKS.Process(target=_run, args=(_environment(settings), words))
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()


@contextmanager
def serving(settings: Settings) -> Iterator[Served]:
    """Serve an installation, without workers of its own, until the block ends; it answers when this begins."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with running(settings, "serve", "--no-jobs", "--port", str(port)) as process:
        served = Served(process, f"http://127.0.0.1:{port}")
        wait_until(lambda: _answers(served))
        yield served


def _answers(served: Served) -> bool:
    assert served.process.is_alive()
    try:
        return httpx2.get(f"{served.address}/health/ready", timeout=60).status_code == 200
    except httpx2.TransportError:
        return False


def _environment(settings: Settings) -> dict[str, str]:
    """Give the variables that say what differs from the defaults."""
    given = {name: getattr(settings, name) for name in settings.model_fields_set}
    plain = {name: value for name, value in given.items() if value is not None}
    return {f"THIRTEEN_{name.upper()}": _written(value) for name, value in plain.items()}


def _written(value: object) -> str:
    if isinstance(value, frozenset):
        return ";".join(value)
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


def _run(environment: Mapping[str, str], words: Sequence[str]) -> None:
    """Become the program; who keeps the schedule looks at it more often, so that nobody waits for that."""
    for name in [name for name in os.environ if name.startswith("THIRTEEN_")]:
        del os.environ[name]
    os.environ.update(environment)
    keep_schedule._SECONDS_BETWEEN_LOOKS = 1  # noqa: SLF001 - see above
    sys.argv = ["thirteen", *words]
    start.main()
