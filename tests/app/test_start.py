"""Ctrl-C is answered with a sentence and exit status 130, wherever it falls."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

import pyarrow as pa
import pytest

from app import start
from config.bulk import open_bulk
from config.settings import Settings

Work = Callable[[Event, Path], None]


def waiting(begun: Event, _folder: Path) -> None:
    begun.set()
    while True:  # not one wait without end: a stop that comes just before it would not wake it
        Event().wait(0.01)


def asking_duckdb(begun: Event, folder: Path) -> None:
    """Ask what takes hours, of rows that tell when they are read."""
    made = pa.record_batch({"range": pa.array(range(2048))})

    def batches() -> Iterator[pa.RecordBatch]:
        begun.set()
        yield made

    with open_bulk(Settings(data_dir=folder, database_url=None)) as connection:
        connection.register("rows", pa.RecordBatchReader.from_batches(made.schema, batches()))
        connection.execute("SELECT sum(hash(a.range + b.range)) FROM rows a, range(1000000000) b").fetchall()


@pytest.mark.parametrize("work", [waiting, asking_duckdb])
def test_a_stopped_command_says_so(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    begun = Event()

    def stop() -> None:
        begun.wait()
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr("app.cli.main", lambda: work(begun, tmp_path))
    before = signal.getsignal(signal.SIGINT)
    stopper = Thread(target=stop)
    stopper.start()

    with pytest.raises(SystemExit) as ended:
        start.run()

    stopper.join()
    assert ended.value.code == 130
    assert capsys.readouterr().err == "Stopped; nothing half-done was recorded.\n"
    assert signal.getsignal(signal.SIGINT) == before


def test_a_fault_of_the_program_is_not_taken_for_a_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr("app.cli.main", fail)

    with pytest.raises(RuntimeError, match="a fault"):
        start.run()


@pytest.mark.parametrize(
    ("does", "status", "told"),
    [("sys.exit(0)", 0, ""), ("sys.exit(3)", 3, ""), ("open('/nowhere/at/all')", 1, "FileNotFoundError: ")],
)
def test_what_is_to_be_done_at_the_end_is_done_and_the_status_stays(does: str, status: int, told: str) -> None:
    program = (
        "import atexit, sys, app.cli\n"
        f"app.cli.main = lambda: (atexit.register(print, 'closed', flush=True), {does})\n"
        "from app.start import main; main()"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)  # noqa: S603 - our own

    assert (ended.returncode, ended.stdout) == (status, "closed\n")
    assert ended.stderr.rpartition("\n")[0].rpartition("\n")[2].startswith(told)
