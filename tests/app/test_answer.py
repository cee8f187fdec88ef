"""The answer of a process of its own: printed whole, or not at all and said so, whatever standard output is."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from config.settings import Settings
from tests.app.commands import Thirteen

Program = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def program(town_thirteen: Thirteen, settings: Settings) -> Program:
    """Give the command line as a user has it, on the data folder of the audited town."""
    town_thirteen("audit")

    def run(
        *words: str, out: int = subprocess.PIPE, before: Sequence[str] = (), **environment: str
    ) -> subprocess.CompletedProcess[str]:
        command = [*before, sys.executable, "-c", "from app.start import main; main()", *words]
        environment = {**os.environ, "THIRTEEN_DATA_DIR": str(settings.data_dir), **environment}
        return subprocess.run(  # noqa: S603 - our own
            command, env=environment, stdout=out, stderr=subprocess.PIPE, encoding="utf-8", check=False
        )

    return run


@pytest.mark.parametrize("buffered", ["", "1"])
def test_a_change_whose_answer_cannot_be_printed_is_said_to_be_recorded(
    town_thirteen: Thirteen, program: Program, buffered: str
) -> None:
    with Path("/dev/full").open("w") as full:
        changed = program("entity", "--name", "Town of Oak", out=full.fileno(), PYTHONUNBUFFERED=buffered)

    assert changed.returncode == 0
    assert changed.stderr == (
        "The answer cannot be printed (No space left on device); what the command had to record is recorded.\n"
    )
    assert "Town of Oak" in town_thirteen("entity").out


def test_a_file_whose_receipt_cannot_be_printed_is_said_to_be_written(program: Program, tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        written = program("decisions", "--out", "d.csv", out=full.fileno())

    assert (written.returncode, (tmp_path / "d.csv").exists()) == (0, True)
    assert written.stderr.endswith("; what the command had to write is written.\n")


@pytest.mark.parametrize(
    ("words", "closed", "status", "said"),
    [
        (("entity", "--name", "Town of Oak"), ">&-", 0, "closed); what the command had to record is recorded.\n"),
        (("entity",), ">&-", 1, "The answer cannot be printed (standard output is closed).\n"),
        (("entity", "--name", "Town of Oak"), ">&- 2>&-", 0, ""),
        (("note", "no-such-key", "--note", "x"), "2>&-", 1, ""),
    ],
)
def test_a_command_ends_as_ever_where_its_terminal_is_closed(
    program: Program, words: tuple[str, ...], closed: str, status: int, said: str
) -> None:
    ran = program(*words, before=("sh", "-c", f'exec "$@" {closed}', "sh"))

    assert ran.returncode == status
    assert ran.stderr.endswith(said)
    assert "Traceback" not in ran.stderr


def test_an_answer_that_cannot_be_printed_is_a_failure(program: Program) -> None:
    with Path("/dev/full").open("w") as full:
        asked = program("entity", out=full.fileno())

    assert (asked.returncode, asked.stderr) == (1, "The answer cannot be printed (No space left on device).\n")


def test_a_reader_who_had_enough_gets_no_complaint(program: Program) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    listed = program("findings", out=writing)
    os.close(writing)

    assert (listed.returncode, listed.stderr) == (1, "")


def test_a_terminal_of_few_letters_shows_the_others_as_escapes_and_programs_get_them_whole(
    town_thirteen: Thirteen, program: Program
) -> None:
    Path("renamed.csv").write_text("employee_id,name,hire_date\nE1,Ann Ølson,2020-01-01\n", encoding="utf-8")
    town_thirteen("import", "employees", "renamed.csv")
    town_thirteen("audit")
    town_thirteen("entity", "--name", "Øster Elm")

    assert program("entity", PYTHONIOENCODING="ascii").stdout.startswith(r"\xd8ster Elm (time zone")
    listed = program("findings", "--format", "csv", PYTHONIOENCODING="ascii")
    assert "Ann Ølson" in listed.stdout
    # and the record is the one that the environment names
    assert listed.stdout == town_thirteen("findings", "--format", "csv").out
