"""Lines by pattern: the profile's regular expressions say what a record's parts are."""

from collections.abc import Sequence

import pyarrow as pa

from audit.logs.formats.join_lines import JoinByKey, JoinByStart, Joiner
from audit.logs.formats.line_patterns import LinePatterns
from audit.logs.formats.line_reader import LineReader, Parsed
from audit.logs.formats.log_file import LogFile
from audit.logs.formats.pairs_within import PairsWithin
from audit.logs.formats.unmatched import unmatched
from audit.logs.profiles.language import Profile

_NO_FIT = "fits none of the profile's patterns"


class PatternReader(LineReader):
    """The records of a log of lines, parted as the profile's patterns say."""

    def __init__(self, log: LogFile, profile: Profile) -> None:
        super().__init__(log, profile)
        self._patterns = LinePatterns(profile.lines.patterns, {*profile.places(), profile.lines.pairs})
        self._pairs = PairsWithin(profile)

    def joiners(self) -> Sequence[Joiner]:
        """Give what the profile says of records of several lines."""
        return joiners_of(self._profile)

    def parse(self, texts: pa.Array) -> Parsed:
        """Give the parts of records by the first pattern that fits each."""
        groups, fits = self._patterns.match(texts)
        faults, passed = unmatched(fits, self._profile, _NO_FIT)
        parts, of_pairs = self._pairs.of(groups)
        return Parsed(parts, {**of_pairs, **faults}, passed)


def joiners_of(profile: Profile) -> Sequence[Joiner]:
    """Give what puts lines together as a profile says; none where each is a record."""
    lines = profile.lines
    if lines.key:
        return [JoinByKey(lines.key, lines.start)]
    return [JoinByStart(lines.start)] if lines.start else []
