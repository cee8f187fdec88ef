"""What formats of logs reached: records a second beside what merely parses the same file."""

from collections.abc import Iterator

from benchmarks.results.aim import Aim
from benchmarks.results.competitors import Figures
from benchmarks.results.wording import spread

_LEAST = 0.5
# What each is read beside.
_PEERS = {
    "csv": "pyarrow's reader",
    "fixed": "a loop of slices",
    "xlsx": "python-calamine",
    "jsonl": "pyarrow's reader",
    "json": "the standard library's json",
    "xml": "the standard library's iterparse",
    "evtx": "the evtx crate's own loop",
    "cef": "a loop of re.findall",
    "leef": "a loop of re.findall",
    "key-value": "a loop of re.findall",
    "auditd": "a loop of re.findall",
    "w3c": "a loop of str.split",
}
_BY_PATTERN = "a loop of re.match"
SPEED = "records a second, against"


def aim_of_format(name: str) -> str:
    """Give what is aimed at for a format."""
    return f"{name}: {SPEED} {_PEERS.get(name, _BY_PATTERN)}"


def format_aims(figures: Figures) -> list[Aim]:
    """Give the aim of each format."""
    return [Aim(aim_of_format(name), "≥", _LEAST, "times", _times(figures, name)) for name in figures["formats"][0]]


def format_rows(figures: Figures) -> Iterator[str]:
    """Give the rows of the table of formats: records a second, ours and the peer's."""
    for name in figures["formats"][0]:
        ours, peer = (_speeds(figures, name, who) for who in ("ours", "peer"))
        yield f"| {name} | {spread(ours, '')} | {_PEERS.get(name, _BY_PATTERN)} | {spread(peer, '')} |"


def _times(figures: Figures, name: str) -> list[float]:
    return [one[name]["peer"]["processor"] / one[name]["ours"]["processor"] for one in figures["formats"]]


def _speeds(figures: Figures, name: str, who: str) -> list[float]:
    return [one[name][who]["records"] / one[name][who]["processor"] for one in figures["formats"]]
