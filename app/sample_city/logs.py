"""Writes the systems' access logs and remembers where in them the planted accesses stand."""

import gzip
import io
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import numpy as np

from app.sample_city.log_layouts import LAYOUTS
from app.sample_city.systems import System
from app.sample_city.words import Accesses, Words
from app.sample_city.year import ZONE


@dataclass(frozen=True)
class SampleLog:
    """An access log, and all that a source's profile must say of it.

    Args:
        system: The system, as the accounts and resources files name it.
        path: The file; one that ends in `.gz` is compressed.
        format: `csv` or `jsonl`.
        time_zone: The zone of times that carry no offset.
        time_format: `iso8601`, or the strptime directives of a time without offset.
        fields: Where each canonical field is: under which heading, or at which path in the JSON object.
        actions: The log's own words to canonical actions; a word that is not here means `other`.
        events: How many accesses it holds.
        cadence: On which days the system has accesses.
    """

    system: str
    path: Path
    format: str
    time_zone: str
    time_format: str
    fields: Mapping[str, str]
    actions: Mapping[str, str]
    events: int
    cadence: str


@dataclass(frozen=True)
class PlantedRecord:
    """Where a planted access stands: its log, and its ordinal among the log's records, from 1."""

    log: str
    record: int
    story: int


class Logs:
    """The logs while they are being written; accesses come in the order of time, a batch after the other."""

    def __init__(self, folder: Path, systems: tuple[System, ...], words: Words, files: ExitStack) -> None:
        self._folder, self._systems = folder, systems
        shapes = {one.shape for one in systems}
        self._words = {shape: np.array([*map(LAYOUTS[shape].quote, words.all())], dtype=object) for shape in shapes}
        self._files = [files.enter_context(_opened(folder / one.log_name)) for one in systems]
        self._counts = [0] * len(systems)
        self.planted: list[PlantedRecord] = []
        for file, one in zip(self._files, systems, strict=True):
            file.write(LAYOUTS[one.shape].heading)

    def write(self, accesses: Accesses) -> None:
        """Write a batch, each access into its system's log."""
        for number, system in enumerate(self._systems):
            own = accesses[accesses["system"] == number]
            first = self._counts[number] + 1
            lines = LAYOUTS[system.shape].lines(self._words[system.shape], system.clock, first, own)
            self._files[number].write("".join(lines))
            self._counts[number] += len(own)
            for place in np.flatnonzero(own["story"] >= 0).tolist():
                self.planted.append(PlantedRecord(system.log_name, first + place, int(own["story"][place])))

    def written(self) -> tuple[SampleLog, ...]:
        """Describe what was written."""
        return tuple(
            _described(system, self._folder, count) for system, count in zip(self._systems, self._counts, strict=True)
        )


@contextmanager
def opened_logs(folder: Path, systems: tuple[System, ...], words: Words) -> Iterator[Logs]:
    """Open the logs of the systems in a folder for writing; all words must be numbered by now."""
    with ExitStack() as files:
        yield Logs(folder, systems, words, files)


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    """Open a file for writing; a compressed one carries neither name nor time, so that equal logs are equal files."""
    with ExitStack() as layers:
        raw: IO[bytes] = layers.enter_context(path.open("wb"))
        if path.suffix == ".gz":
            packed = gzip.GzipFile("", "wb", compresslevel=5, fileobj=raw, mtime=0)
            raw = layers.enter_context(cast("IO[bytes]", packed))
        yield layers.enter_context(io.TextIOWrapper(raw, encoding="utf-8", newline=""))


_TIME_FORMATS = {
    ("canonical", "local"): "%Y-%m-%d %H:%M:%S",
    ("own_headings", "local"): "%m/%d/%Y %H:%M:%S",
}


def _described(system: System, folder: Path, count: int) -> SampleLog:
    layout = LAYOUTS[system.shape]
    return SampleLog(
        system=system.name,
        path=folder / system.log_name,
        format=layout.format,
        time_zone=ZONE.key,
        time_format=_TIME_FORMATS.get((system.shape, system.clock), "iso8601"),
        fields=layout.fields,
        actions={raw: action for action, raw in system.actions.items() if action != "other"},
        events=count,
        cadence=system.cadence,
    )
