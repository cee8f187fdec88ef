"""Finds the profile of those that ship which reads a file best."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from audit.logs.detecting.kinds import Kind
from audit.logs.detecting.samples import Sample
from audit.logs.detecting.try_profile import Reading, try_profile
from audit.logs.profiles.language import Format, Profile, plain_profile
from audit.logs.profiles.reading import known_profile, shipped_profiles

# The name of no profile: the fields have the names that are read by themselves.
PLAIN = ""
_PLAIN_FORMATS = {"csv", "xlsx", "jsonl", "json"}
_LEAST_READ, _NEAR = 0.5, 0.3
_LINES: tuple[Format, ...] = ("lines", "syslog", "cef", "leef", "key-value", "auditd", "w3c")
# Which formats can read what a file looks like.
_READ_BY: Mapping[Format, Sequence[Format]] = {
    "evtx": ("evtx",),
    "xlsx": ("xlsx",),
    "fixed": ("fixed",),
    "json": ("json", "jsonl"),
    "jsonl": ("json", "jsonl"),
    "xml": ("xml",),
    "csv": ("csv", "xlsx", "fixed", *_LINES),
    **dict.fromkeys(_LINES, ("csv", "xlsx", "fixed", "jsonl", "xml", *_LINES)),
}
# How much it tells for a profile that a field has a text.
_WORTH = {"account": 3.0, "resource": 2.0, "subject": 0.5, "purpose": 0.5, "workstation": 0.5}
_WORTH_OF_MEANING = 1.5
# Fixed columns can be cut out of any text.
_TRUST_IN_FIXED = 0.2


@dataclass(frozen=True)
class Fit:
    """A profile that ships, or none where a file is read without one, and what it makes of a file's first records."""

    name: str
    reading: Reading

    @property
    def merit(self) -> float:
        """How well it fits: the share of records it reads, how many are accesses, and how many fields they fill."""
        reading = self.reading
        filled = sum(worth * reading.share_filled(name) for name, worth in _WORTH.items())
        filled += _WORTH_OF_MEANING * reading.meant / max(1, reading.accesses)
        trust = _TRUST_IN_FIXED if reading.profile.format == "fixed" else 1.0
        return float(trust * reading.share_read**2 * (reading.accesses / reading.records) ** 0.25 * filled)

    @property
    def is_good_enough(self) -> bool:
        """Say whether it reads enough of the file to be proposed."""
        return self.reading.share_read >= _LEAST_READ

    def is_near(self, other: "Fit") -> bool:
        """Say whether it fits nearly as well as another one."""
        return self.merit >= _NEAR * other.merit


def best_profiles(sample: Sample, kind: Kind, connection: duckdb.DuckDBPyConnection) -> list[Fit]:
    """Give the profiles that read something of a file, the best first; none where none does."""
    fits = []
    plain = [(PLAIN, plain_profile(kind.format))] if kind.format in _PLAIN_FORMATS else []
    for name, profile in [*plain, *((name, known_profile(text, name)) for name, text in shipped_profiles().items())]:
        if profile.format not in _formats_for(kind):
            continue
        reading = try_profile(sample, profile, connection)
        if reading and _reads_something(reading, profile, kind):
            fits.append(Fit(name, reading))
    return sorted(fits, key=lambda one: one.merit, reverse=True)


def _formats_for(kind: Kind) -> Sequence[Format]:
    if kind.is_table and "columns" not in kind.options:
        return ("csv", "xlsx")  # what begins with headings is no log of lines
    return _READ_BY[kind.format]


def _reads_something(reading: Reading, profile: Profile, kind: Kind) -> bool:
    if reading.accesses:
        return reading.share_filled("account") > 0 or reading.share_filled("resource") > 0
    # that a table has all of a profile's columns tells enough, even where none of its records is an access
    return bool(reading.filtered) and kind.is_table and profile.format in {"csv", "xlsx"}
