"""Notices what a spreadsheet has visibly made of an id or a code: a shortened number, or a date."""

import re

from config.written_dates import is_date

_SHORTENED_NUMBER = re.compile(r"-?\d(?:[.,]\d+)?E[+-]\d{2,3}")
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_SHORT_DATE = re.compile(rf"\d{{1,2}}-{_MONTH}(?:-\d{{2,4}})?|{_MONTH}-\d{{2}}")
_MAYBE_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ][\d:]+)?|\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?: [\d:]+(?: ?[AP]M)?)?")
_MAYBE = re.compile(f"{_SHORTENED_NUMBER.pattern}|{_SHORT_DATE.pattern}|{_MAYBE_DATE.pattern}")
_REMEDY = "format the column as text, and enter it anew"


def damage_to_id(text: str) -> str:
    """Say what is wrong with an id that a spreadsheet has visibly damaged; nothing where it may be real.

    Only the very spellings of spreadsheets count: `2-OCT-A` and `1E5` may be real.
    """
    if not _MAYBE.fullmatch(text):
        return ""
    if _SHORTENED_NUMBER.fullmatch(text):
        return f"is a number as a spreadsheet shortens it, so that the id is lost; {_REMEDY}"
    if _SHORT_DATE.fullmatch(text) or (_MAYBE_DATE.fullmatch(text) and is_date(text)):
        return f"is a date, which a spreadsheet makes of an id such as 10-2; {_REMEDY}"
    return ""
