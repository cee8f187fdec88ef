"""Ctrl-C is answered with a sentence and exit status 130, wherever it falls."""

import os
import signal
import time
from collections.abc import Callable
from threading import Timer

import duckdb
import pytest

from app import start


def waiting() -> None:
    time.sleep(30)


def asking_duckdb() -> None:
    with duckdb.connect() as connection:
        connection.execute("SELECT sum(hash(a.range + b.range)) FROM range(10000000) a, range(1000) b").fetchall()


@pytest.mark.parametrize("work", [waiting, asking_duckdb])
def test_a_stopped_command_says_so(
    work: Callable[[], None], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("app.cli.main", work)
    before = signal.getsignal(signal.SIGINT)
    Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()

    with pytest.raises(SystemExit) as ended:
        start.main()

    assert ended.value.code == 130
    assert capsys.readouterr().err == "Stopped; nothing half-done was recorded.\n"
    assert signal.getsignal(signal.SIGINT) == before


def test_a_fault_of_the_program_is_not_taken_for_a_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr("app.cli.main", fail)

    with pytest.raises(RuntimeError, match="a fault"):
        start.main()
