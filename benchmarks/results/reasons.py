"""Why aims are missed, and what was tried, by the aim's name: said in the results where one is missed."""

from collections.abc import Iterable, Iterator, Mapping

from benchmarks.results.aim import Aim

_NOT_KNOWN = "Not looked into yet."
_EACH_RECORD = (
    "An import also makes out each record's time by the source's profile, numbers the names that logs repeat, and "
    "makes sure that no record is taken twice. An audit decides every event, puts a sample of its decisions to Casbin "
    "and to the decision table, and writes the findings with their explanations."
)
_EACH_EVENT = (
    "For each event ours passes eight joins, two of them over periods, and gives one of 16 reasons where the others "
    "answer yes or no; it also counts by reason, draws the sample, and fetches what was flagged with its texts."
)
_WHY: Mapping[str, str] = {
    "import and audit, against DuckDB's bare copy of the log": _EACH_RECORD,
    "import and audit, against DuckDB's bare scan of the log": _EACH_RECORD,
    "deciding, against pycasbin, event by event, by processor time": _EACH_EVENT,
    "deciding, against pandas, by wall time": _EACH_EVENT,
    "deciding, against PostgreSQL, by wall time": _EACH_EVENT,
}


def reasons_of(aims: Iterable[Aim]) -> Iterator[str]:
    """Give a line for each reason why some of the aims are missed."""
    named: dict[str, list[str]] = {}
    for aim in aims:
        if aim.missed_by > 1:
            named.setdefault(_WHY.get(aim.name, _NOT_KNOWN), []).append(aim.name)
    for reason, names in named.items():
        yield f"* **{'; '.join(names)}.** {reason}"
