"""Notices what a spreadsheet has visibly made of an id or a code: a shortened number, a date, a time, an error."""

import re

from config.written_dates import is_date

_SHORTENED_NUMBER = re.compile(r"-?\d(?:[.,]\d+)?E[+-]\d{2,3}")
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_SHORT_DATE = re.compile(rf"\d{{1,2}}-{_MONTH}(?:-\d{{2,4}})?|{_MONTH}-\d{{2}}")
_MAYBE_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ][\d:]+)?|\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?: [\d:]+(?: ?[AP]M)?)?")
_LONG_DATE = re.compile(r"(?:[A-Z][a-z]+day, )?[A-Z][a-z]+ \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]+ \d{4}")
_CLOCK_TIME = re.compile(r"\d+:\d{2}:\d{2}(?:\.\d+)?(?: [AP]M)?|\d{1,2}:\d{2} [AP]M")
_ERROR = re.compile(r"#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)|##+")
_KINDS = (_SHORTENED_NUMBER, _SHORT_DATE, _MAYBE_DATE, _LONG_DATE, _CLOCK_TIME, _ERROR)
_MAYBE = re.compile("|".join(kind.pattern for kind in _KINDS))
_REMEDY = "format the column as text, and enter it anew"


def damage_to_id(text: str) -> str:
    """Say what is wrong with an id that a spreadsheet has visibly damaged; nothing where it may be real.

    Only the very spellings of spreadsheets count: `2-OCT-A` and `1E5` may be real.
    """
    if not _MAYBE.fullmatch(text):
        return ""
    if _SHORTENED_NUMBER.fullmatch(text):
        return f"is a number as a spreadsheet shortens it, so that the id is lost; {_REMEDY}"
    if _CLOCK_TIME.fullmatch(text):
        return f"is a clock time, which a spreadsheet makes of an id such as 10:2; {_REMEDY}"
    if _ERROR.fullmatch(text):
        return f"is what a spreadsheet shows where it cannot show the id, so that the id is lost; {_REMEDY}"
    if _SHORT_DATE.fullmatch(text) or is_date(text):
        return f"is a date, which a spreadsheet makes of an id such as 10-2; {_REMEDY}"
    return ""
