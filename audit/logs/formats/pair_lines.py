"""Lines of key=value, and logfmt: each key is a part of the record, and `head` what stands above the first.

Where that is a head of syslog, its parts are parts as well: `syslog.time` and so on.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from audit.logs.formats.join_lines import Joiner
from audit.logs.formats.line_reader import LineReader, Parsed
from audit.logs.formats.log_file import LogFile
from audit.logs.formats.pairs_within import PairsWithin
from audit.logs.formats.pattern_lines import joiners_of
from audit.logs.formats.syslog_heads import FORMS, parts_of_heads, wants_heads
from audit.logs.formats.unmatched import unmatched
from audit.logs.profiles.language import Profile

_NO_PAIRS = "holds no key=value"


class PairReader(LineReader):
    """The records of a log of key=value."""

    def __init__(self, log: LogFile, profile: Profile) -> None:
        super().__init__(log, profile)
        self._pairs = PairsWithin(profile)
        self._wants_syslog = wants_heads(profile)

    def forms_without_year(self) -> tuple[str, ...]:
        """Give the form of times in the head of syslog before the pairs."""
        return FORMS

    def joiners(self) -> Sequence[Joiner]:
        """Give what the profile says of records of several lines."""
        return joiners_of(self._profile)

    def parse(self, texts: pa.Array) -> Parsed:
        """Give the values of keys."""
        records = texts.to_pylist()
        parts: Mapping[str, pa.Array | Sequence[str | None]]
        parts, faults = self._pairs.read(records)
        if self._wants_syslog:
            parts = {**parts, **parts_of_heads(texts)}
        fits = np.array(["=" in text for text in records], np.bool_)
        strange, passed = unmatched(fits, self._profile, _NO_PAIRS)
        return Parsed(parts, {**strange, **faults}, passed)
