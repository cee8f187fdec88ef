"""Read the options of a report."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from config.clock import read_end, read_start
from config.web.look_purpose import LONGEST
from reports.produce_report import REPORTS
from reports.report_request import ReportRequest

_MOST = 36_500
_INSTANTS = {"as_of": read_start, "start": read_start, "end": read_end, "known_at": read_start}
_NUMBERS = ("unused_days", "run", "review")
_PURPOSE = "purpose"
_TELL_SUBJECTS = frozenset({"decisions", "findings"})


def read_options(
    name: str, typed: Mapping[str, str], out: Path, zone: ZoneInfo
) -> tuple[ReportRequest, dict[str, str]]:
    """Give the report that is asked for, and what is wrong by option; it counts only where nothing is.

    Whom accesses are about is masked in it, unless it is said what it is for.

    Args:
        typed: By option what was typed; empty = not said.
    """
    faults = dict[str, str]()
    given = {option: text.strip() for option, text in typed.items() if text.strip()}
    for option in given.keys() - set(options_of(name)):
        faults[option] = f"The report {name} takes no such option."
    instants = {option: _instant(option, given.get(option, ""), zone, faults) for option in _INSTANTS}
    numbers = {option: _number(option, given.get(option, ""), faults) for option in _NUMBERS}
    if (start := instants["start"]) and (end := instants["end"]) and end <= start:
        faults["end"] = "The last day is before the first one."
    request = ReportRequest(
        *(name, out, instants["as_of"], instants["start"], instants["end"], instants["known_at"]),
        unused_days=numbers["unused_days"],
        run=numbers["run"],
        finding=given.get("finding"),
        review=numbers["review"],
        masks_subjects=_PURPOSE not in given,
        purpose=given.get(_PURPOSE, ""),
    )
    if _PURPOSE not in faults and (fault := _fault_of_purpose(request)):
        faults[_PURPOSE] = fault
    return request, faults


def options_of(name: str) -> tuple[str, ...]:
    """Give the options that a report takes here."""
    return (*REPORTS[name].options, *([_PURPOSE] if name in _TELL_SUBJECTS else ()))


def _fault_of_purpose(request: ReportRequest) -> str:
    if len(request.purpose) > LONGEST or "\0" in request.purpose:
        return f"Say it in at most {LONGEST} letters."
    if request.purpose and not request.tells_subjects:
        return "The list of all findings does not say whom accesses are about; name one finding, or leave this empty."
    return ""


def _instant(option: str, text: str, zone: ZoneInfo, faults: dict[str, str]) -> datetime | None:
    try:
        return _INSTANTS[option](text, zone) if text else None
    except ValueError as error:
        faults[option] = f"This cannot be read; expected {error}."
        return None


def _number(option: str, text: str, faults: dict[str, str]) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 1 <= len(text) <= len(str(_MOST)) and 1 <= int(text) <= _MOST):
        faults[option] = f"Give a whole number from 1 to {_MOST:,}."
        return None
    return int(text)
