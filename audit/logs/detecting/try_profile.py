"""How a profile reads the beginning of a file: what becomes of its records, and which fields they fill."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import duckdb
import numpy as np

from audit.logs.detecting.samples import MOST_RECORDS, Sample
from audit.logs.formats import open_log
from audit.logs.formats.contract import Batch
from audit.logs.profiles.language import Profile
from audit.logs.profiles.read_times import TimeReader
from audit.logs.profiles.word_meanings import meanings_of
from audit.logs.profiles.zones import read_zone
from audit.logs.read_fields import FieldReader
from config.clock import from_microseconds
from config.errors import Invalid

_UNSTATED = "UTC"  # where nobody says in which zone the times are
_OTHER = "other"


@dataclass
class Reading:
    """What came of the records that were looked at.

    Args:
        filled: How many of the accesses have a text, by field.
        meant: How many of the accesses have an action that means one of ours.
        times: The texts of the accesses' times.
        words: The texts of the actions, and how often each came.
    """

    profile: Profile
    records: int = 0
    accesses: int = 0
    filtered: int = 0
    unreadable: int = 0
    filled: dict[str, int] = field(default_factory=dict)
    meant: int = 0
    times: list[str] = field(default_factory=list)
    words: dict[str, int] = field(default_factory=dict)
    first: int | None = None
    last: int | None = None

    @property
    def share_read(self) -> float:
        """Which share of the records the profile reads, as accesses or as none."""
        return (self.accesses + self.filtered) / self.records if self.records else 0.0

    def share_filled(self, name: str) -> float:
        """Give the share of the accesses in which a field has a text."""
        return self.filled.get(name, 0) / self.accesses if self.accesses else 0.0

    def span(self) -> tuple[datetime, datetime] | None:
        """Give the first and the last time of the accesses."""
        if self.first is None or self.last is None:
            return None
        return from_microseconds(self.first), from_microseconds(self.last)


def try_profile(sample: Sample, profile: Profile, connection: duckdb.DuckDBPyConnection) -> Reading | None:
    """Read the first records of a file by a profile; None where the file as a whole is none that it reads."""
    reading = Reading(profile)
    try:
        _, reader = open_log(sample.path, profile, None)
        fields = FieldReader(reader.layout, profile, "", connection)
        times = TimeReader(profile.times, read_zone(profile.times.zone or _UNSTATED), connection)
        is_last_torn = False
        for batch in reader.batches():
            left = MOST_RECORDS - reading.records
            rows = batch.rows.slice(0, left)
            if rows.num_rows:
                is_last_torn = _take(reading, fields, times, Batch(rows, batch.texts))
            if reading.records >= MOST_RECORDS:
                is_last_torn = False
                break
    except Invalid:
        return None
    if sample.is_cut and is_last_torn:
        reading.records, reading.unreadable = reading.records - 1, reading.unreadable - 1
    reading.meant = _count_meant(profile, reading.words, connection)
    return reading


def _take(reading: Reading, fields: FieldReader, times: TimeReader, batch: Batch) -> bool:
    """Count some records; say whether the last of them cannot be read."""
    rows = batch.rows.num_rows
    read = fields.read(batch)
    told = times.read(read.times)
    none = np.zeros(rows, np.bool_)
    passed = none if read.passed is None else read.passed.to_numpy(zero_copy_only=False)
    malformed = none if read.faults is None else read.faults.is_valid().to_numpy(zero_copy_only=False)
    unreadable = malformed | (told.unread & ~passed)
    good = ~unreadable & ~passed
    reading.records += rows
    reading.unreadable += int(unreadable.sum())
    reading.filtered += int((passed & ~unreadable).sum())
    reading.accesses += int(good.sum())
    places = np.flatnonzero(good)
    if len(places):
        instants = told.instants[places]
        reading.first = min(int(instants.min()), reading.first if reading.first is not None else int(instants[0]))
        reading.last = max(int(instants.max()), reading.last if reading.last is not None else int(instants[0]))
        reading.times += [text.strip() for text in read.times.take(places).to_pylist()]
        for name, column in read.texts.items():
            texts = [(text or "").strip() for text in column.take(places).to_pylist()]
            reading.filled[name] = reading.filled.get(name, 0) + sum(map(bool, texts))
            if name == "action":
                for text in filter(None, texts):
                    reading.words[text] = reading.words.get(text, 0) + 1
    return bool(unreadable[-1])


def _count_meant(profile: Profile, words: Mapping[str, int], connection: duckdb.DuckDBPyConnection) -> int:
    means = meanings_of(profile, connection)["action"]
    meanings = means(list(words)) if words else []
    return sum(count for count, meaning in zip(words.values(), meanings, strict=True) if meaning != _OTHER)
