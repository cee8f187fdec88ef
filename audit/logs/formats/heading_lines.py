"""Headings within a table: exports that were put one below another, with the same headings or with others."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from audit.logs.formats.headings import Headings, has_needed
from audit.logs.formats.split_records import Splitter
from audit.logs.profiles.language import Profile
from config.texts import compare_form, counted, listed

_OTHER = (
    "stands below other headings than those above the first record, with columns that are read and that these lack; "
    "split the file where they change"
)
_MOST_SAID = 10


@dataclass(frozen=True)
class _Section:
    """What stands below other headings than the first.

    Args:
        places: For each column of the first headings where its cell is, None where there is none.
    """

    width: int
    time_at: int
    places: tuple[int | None, ...]


class HeadingLines:
    """Tells headings within a table from its records, and reads what stands below others by these.

    Such a record becomes one of the first headings' columns, so that it goes out, and comes in again, below these.

    Args:
        time_at: Which cell holds a record's time, from 0.

    Attributes:
        fault: Why the records that follow cannot be read; None where they can.
    """

    def __init__(self, headings: Headings, profile: Profile, time_at: int) -> None:
        self._headings = headings
        self._profile = profile
        self._time_at = time_at
        self._line = headings.text.encode("utf-8", "replace")
        self._forms = [compare_form(name) for name in headings.names]
        self._read = {compare_form(place) for place in profile.places()}
        written = {*headings.names, *profile.places()}
        self._times = pa.array(sorted(name for name in written if name), pa.string())
        self._again = self._others = 0
        self._left_out: dict[str, None] = {}
        self._section: _Section | None = None
        self.fault: str | None = None

    @property
    def notices(self) -> tuple[str, ...]:
        """What was noticed of the file so far."""
        return tuple(self._noticed())

    @property
    def shape(self) -> tuple[int, int]:
        """How many cells a record has that follows, and which of them holds its time."""
        section = self._section
        return (section.width, section.time_at) if section else (len(self._forms), self._time_at)

    def may_begin_in(self, piece: bytes) -> bool:
        """Say whether a piece of the file must be looked at record by record."""
        is_other = self.fault is not None or self._section is not None
        return is_other or (bool(self._line) and self._line in piece)

    def may_begin_among(self, rows: pa.Table) -> bool:
        """Say whether one of some rows may be headings: it has in the place of the time what a column is called."""
        times = rows.column(f"c{self._time_at}")
        return bool(pc.any(pc.is_in(times, value_set=self._times)).as_py())

    def begin_with(self, text: str) -> bool:
        """Say whether a record's text is a line of headings; what follows may then be of other columns."""
        if not self._headings.text:
            return False
        if text == self._headings.text:
            self._again, self.fault, self._section = self._again + 1, None, None
            return True
        if not any(name in text for name in self._headings.names if name):
            return False
        names = [cell.strip() for cell in self._cells(text)]
        forms = [compare_form(name) for name in names]
        if not has_needed(self._profile, lambda place: compare_form(place) in forms):
            return False
        if len({*forms} & {*self._forms}) < 2:  # noqa: PLR2004 - one cell may be the name of a column by chance
            return False
        return self._begin(names, forms)

    def laid_out(self, cells: list[str], text: str) -> tuple[list[str], str]:
        """Give a record in the columns of the first headings: its cells, and its text."""
        if self._section is None:
            return cells, text
        moved = ["" if place is None else cells[place] for place in self._section.places]
        written = io.StringIO()
        csv.writer(
            written,
            delimiter=self._headings.separator,
            quotechar=self._headings.quote or None,
            quoting=csv.QUOTE_MINIMAL if self._headings.quote else csv.QUOTE_NONE,
            escapechar="\\",
            lineterminator="",
        ).writerow(moved)
        return moved, written.getvalue()

    def _begin(self, names: Sequence[str], forms: Sequence[str]) -> bool:
        """Go on below some headings; False where what is below cannot be read by them."""
        if list(forms) == self._forms:
            self._again, self.fault, self._section = self._again + 1, None, None
            return True
        new = [place for place, form in enumerate(forms) if form and form not in self._forms]
        if any(forms[place] in self._read for place in new):
            self.fault, self._section = _OTHER, None
            return False
        places = tuple(forms.index(form) if form in forms else None for form in self._forms)
        time_at = places[self._time_at]
        self._left_out |= dict.fromkeys(names[place] for place in new)
        self._section, self.fault = _Section(len(forms), time_at or 0, places), None
        self._others += 1
        return True

    def _cells(self, text: str) -> list[str]:
        return next(Splitter(self._headings.separator, quote=self._headings.quote).split([text]), ([], "", None))[0]

    def _noticed(self) -> Iterator[str]:
        if self._again:
            yield f"The headings stand again within the file, {counted(self._again, 'time')}; they are no records."
        if self._others:
            left_out = f"; no field is read from {listed(list(self._left_out), _MOST_SAID)}" if self._left_out else ""
            yield (
                f"Other headings stand within the file, {counted(self._others, 'time')}; what is below them was read "
                f"by them{left_out}."
            )
