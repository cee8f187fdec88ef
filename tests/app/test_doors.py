"""The commands: listed without being loaded, and each loads no more than it needs."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from typer.core import TyperGroup

from access.import_kinds import IMPORT_KINDS
from app.doors import DOORS, KINDS, Door
from config.settings import Settings

HEAVY = {"alembic", "casbin", "duckdb", "openpyxl", "pandas", "pyarrow", "sqlmodel"}


def doors(commands: object = DOORS) -> Iterator[Door]:
    for command in commands if isinstance(commands, tuple) else [commands]:
        if isinstance(command, TyperGroup):
            yield from doors(tuple(command.commands.values()))
        elif isinstance(command, Door):
            yield command


@pytest.mark.parametrize("door", list(doors()), ids=lambda door: door.name)
def test_behind_each_door_is_a_command_with_that_help(door: Door, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        door.main(["--help"], prog_name=door.name)

    said = " ".join(capsys.readouterr().out.split())
    assert ended.value.code == 0
    assert said.startswith(f"Usage: {door.name} [OPTIONS]")
    assert str(door.help) in said


def test_every_kind_of_table_has_a_door() -> None:
    assert tuple(IMPORT_KINDS) == KINDS


def test_a_command_loads_what_it_needs(settings: Settings) -> None:
    program = (
        "import sys; from app.cli import main\n"
        "for words in (['--help'], ['import', '--help'], ['findings']):\n"
        "    sys.argv[1:] = words\n"
        "    try: main()\n"
        f"    except SystemExit: print(words, *sorted({HEAVY} & sys.modules.keys()), file=sys.stderr)"
    )
    environment = {**os.environ, "THIRTEEN_DATA_DIR": str(settings.data_dir)}
    command = [sys.executable, "-c", program]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own

    loaded = [line for line in ran.stderr.splitlines() if line.startswith("[")]
    assert loaded == ["['--help']", "['import', '--help']", "['findings'] sqlmodel"]
