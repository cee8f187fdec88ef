"""Headings within a table: exports that were put one below another, with the same headings or with others."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from audit.logs.formats.headings import Headings
from audit.logs.formats.split_records import Splitter
from config.texts import compare_form, counted

_OTHER = "stands below other headings than those above the first record; split the file where they change"


class HeadingLines:
    """Tells headings within a table from its records.

    Args:
        time_at: Which cell holds a record's time, from 0.

    Attributes:
        fault: Why the records that follow cannot be read; None where they can.
    """

    def __init__(self, headings: Headings, time_at: int) -> None:
        self._headings = headings
        self._time = f"c{time_at}"
        self._line = headings.text.encode("utf-8", "replace")
        self._needed = frozenset(compare_form(headings.names[place]) for place in headings.found.values())
        written = {*headings.names, *headings.found}
        self._times = pa.array(sorted(name for name in written if name), pa.string())
        self._again = 0
        self.fault: str | None = None

    @property
    def notices(self) -> tuple[str, ...]:
        """What was noticed of the file so far."""
        return tuple(self._noticed())

    def may_begin_in(self, piece: bytes) -> bool:
        """Say whether a piece of the file must be looked at record by record."""
        return self.fault is not None or (bool(self._line) and self._line in piece)

    def may_begin_among(self, rows: pa.Table) -> bool:
        """Say whether one of some rows may be headings: it has in the place of the time what a column is called."""
        return bool(pc.any(pc.is_in(rows.column(self._time), value_set=self._times)).as_py())

    def begin_with(self, text: str) -> bool:
        """Say whether a record's text is a line of headings; what follows may then be of other columns."""
        if self._headings.text and text == self._headings.text:
            self._again, self.fault = self._again + 1, None
            return True
        if not any(name in text for name in self._headings.names if name):
            return False
        forms = [compare_form(cell) for cell in self._cells(text)]
        if not self._needed or not self._needed.issubset(forms):
            return False
        is_same = forms == [compare_form(name) for name in self._headings.names]
        self._again, self.fault = self._again + is_same, None if is_same else _OTHER
        return is_same

    def _cells(self, text: str) -> list[str]:
        return next(Splitter(self._headings.separator, quote=self._headings.quote).split([text]), ([], "", None))[0]

    def _noticed(self) -> Iterator[str]:
        if self._again:
            yield f"The headings stand again within the file, {counted(self._again, 'time')}; they are no records."
