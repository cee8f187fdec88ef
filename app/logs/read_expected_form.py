"""Read what is expected of a source's logs, and say at which field something is wrong."""

from collections.abc import Mapping
from typing import NamedTuple

from audit.logs.expected_logs import LONGEST_KEPT, Expected, expect_logs, read_cadence
from config.errors import Invalid
from config.work import Work


class ExpectedAsked(NamedTuple):
    """What is to be expected of a source's logs; None = as it is."""

    cadence: str | None = None
    keeps_days: int | None = None

    def state(self, work: Work, source: str, *, by: str) -> Expected:
        """State it of a source."""
        return expect_logs(work.session, source, cadence=self.cadence, keeps_days=self.keeps_days, now=work.now, by=by)


def read_expected_form(typed: Mapping[str, str | None]) -> tuple[ExpectedAsked, dict[str, str]]:
    """Give what is to be expected, and what is wrong by field; it counts only where nothing is.

    Args:
        typed: Of `cadence` and `keeps_days`; empty = not stated, None = as it is.
    """
    faults = dict[str, str]()
    cadence, keeps = typed.get("cadence"), typed.get("keeps_days")
    if cadence is not None:
        try:
            cadence = read_cadence(cadence).value
        except Invalid as refusal:
            faults["cadence"] = str(refusal)
    digits = None if keeps is None else keeps.strip() or "0"
    if digits is not None and not (digits.isascii() and digits.isdigit() and int(digits[:9]) <= LONGEST_KEPT):
        faults["keeps_days"] = f"Give a number of days up to {LONGEST_KEPT:,}, or nothing."
        digits = None
    return ExpectedAsked(cadence, None if digits is None else int(digits)), faults
