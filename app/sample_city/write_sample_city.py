"""Writes the sample city into a folder: what it would import, its access logs, and the truth about them."""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from app.sample_city.accesses import YearOfAccesses
from app.sample_city.chance import Chance
from app.sample_city.city import ENTITY, City
from app.sample_city.found_city import CitySize, found_city
from app.sample_city.logs import PlantedRecord, SampleLog, opened_logs
from app.sample_city.lost_week import LostWeek, choose_lost_week
from app.sample_city.misuse import REASONS, VERDICTS, Planted, as_accesses, plant_misuse
from app.sample_city.permits import list_permits
from app.sample_city.reach import Reach
from app.sample_city.scene import Scene
from app.sample_city.slips import Slips, write_slips
from app.sample_city.words import Words
from app.sample_city.write_kinds import write_kinds, write_roster
from app.sample_city.year import FIRST_DAY, LAST_DAY, ZONE, midnight
from config.errors import Invalid

_ONE_PLANTED_IN = 200
_FEWEST_EVENTS = 20 * len(REASONS)
_TRUTH = "truth.csv"


@dataclass(frozen=True)
class SampleCity:
    """What was written, and where.

    Args:
        folder: The folder that holds all of it.
        entity: The city's name.
        time_zone: The city's zone.
        period: The first and the last day of the logs.
        files: The file of each kind to import, in an order in which each finds what it refers to.
        roster: A roster as of `ROSTER_DAY`, to be imported after the others; None where they say everything.
        slips: What was entered wrong at first; None where nothing was.
        logs: The access logs.
        truth: A CSV file with `log, record, reason, verdict, story` for every access that is not in order;
            `record` counts a log's records from 1. All other accesses are authorized or out of scope.
        events: How many accesses there are in all logs.
        planted: How many of them are not in order, by the reason to be found.
        officers: Who holds each designated office at the end of the period, by name.
        lost: The week of which one of the logs holds nothing; None where there is none.
    """

    folder: Path
    entity: str
    time_zone: str
    period: tuple[date, date]
    files: Mapping[str, Path]
    roster: Path | None
    slips: Slips | None
    logs: tuple[SampleLog, ...]
    truth: Path
    events: int
    planted: Mapping[str, int]
    officers: Mapping[str, str]
    lost: LostWeek | None = None


def write_sample_city(
    folder: Path,
    *,
    seed: int = 13,
    events: int = 200_000,
    employees: int = 400,
    series: int | None = None,
    assignments: int | None = None,
    duties: int | None = None,
    one_log: bool = False,
    later_roster: bool = False,
    slips: bool = False,
    loses_week: bool = False,
) -> SampleCity:
    """Write a city of our own invention; the same numbers write the same bytes.

    Args:
        folder: Where to write; made if it is not there.
        seed: What settles everything left to chance.
        events: How many accesses, in all logs; one in 200 is not in order, but at least one for each reason.
        employees: How many people, those who left included.
        series: How many data series; the modelled ones when not given, districts' copies of them beyond.
        assignments: How many rows of who held which position; in proportion to the employees when not given.
        duties: How many temporary duties; in proportion to the employees when not given.
        one_log: Keep everything in one system with one plain CSV log.
        later_roster: Leave some of what changed in personnel to a roster that comes later.
        slips: Write files with slips beside those without.
        loses_week: Leave all of a week out of one of the logs.

    Raises:
        Invalid: The numbers are too small, or do not fit together.
    """
    story = _tell(CitySize(employees, series, assignments, duties, one_log, later_roster), events, seed)
    lost = choose_lost_week(story.city, story.planted) if loses_week else None
    if lost:
        story.year.lose(lost, story.city, np.random.default_rng([seed, 1]))
    return replace(_write(folder, story, events, later_roster=later_roster, slips=slips), lost=lost)


def _write(folder: Path, story: "_Story", events: int, *, later_roster: bool, slips: bool) -> SampleCity:
    folder.mkdir(parents=True, exist_ok=True)
    files = write_kinds(folder, story.city)
    roster = write_roster(folder, story.city) if later_roster else None
    wrong = write_slips(folder, story.city, story.planted) if slips else None
    with opened_logs(folder, story.city.systems, story.words) as logs:
        for accesses in story.year.days(events):
            logs.write(accesses)
    _write_truth(folder / _TRUTH, logs.planted, story.planted)
    return _written(folder, story, files, roster, wrong, logs.written(), events)


@dataclass(frozen=True)
class _Story:
    """A city and what happens in it in a year; what is planted is among its accesses."""

    city: City
    words: Words
    planted: Sequence[Planted]
    year: YearOfAccesses


def _tell(size: CitySize, events: int, seed: int) -> _Story:
    if events < _FEWEST_EVENTS:
        raise Invalid(f"The sample city needs at least {_FEWEST_EVENTS} events to show each kind of misuse.")
    chance = Chance(seed)
    city = found_city(size, chance)
    reach, words = Reach(city), Words(city)
    planted = plant_misuse(Scene(city, reach, chance), words, max(len(REASONS), events // _ONE_PLANTED_IN))
    extra = as_accesses(city, planted, words)
    permits = list_permits(city, reach, words, chance)
    return _Story(city, words, planted, YearOfAccesses(city, permits, words, extra, np.random.default_rng(seed)))


def _written(
    folder: Path,
    story: _Story,
    files: Mapping[str, Path],
    roster: Path | None,
    slips: Slips | None,
    logs: tuple[SampleLog, ...],
    events: int,
) -> SampleCity:
    counts = Counter(one.reason for one in story.planted)
    return SampleCity(
        folder=folder,
        entity=ENTITY,
        time_zone=ZONE.key,
        period=(FIRST_DAY, LAST_DAY),
        files=files,
        roster=roster,
        slips=slips,
        logs=logs,
        truth=folder / _TRUTH,
        events=events,
        planted={reason: counts[reason] for reason in REASONS},
        officers={
            one.office: story.city.employees[one.employee].name
            for one in story.city.officers
            if one.period.holds_at(midnight(LAST_DAY))
        },
    )


def _write_truth(path: Path, records: Sequence[PlantedRecord], planted: Sequence[Planted]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("log", "record", "reason", "verdict", "story"))
        for one in sorted(records, key=lambda record: (record.log, record.record)):
            told = planted[one.story]
            writer.writerow((one.log, one.record, told.reason, VERDICTS[told.reason], told.story))
