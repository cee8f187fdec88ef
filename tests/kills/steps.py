"""The commands that are killed, one after another in a small city's life, and the files that they read."""

import csv
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.sample_city.write_sample_city import write_sample_city
from app.start import main
from tests.kills.world import FILES, World

SOURCES = ("records", "hris", "landdesk")
A_FINDING = "{finding}"  # in a step's words: the key of the first finding that stands


@dataclass(frozen=True)
class KilledCommand:
    """A command that was killed before the step: right after the last call that does this to such a file."""

    words: Sequence[str]
    does: str
    file: str


@dataclass(frozen=True)
class Step:
    """A command in the city's life.

    Args:
        words: What a user types behind `thirteen`; paths start from the world's folder.
        name: What people call it; empty where it is not killed but only leads to the next.
        on_server: It is killed with the record on PostgreSQL, too.
        left_by: A command was killed before; what this step leaves is not kept for the next.
        before: Is done in the world before it.
        program: What runs; the words are for it.
        unsettled: Tables that a killed one may leave as they were on the way, and that are right when it is run again.
        says_what_was_left: Run again, it says what the killed one had not come to.
        status: The exit status with which it ends undisturbed.
    """

    words: Sequence[str]
    name: str = ""
    on_server: bool = False
    left_by: KilledCommand | None = None
    before: Callable[[], None] | None = None
    program: Callable[[], None] = main
    unsettled: frozenset[str] = frozenset()
    says_what_was_left: bool = False
    status: int = 0


def imported(file: str, name: str = "", *more: str, kind: str = "", on_server: bool = False) -> Step:
    """Import a file, of the kind that it is called after unless another one is given."""
    return Step(("import", kind or file, f"{FILES}/{file}.csv", *more), name, on_server)


def log(*files: str, name: str, source: str = "records", on_server: bool = False) -> Step:
    """Import logs."""
    return Step(("import", "log", *(f"{FILES}/{file}" for file in files), "--source", source), name, on_server)


def _watch(file: str, name: str, source: str, status: int = 0) -> Step:
    """Take a file that was put into a watched folder a while ago."""
    words = ("watch", "--once", "--folder", f"{FILES}/watched")

    def put() -> None:
        folder = Path(FILES, "watched", source)
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(Path(FILES, file), folder)
        os.utime(folder / file, (_LONG_AGO, _LONG_AGO))

    return Step(words, name, on_server=True, before=put, says_what_was_left=True, status=status)


