"""What is wrong with what a profile says of logs of lines: patterns that are none, and parts that no pattern has."""

from collections.abc import Iterator

from audit.logs.formats.line_patterns import check_groups, check_pattern
from audit.logs.profiles.language import Profile
from audit.logs.profiles.yaml_text import Fault, shorten

# Parts that records of lines have whatever the patterns say.
_GIVEN = ("@record", "file.date")


def find_line_faults(profile: Profile) -> Iterator[Fault]:
    """Find what is wrong with a profile's lines."""
    lines = profile.lines
    groups = set[str]()
    for place, pattern in enumerate(lines.patterns):
        try:
            groups.update(check_groups(pattern))
        except ValueError as error:
            yield Fault(("lines", "patterns", place), f'lines.patterns: "{shorten(pattern)}": {shorten(str(error))}')
    if lines.start:
        try:
            check_pattern(lines.start)
        except ValueError as error:
            yield Fault(("lines", "start"), f'lines.start: "{shorten(lines.start)}": {shorten(str(error))}')
    if lines.key:
        try:
            check_groups(lines.key)
        except ValueError as error:
            yield Fault(("lines", "key"), f'lines.key: "{shorten(lines.key)}": {shorten(str(error))}')
    if profile.format == "lines":
        yield from _of_parts(profile, groups)


def _of_parts(profile: Profile, groups: set[str]) -> Iterator[Fault]:
    if not profile.lines.patterns:
        yield Fault((), "it has no lines.patterns, which say what stands where in a line")
        return
    known = {*groups, *_GIVEN}
    if profile.lines.pairs and profile.lines.pairs not in groups:
        yield Fault(("lines", "pairs"), f'lines.pairs: "{shorten(profile.lines.pairs)}" is a group of no pattern')
    for place in profile.places():
        if place not in known and not profile.lines.pairs:
            yield Fault((), f'"{shorten(place)}" is a group of none of lines.patterns')
