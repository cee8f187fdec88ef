"""What was aimed at and reached of the service, and its figures."""

from collections.abc import Iterator, Sequence
from statistics import median

from benchmarks.results.aim import Aim
from benchmarks.results.competitors import Figures
from benchmarks.results.wording import number, spread

SLOWEST = "the slowest page or list, 95th percentile"
BESIDE_BARE = "the slowest page or list, against the bare route, by the median"
STEADY = "a decision over HTTP, 50 callers who ask at a steady rate, 99th percentile"
CLOSED = "a decision over HTTP, 50 callers who each ask as soon as they are answered, 99th percentile"
SAVING = "saving a temporary duty while an audit of everything runs, against its time alone"
_DECIDED = {
    "steady": "decisions, each of 50 callers at a steady rate",
    "closed": "decisions, each of 50 callers as soon as answered",
    "bare_closed": "the bare route, each of 50 callers as soon as answered",
}


def service_aims(figures: Figures) -> list[Aim]:
    """Give the aims."""
    return aims_of_rounds(figures["service"])


def aims_of_rounds(rounds: Sequence[Figures], of: str = "") -> list[Aim]:
    """Give the aims of a service, with what their names end in."""
    first_page = f"the first page with all that it links, compressed{of}"
    return [
        Aim(SLOWEST + of, "≤", 100, "ms", [max(page["p95"] for page in one["pages"].values()) for one in rounds]),
        Aim(BESIDE_BARE + of, "≤", 20, "times", [max(_times(one, name) for name in one["pages"]) for one in rounds]),
        Aim(STEADY + of, "≤", 10, "ms", [one["steady"]["p99"] for one in rounds]),
        Aim(CLOSED + of, "≤", 10, "ms", [one["closed"]["p99"] for one in rounds]),
        Aim(SAVING + of, "≤", 1.5, "times", [one["duty"]["during"] / one["duty"]["alone"] for one in rounds]),
        Aim(first_page, "≤", 250, "kB", [one["first_page_kb"] for one in rounds]),
    ]


def page_rows(rounds: Sequence[Figures]) -> list[str]:
    """Give a row for each page and list, the slowest first, after the bare route's."""
    bare = _row("a route of FastAPI that answers a constant", [one["bare"] for one in rounds], "")
    medians = {name: median(one["pages"][name]["p50"] for one in rounds) for name in rounds[0]["pages"]}
    return [bare, *_pages(rounds, sorted(medians, key=lambda name: -medians[name]))]


def _pages(rounds: Sequence[Figures], names: Sequence[str]) -> Iterator[str]:
    for name in names:
        times = number(median(_times(one, name) for one in rounds))
        yield _row(f"`{name}`", [one["pages"][name] for one in rounds], times)


def _row(label: str, taken: Sequence[Figures], times: str) -> str:
    middle, slow = (number(median(one[part] for one in taken)) for part in ("p50", "p95"))
    return f"| {label} | {middle} ms | {slow} ms | {times} |"


def decision_rows(figures: Figures) -> list[str]:
    """Give a row for each way to ask for decisions."""
    return [_decided(label, [one[part] for one in figures["service"]]) for part, label in _DECIDED.items()]


def _decided(label: str, taken: Sequence[Figures]) -> str:
    cells = [number(median(one[part] for one in taken)) + " ms" for part in ("p50", "p95")]
    answered = number(median(one["a_second"] for one in taken))
    return f"| {label} | {answered} | {' | '.join(cells)} | {spread([one['p99'] for one in taken], 'ms')} |"


def service_extent(figures: Figures) -> dict[str, object]:
    """Say what else was measured of the service."""
    rounds: Sequence[Figures] = figures["service"]
    lasted = all(one["duty"]["audit_lasted"] for one in rounds)
    return {
        "idle_memory": number(median(one["idle_mib"] for one in rounds)),
        "busy_memory": number(median(one["busy_mib"] for one in rounds)),
        "saved_alone": number(median(one["duty"]["alone"] for one in rounds)),
        "saved_beside": number(median(one["duty"]["during"] for one in rounds)),
        "audit_lasted": "lasted longer" if lasted else "ended before the last of them was saved",
    }


def _times(one: Figures, name: str) -> float:
    times: float = one["pages"][name]["p50"] / one["bare"]["p50"]
    return times