_RETENTION = (*("retention", "set", "records", "--keep", "20 months", "--code", "ADM 1", "--citation", "Resolution 7"),)
_LONG_AGO = 1_700_000_000
_PART = "persons assigned to the bargaining team, as needed"
_DAMAGED = log("damaged.csv", name="import log, damaged", on_server=True)
STEPS = (
    Step(("init", "--entity", "City of Springfield"), "init", on_server=True),
    Step(("entity", "--compliance-official", "Jane Roe"), "entity"),
    imported("positions"),
    imported("employees"),
    imported("assignments"),
    imported("accounts"),
    imported("inventory", "import inventory", on_server=True),
    imported("officers"),
    imported("officer-duties"),
    imported("work-access"),
    imported("roster", "import roster", "--as-of", "2025-07-01", "--partial", "--yes"),
    imported("temporary-duties", "import duties, some bad", "--skip-bad-rows", on_server=True),
    imported("resources"),
    imported("corrected", "import duties that replace", "--replace", kind="temporary-duties", on_server=True),
    Step(("undo", "12"), "undo", on_server=True),
    Step(("withdraw", "temporary-duty:1", "--reason", "a mix-up"), "withdraw", on_server=True),
    Step(("resolve-access", "--series", "CMO-020", "--part", _PART, "--dismiss"), "resolve-access"),
    Step(("source", "add", "records", "--format", "csv"), "source add", on_server=True),
    Step(("source", "add", "hris", "--format", "csv")),
    Step(("source", "add", "landdesk", "--format", "csv")),
    log("part-1.csv", name="import log"),
    Step(("findings",), "start after a killed import", left_by=KilledCommand(_DAMAGED.words, "sync", "data/events/")),
    Step(("findings",), "start after a killed commit", left_by=KilledCommand(_DAMAGED.words, "write", "sqlite-wal")),
    _DAMAGED,
    log("part-2.csv", "part-3.csv", name="import log, several files"),
    log("landdesk.csv.gz", name="import log, gzip", source="landdesk"),
    Step(("audit",), "audit", on_server=True),
    log("records.csv", name="import log, overlapping", on_server=True),
    log("hris.csv", name="", source="hris"),
    Step(("source", "set", "hris", "--time-zone", "America/Denver"), "source set", on_server=True),
    log("hris.csv", name="import log, read anew", source="hris", on_server=True),
    Step(("compact",), "compact", on_server=True),
    Step(("compact", "--drop-replaced"), "compact, dropping", on_server=True, unsettled=frozenset({"replaced_files"})),
    _watch("part-4.csv", "watch", "hris"),
    _watch("notes.csv", "watch, refusing", "hris", status=1),
    Step(("audit",), "audit, again", on_server=True),
    Step(("note", A_FINDING, "--status", "under_review", "--note", "asked"), "note", on_server=True),
    Step(("rejects", "--source", "records", "--out", "out/rejects.csv"), "rejects", on_server=True),
    Step(("decisions", "--out", "out/decisions.csv"), "decisions, CSV"),
    Step(("decisions", "--out", "out/replaced.csv", "--to", "2025-02-28")),
    Step(("decisions", "--out", "out/replaced.csv"), "decisions, replacing CSV"),
    Step(("decisions", "--out", "out/decisions.parquet"), "decisions, Parquet"),
    Step(("report", "temporary-duties", "--out", "out/duties.xlsx"), "report temporary-duties"),
    Step(("report", "inventory", "--out", "out/replaced.xlsx")),
    Step(("report", "findings", "--out", "out/replaced.xlsx"), "report findings, replacing"),
    Step(_RETENTION, "retention set", on_server=True),
    Step(("retention", "hold", "--account", "nobody", "--reason", "a case"), "retention hold"),
    Step(
        ("retention", "apply", "--yes"),
        "retention apply",
        on_server=True,
        unsettled=frozenset({"replaced_files"}),
        says_what_was_left=True,
    ),
    Step(("audit",), "audit, after a removal"),
    Step(("go-live",), "go-live"),
)


def write_files(world: World) -> None:
    """Write the files of a city that the steps read."""
    folder = world.folder / FILES
    city = write_sample_city(world.folder / "city", events=600, employees=60)
    for path in (*city.files.values(), *(log.path for log in city.logs)):
        shutil.move(path, folder / path.name)
    shutil.rmtree(city.folder)
    _split_log(folder / "records.csv")
    _spoil_duties(folder / "temporary-duties.csv")
    _write_roster(folder)


def _split_log(path: Path) -> None:
    """Give the log in three parts that overlap, and a part of which some records cannot be read."""
    heading, *records = path.read_text(encoding="utf-8").splitlines(keepends=True)
    third = len(records) // 3
    for number in range(3):
        part = records[number * third : (number + 1) * third + 5]
        path.with_name(f"part-{number + 1}.csv").write_text("".join((heading, *part)), encoding="utf-8")
    damaged = [*records[third : third + 10], "not a time,nobody,nothing,view,,,\n", *records[third + 10 : third + 20]]
    damaged += [f"2025-13-{day},nobody,nothing,view,,,\n" for day in range(1, 30)]
    path.with_name("damaged.csv").write_text("".join((heading, *damaged)), encoding="utf-8")
    path.with_name("part-4.csv").write_text("".join((heading, *records[:20])), encoding="utf-8")
    path.with_name("notes.csv").write_text("Ask Jane about these.\n", encoding="utf-8")


def _spoil_duties(path: Path) -> None:
    heading, *rows = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    spoiled = [row.replace(row.split(",")[0], "nobody", 1) for row in rows[:5]]
    path.write_text("".join((heading, *spoiled, *rows[5:])), encoding="utf-8")
    shortened = [row.replace("view", "print", 1) for row in rows[5:15]]
    path.with_name("corrected.csv").write_text("".join((heading, *shortened)), encoding="utf-8")


def _write_roster(folder: Path) -> None:
    with (folder / "roster.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("employee_id", "name", "title", "department", "hire_date"))
        writer.writerows((f"N{i:03}", f"New Person {i}", f"Aide {i % 5}", "Parks", "2025-01-02") for i in range(40))
