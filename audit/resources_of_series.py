"""Which names of resources in logs can mean which series: looked up once for as long as logs and patterns stand."""

from collections import defaultdict
from collections.abc import Collection
from threading import Lock

from access.facts import Facts
from audit.logs.opened_logs import OpenedLogs
from inventory.match_resources import resource_map

_Patterns = tuple[tuple[str, str, str], ...]


class SeriesResources:
    """The names of resources in some logs, by the series that they can mean."""

    def __init__(self, logs: OpenedLogs, patterns: _Patterns) -> None:
        found, resources = resource_map(patterns), defaultdict[str, list[int]](list)
        self._in_doubt = list[int]()  # what these mean depends on the number behind the name
        for number, system, name in logs.resources:
            if found.number_matters(system, name):
                self._in_doubt.append(number)
            elif (code := found.series_of(system, name)) is not None:
                resources[code].append(number)
        self._by_series = dict(resources)

    def of(self, series: Collection[str]) -> Collection[int]:
        """Give the numbers of the names that can mean one of some series."""
        return [*self._in_doubt, *(number for code in series for number in self._by_series.get(code, ()))]


class KeptResources:
    """Keeps what the newest logs and patterns say."""

    def __init__(self) -> None:
        self._one_looks = Lock()
        self._kept: tuple[OpenedLogs, _Patterns, SeriesResources] | None = None

    def of(self, logs: OpenedLogs, facts: Facts) -> SeriesResources:
        """Give the names of resources of some logs by the series that they can mean."""
        with self._one_looks:
            kept = self._kept
            if kept is None or kept[0] is not logs or kept[1] != facts.patterns:
                kept = self._kept = (logs, facts.patterns, SeriesResources(logs, facts.patterns))
            return kept[2]
