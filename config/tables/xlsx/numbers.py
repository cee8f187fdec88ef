"""From a number as a sheet stores it, with its cell's format, to the text that the person sees there."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal

from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils.datetime import from_excel

_MOST_DIGITS = 15
_UNSHOWN = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')
_DIGIT_PATTERN = re.compile(r'(?:\[[^\]]*\])?((?:0|[- /]|\\.|"[^"]*")+)(?:;.*)?', re.DOTALL)
_PATTERN_PIECE = re.compile(r'0|\\(.)|"([^"]*)"|(.)', re.DOTALL)


class Unreadable(ValueError):  # noqa: N818 - it says what the cell holds
    """A stored number cannot be given as the text the person sees; the message completes "cell B3 …"."""


@dataclass(frozen=True)
class NumberFormat:
    """What a cell's format makes of its number.

    Args:
        is_date: A number of days is shown as a date, a clock time or both.
        is_duration: It is shown as hours that may exceed a day.
        shows_clock: The format has a clock time in it.
        pattern: Pieces of a pattern that fills up digits, such as 00000 or 000-00-0000: None stands for a digit.
    """

    is_date: bool = False
    is_duration: bool = False
    shows_clock: bool = False
    pattern: tuple[str | None, ...] = ()


_PLAIN = NumberFormat()


def read_number_format(code: str) -> NumberFormat:
    """Read a format code, such as `m/d/yyyy h:mm` or `00000`."""
    first_section = code.split(";", maxsplit=1)[0]
    if is_timedelta_format(first_section):
        return NumberFormat(is_duration=True)
    if is_date_format(first_section):
        shown = _UNSHOWN.sub("", first_section)
        return NumberFormat(is_date=True, shows_clock=bool(re.search("[hs]", shown, re.IGNORECASE)))
    return NumberFormat(pattern=_digit_pattern(code))


def number_text(stored: str, number_format: NumberFormat, epoch: datetime) -> str:
    """Give the text of a number: a date as YYYY-MM-DD, with a T and the clock time if it has or shows one; 12.0 as 12.

    Args:
        stored: As in the sheet's XML.
        number_format: The cell's.
        epoch: The workbook's day 0.

    Raises:
        Unreadable: It is no number, no date though shown as one, or has more digits than spreadsheets keep.
    """
    if stored.isdecimal() and len(stored) <= _MOST_DIGITS and number_format == _PLAIN:
        return str(int(stored))
    value = _number(stored)
    if number_format.is_duration:
        return _duration(value)
    if number_format.is_date:
        return _date(value, epoch, shows_clock=number_format.shows_clock)
    return _filled_up(_plain(value), number_format.pattern)


def _digit_pattern(code: str) -> tuple[str | None, ...]:
    found = _DIGIT_PATTERN.fullmatch(code)
    if not found:
        return ()
    pieces = [_PATTERN_PIECE.fullmatch(piece[0]) for piece in _PATTERN_PIECE.finditer(found[1])]
    pattern = tuple(None if piece[0] == "0" else "".join(filter(None, piece.groups())) for piece in pieces if piece)
    return pattern if pattern.count(None) > 1 else ()  # a single 0 fills up nothing


def _number(stored: str) -> float:
    try:
        value = float(stored)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise Unreadable(f'holds "{stored[:40]}" where a number should be; enter it anew')
    return value


def _duration(days: float) -> str:
    seconds = round(days * 86_400)
    return f"{'-' * (seconds < 0)}{abs(seconds) // 3600}:{abs(seconds) // 60 % 60:02}:{abs(seconds) % 60:02}"


def _date(days: float, epoch: datetime, *, shows_clock: bool) -> str:
    try:
        moment = from_excel(days, epoch) if days >= 0 else None
    except OverflowError:  # the calendar ends with the year 9999
        moment = None
    if moment is None:
        raise Unreadable(f"is shown as a date, but holds {days:g}, which is no day; enter the date anew")
    if isinstance(moment, datetime) and moment.time() == time.min and not shows_clock:
        return moment.date().isoformat()
    return str(moment.isoformat())


def _plain(value: float) -> str:
    if not value.is_integer():
        return format(Decimal(repr(value)), "f")
    if abs(value) >= 10**_MOST_DIGITS:
        raise Unreadable("holds a number of more than 15 digits, of which spreadsheets lose the last; enter it as text")
    return str(int(value))


def _filled_up(digits: str, pattern: Sequence[str | None]) -> str:
    if not pattern or not digits.isdecimal():
        return digits
    places = pattern.count(None)
    filled = digits.zfill(places)
    left_over = len(filled) - places  # digits beyond the pattern stand where its first does
    shown = iter([filled[: left_over + 1], *filled[left_over + 1 :]])
    return "".join(next(shown) if piece is None else piece for piece in pattern)
