"""The commands: listed without being loaded, and each loads no more than it needs."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from sqlmodel import select
from typer.core import TyperGroup

from access.import_kinds import IMPORT_KINDS
from app.door import Door
from app.doors import DOORS, KINDS
from app.migrations.comparison import TABLE_MODULES
from app.open_installation import open_installation
from audit.logs.check_store import check_store
from audit.models import Finding
from tests.town import Town

HEAVY = {
    *(
        "_duckdb",
        "alembic",
        "casbin",
        "duckdb",
        "fastapi",
        "numpy",
        "openpyxl",
        "pandas",
        "pyarrow",
        "rich",
        "sqlalchemy",
    ),
    *("sqlmodel", "uvicorn", "yaml"),
    *(module.__name__ for module in TABLE_MODULES),  # the class of a table takes as long as many rows of it
}


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


# What each command loads besides what those before it did, as one process runs them all.
LOADS = {
    "--help": set(),
    "import --help": set(),
    "official --help": set(),
    "explain --employee E1 --series S4 --at 2025-03-03": {"_duckdb", "sqlalchemy"},
    "list grants": set(),
    "finding KEY": set(),
    "findings": {"audit.models", "audit.question_models", "sqlmodel"},
    "imports": {"config.applied_imports"},
    "list positions": {"access.models"},
    "official list": {"config.officials.models"},
    "import roster --help": {"config.tables.heading_mapping", "inventory.models"},
    "source list": {"audit.logs.models", "audit.logs.retention_models", "yaml"},
    "series reviews": {"inventory.publication_models"},
    "inventory versions": set(),
    "review list": {"access.reviews.models"},
    "retention list": set(),
}


def test_a_command_loads_what_it_needs(town: Town) -> None:
    key = town.session.exec(select(Finding.key).order_by(Finding.key)).first()
    check_store(town.session, town.settings.data_dir)  # what was checked before is not read again
    town.session.rollback()  # another process is to open the folder
    open_installation(town.settings.data_dir, create=False).engine.dispose()  # which gives it an id the first time
    program = (
        "import sys; from app.cli import main\n"
        f"for words in {[words.replace('KEY', str(key)) for words in LOADS]}:\n"
        "    sys.argv[1:] = words.split()\n"
        "    try: main()\n"
        f"    except SystemExit as ended: print('loaded', ended.code, *{HEAVY} & sys.modules.keys(), file=sys.stderr)"
    )
    environment = {**os.environ, "THIRTEEN_DATA_DIR": str(town.settings.data_dir)}
    command = [sys.executable, "-c", program]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own

    told = [line.split()[1:] for line in ran.stderr.splitlines() if line.startswith("loaded ")]
    assert {status for status, *_ in told} == {"0"}
    loaded = [set(modules) for _, *modules in told]
    assert dict(zip(LOADS, map(set.difference, loaded, [set(), *loaded]), strict=True)) == LOADS
