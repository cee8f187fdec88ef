"""The service of a hospital: under load as the city's, what watching itself takes, what a duty would mean, a backup."""

import shutil
import subprocess
import time
from pathlib import Path
from statistics import median

from benchmarks.measure_service import Store, measure_service
from benchmarks.measured import run_then
from benchmarks.progress import say
from benchmarks.rounds import Figures
from benchmarks.served import ask, served_city
from benchmarks.service_requests import reading_requests

_TIMES = 10  # how often each page is asked for in each turn
_TURNS = 3


def measure_running(store: Store, port: int) -> Figures:
    """Measure one round."""
    figures: Figures = {"service": measure_service(store, port)}
    for name, part in (("watching", _watching(store, port)), ("preview", _preview(store)), ("backup", _backup(store))):
        say(f"  {name}: {part}")
        figures[name] = part
    return figures


def _watching(store: Store, port: int) -> Figures:
    """Ask for all pages in turns of a service that writes down who looks, and of one that does not."""
    pages = reading_requests(store.callers)
    took: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(_TURNS):
        for watched, sums in took.items():
            with served_city(store.data, port, watched=watched) as city:
                ask(city, pages, store.folder, most=len(pages))
                times = ask(city, pages, store.folder, most=len(pages) * _TIMES)
            sums.append(sum(median(page) for page in times.values()) / len(times))
    return {"watched": median(took[True]), "unwatched": median(took[False])}


def _preview(store: Store) -> Figures:
    """Have the command line say what a duty would mean, for some employees and series."""
    walls, processors = [], []
    for employee, series in store.callers["questions"][:_TURNS]:
        asked = ("--employee", employee, "--series", series, "--to", "+3d", "--by", store.callers["things"]["head"])
        taken = run_then(store.data, "duty", "grant", *asked, "--reason", "cover", "--preview")
        walls.append(taken.wall)
        processors.append(taken.processor)
    return {"wall": median(walls), "processor": median(processors)}


def _backup(store: Store) -> Figures:
    """Back the data folder up, and merely copy it, in turns."""
    out, copy = store.folder / "thirteen.backup", store.folder / "copy"
    backups, copies, kept = [], [], []
    for _ in range(_TURNS):
        out.unlink(missing_ok=True)
        backups.append(run_then(store.data, "backup", out).wall)
        shutil.rmtree(copy, ignore_errors=True)
        copied, on_disk = _copy(store.data, copy)
        copies.append(copied)
        kept.append(on_disk)
    size = out.stat().st_size
    out.unlink()
    shutil.rmtree(copy)
    return {"wall": median(backups), "copy_wall": median(copies), "kept_wall": median(kept), "bytes": size}


def _copy(folder: Path, copy: Path) -> tuple[float, float]:
    """Give how long the copy took, and how long until the disk had it as well, as it has a backup that is done."""
    began = time.perf_counter()
    subprocess.run(["cp", "-r", str(folder), str(copy)], check=True)  # noqa: S603, S607 - the system's own program
    copied = time.perf_counter() - began
    subprocess.run(["sync", "-f", str(copy)], check=True)  # noqa: S603, S607 - the same
    return copied, time.perf_counter() - began
