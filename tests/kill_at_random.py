"""Kill imports and audits at random moments and show that nothing is lost, doubled or half-visible.

`python -m tests.kill_at_random 200 [seed]`: each round starts the real command on a copy of a data folder, kills it
(SIGKILL) at a random moment, and looks: the state must be the one before or the one after, never between. Then the
command runs again to its end, and the state must be the one that an undisturbed run leaves. Exit status 1 if not.
"""

import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from app.data_folder import open_data_folder
from app.sample_city.write_sample_city import SampleCity, write_sample_city
from config.settings import Settings

_PROGRAM = Path(sys.executable).with_name("thirteen")


@dataclass(frozen=True)
class State:
    """What a person can see of a data folder: the imports, the events, the rejects and the findings."""

    imports: tuple[tuple[str, int, int, int], ...]
    events: tuple[str, ...]
    files: int
    tables: Mapping[str, int]
    findings: str


def look(data_dir: Path) -> State:
    """Start anew on a data folder, as the next command would, and look at all of it."""
    settings = Settings(data_dir=data_dir, database_url=None)
    engine = open_data_folder(settings)
    listing = "SELECT file_name, read, added, unreadable, event_file FROM log_imports ORDER BY id"
    with engine.connect() as connection:
        imports = [tuple(row) for row in connection.exec_driver_sql(listing)]
        names = ("data_series", "work_access", "temporary_duties", "audit_runs", "findings", "finding_figures")
        tables = {
            name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one()  # noqa: S608 - our own names
            for name in names
        }
        findings = connection.exec_driver_sql(
            "SELECT f.key, g.events, g.first, g.last, g.subjects, g.explanation "
            "FROM findings f JOIN finding_figures g ON g.id = f.figures_id ORDER BY f.key"
        )
        shown = json.dumps([list(map(str, row)) for row in findings])
    engine.dispose()
    listed = [data_dir / "events" / row[4] for row in imports if row[4]]
    on_disk = sorted(data_dir.glob("events/*")) + sorted(data_dir.glob("rejects/*"))
    keys: list[str] = []
    if listed:
        paths = ", ".join(f"'{path}'" for path in listed)
        stored = f"FROM read_parquet([{paths}], union_by_name = true)"
        rows = duckdb.execute(f"SELECT event_key::VARCHAR {stored} ORDER BY 1").fetchall()
        keys = [key for (key,) in rows]
    return State(tuple((row[0], row[1], row[2], row[3]) for row in imports), tuple(keys), len(on_disk), tables, shown)


def run(data_dir: Path, command: list[str], kill_after: float | None = None) -> bool:
    """Run a command; kill it after some seconds if asked to. Say whether it ended by itself."""
    process = subprocess.Popen(  # noqa: S603 - our own program, with words of our own
        [_PROGRAM, "--data-dir", data_dir, *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        _, errors = process.communicate(timeout=kill_after)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return False
    if process.returncode:
        raise SystemExit(f"thirteen {' '.join(command)} ended with {process.returncode}: {errors}")
    return True


def prepare(folder: Path) -> tuple[Path, SampleCity]:
    """Make a data folder with a sample city's tables and all of its logs but one."""
    city = write_sample_city(folder / "city", events=20_000, employees=100)
    data_dir = folder / "before"
    run(data_dir, ["init", "--entity", city.entity])
    for kind, path in city.files.items():
        if kind != "temporary-duties":
            run(data_dir, ["import", kind, str(path)])
    for log in city.logs[:3]:
        run(data_dir, ["source", "add", log.system, "--format", log.format, "--time-zone", log.time_zone])
    return data_dir, city


def main(kills: int, seed: int) -> int:
    """Kill as often as asked and say what came of it."""
    chance = random.Random(seed)  # noqa: S311 - when to kill is no secret
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        data_dir, city = prepare(folder)
        commands = [
            ["import", "temporary-duties", str(city.files["temporary-duties"])],
            *(["import", "log", str(log.path), "--source", log.system] for log in city.logs[:3]),
            ["audit"],
        ]
        steps: list[tuple[list[str], Path, State, State, float]] = []
        for command in commands:
            after = folder / f"after-{len(steps)}"
            shutil.copytree(data_dir, after)
            started = time.monotonic()
            run(after, command)
            steps.append((command, data_dir, look(data_dir), look(after), time.monotonic() - started))
            data_dir = after
        done, wrong, ended = 0, 0, 0
        while done < kills:
            command, before, state_before, state_after, seconds = chance.choice(steps)
            victim = folder / "victim"
            shutil.copytree(before, victim)
            if run(victim, command, kill_after=chance.uniform(0, seconds)):
                ended += 1
            else:
                done += 1
            seen = look(victim)
            run(victim, command)
            complete = look(victim)
            if seen not in (state_before, state_after) or _facts(complete) != _facts(state_after):
                wrong += 1
                shown = f"{seen.imports} {seen.tables} {complete.tables}"
                sys.stdout.write(f"kill {done} of {' '.join(command)}: {shown}\n")
            shutil.rmtree(victim)
            if done % 20 == 0:
                sys.stdout.write(f"{done} kills, {ended} runs that ended before, {wrong} wrong\n")
                sys.stdout.flush()
    sys.stdout.write(f"{kills} kills: {wrong} left something lost, doubled or half-visible\n")
    return 1 if wrong else 0


def _facts(state: State) -> tuple[object, ...]:
    """Give what must be the same however often a command was begun; a run that adds nothing is recorded, too."""
    tables = {name: count for name, count in state.tables.items() if name != "audit_runs"}
    return state.events, state.files, tables, state.findings


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(*(arguments + [200, 13][len(arguments) :])))
