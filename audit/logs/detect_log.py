"""Find out what a log file is: its format, encoding, times and fields, and a profile that reads it.

Only the beginning of a file is looked at, and nothing is kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from audit.logs.detecting.best_profile import Fit, best_profiles
from audit.logs.detecting.kinds import Kind, find_kind
from audit.logs.detecting.propose_profile import Proposal, propose_profile
from audit.logs.detecting.raw_fields import by_profile, names_of, options_of, read_columns
from audit.logs.detecting.samples import MOST_RECORDS, Sample, samples
from audit.logs.detecting.told_values import say_texts
from audit.logs.detecting.try_profile import Reading, try_profile
from audit.logs.detecting.zone_evidence import Zone, find_zone
from audit.logs.profiles.doubled_keys import let_find_doubled_keys
from audit.logs.profiles.language import Format, Profile
from audit.logs.profiles.reading import read_profile
from config.errors import Invalid

_LINES_OF: Mapping[Format, str] = {
    "fixed": "fixed columns",
    "lines": "lines of text, parted by the patterns of the profile",
    "syslog": "syslog",
    "cef": "events in CEF",
    "leef": "events in LEEF",
    "key-value": "lines of key=value",
    "auditd": "the audit log of Linux",
    "w3c": "an extended log of a web server (W3C)",
}


@dataclass(frozen=True)
class DetectedField:
    """A field of a file: its name, what its texts are in a sentence, and which of our fields are read from it."""

    name: str
    texts: str
    read_as: tuple[str, ...]


@dataclass(frozen=True)
class Detected:
    """What was found out about a file.

    Args:
        path: Where it was found; of a file in an archive, the archive.
        log_format: That of the profile, by which its source is set up.
        looked_at: How many of its records were looked at; `is_whole` says that it has no others.
        fit: The profile that ships and fits best; `others` read some of it, too, the best first.
        proposal: A profile to begin with, where none that ships fits.
        reading: What came of the records by the one or the other; None where the proposal lacks what it needs.
        zone: What the times say of their zone; None where none was read.
    """

    name: str
    path: Path
    kind: Kind
    log_format: str
    looked_at: int
    is_whole: bool
    fit: Fit | None
    others: tuple[Fit, ...]
    proposal: Proposal | None
    reading: Reading | None
    zone: Zone | None
    fields: tuple[DetectedField, ...]


def detect_logs(paths: Sequence[Path], place: Path | None = None) -> Iterator[Detected | Invalid]:
    """Find out what each of some files is, of those in folders and archives too, one after the other.

    A file in which no accesses can be comes as the refusal that says so.

    Raises:
        Invalid: There is no such file, or an archive cannot be unpacked.
    """
    with closing(duckdb.connect()) as connection, samples(paths, place) as found:
        connection.execute("SET TimeZone = 'UTC'; SET python_enable_replacements = false")
        let_find_doubled_keys(connection)
        for sample in found:
            try:
                yield _detect(sample, connection)
            except Invalid as refusal:
                yield refusal


def _detect(sample: Sample, connection: duckdb.DuckDBPyConnection) -> Detected:
    kind = find_kind(sample)
    ranked = best_profiles(sample, kind, connection)
    fits = [one for one in ranked if one.is_good_enough]
    fit = fits[0] if fits else None
    if fit and _knows_better(fit.reading.profile, kind):
        options, names = by_profile(fit.reading.profile)
        in_words = kind.in_words if kind.is_table and options["columns"] else _LINES_OF[options["format"]]
        kind = replace(kind, in_words=in_words)
    else:
        options = options_of(kind)
        names = names_of(sample, kind, options)
    columns = read_columns(sample, options, names, connection)
    proposal = None if fit else _propose(sample, options, columns, connection)
    reading = fit.reading if fit else None
    if proposal and not proposal.missing:
        reading = try_profile(sample, read_profile(proposal.text, "The proposed profile"), connection)
    looked_at = reading.records if reading else max(map(len, columns.values()), default=0)
    return Detected(
        sample.name,
        sample.given,
        kind,
        fit.reading.profile.format if fit else options["format"],
        looked_at,
        not sample.is_cut and looked_at < MOST_RECORDS,
        fit,
        tuple(one for one in ranked if one is not fit and (fit is None or one.is_near(fit))),
        proposal,
        reading,
        find_zone(reading.times, reading.profile.times) if reading else None,
        tuple(_fields(columns, reading.profile if reading else None, proposal)),
    )


def _propose(
    sample: Sample,
    options: Mapping[str, Any],
    columns: Mapping[str, Sequence[str]],
    connection: duckdb.DuckDBPyConnection,
) -> Proposal:
    if options["format"] == "lines" and "lines" not in options:
        raise Invalid(
            f"{sample.name} is text, but no log that is known by itself: its lines are not of equally many cells, and "
            "have no times of a form that is known. If it is a log, write a profile of the format lines for it."
        )
    if not any(columns.values()):
        raise Invalid(f"{sample.name} has no record that can be read; there is nothing to find out. Check the export.")
    return propose_profile(sample.name, options, columns, connection)


def _knows_better(profile: Profile, kind: Kind) -> bool:
    """Say whether a profile that reads a file knows its parts, and they do not follow from the file alone."""
    if profile.format in _LINES_OF:
        return profile.format != kind.format or profile.format == "lines"
    return bool(profile.columns) and profile.columns != kind.headings


def _fields(
    columns: Mapping[str, list[str]], profile: Profile | None, proposal: Proposal | None
) -> Iterator[DetectedField]:
    guessed = proposal.fields if proposal else {}
    for name, texts in columns.items():
        guesses = (ours for ours, theirs in guessed.items() if theirs == name)
        read_as = tuple(_read_from(name, profile) if profile else guesses)
        yield DetectedField(name, say_texts(texts, are_quoted="subject" not in read_as), read_as)


def _read_from(name: str, profile: Profile) -> Iterator[str]:
    for field, spec in profile.fields.items():
        if any(place.casefold() == name.casefold() for at in spec for place in at.places()):
            yield field
