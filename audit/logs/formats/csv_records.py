"""CSV logs: DuckDB's reader where the file is clean, else record by record, so that a bad one is kept and not lost."""

from collections.abc import Iterator
from dataclasses import replace

import duckdb

from audit.logs.formats.contract import PART, Records, offer_rows
from audit.logs.formats.csv_headings import find_headings
from audit.logs.formats.log_file import LogFile
from audit.logs.formats.split_records import BETWEEN_CELLS, Split, split_records
from audit.logs.profiles.language import Profile, places
from config.bulk import path_to_read

_MOST_COLUMNS_QUICKLY = 500
_CAREFUL = "careful_records"
_MARK = "chr(30)"


class CsvRecords:
    """The records of a CSV log; the first line names the columns, unless the profile does."""

    def __init__(self, log: LogFile, profile: Profile) -> None:
        self._log = log
        self._profile = profile
        self._headings = find_headings(log, profile)
        self._cells = [f"c{place}" for place in range(len(self._headings.names))]
        self.header = self._headings.text
        self.notices = (*log.notices, *self._headings.notices)

    def quickly(self) -> Records | None:
        """Give the records by DuckDB's reader: for a plain file whose first line is the header, or the first record."""
        if not self._log.plain or not 1 < len(self._cells) <= _MOST_COLUMNS_QUICKLY:
            return None
        first_line = next(self._log.lines()).rstrip("\r\n")
        if self.header and first_line != self.header:
            return None  # blank lines stand above the header, or a heading spans lines
        kinds = ", ".join(f"'{cell}': 'VARCHAR'" for cell in self._cells)
        relation = (
            f"read_csv({path_to_read(self._log.path)}, auto_detect = false, hive_partitioning = false, "
            f"header = {bool(self.header)}, delim = '{self._headings.separator}', quote = '\"', escape = '\"', "
            f"strict_mode = true, compression = '{'gzip' if self._log.packed else 'none'}', "
            f"force_not_null = {self._cells}, columns = {{{kinds}}})"
        )
        # Of two stray quotation marks the second can seem to close the first; the careful reader sees through that.
        count = self._log.line_count - bool(self.header) if self._log.has_quotes else None
        return replace(self._records(relation, self._in_order(), "NULL::VARCHAR"), count=count)

    def carefully(self, connection: duckdb.DuckDBPyConnection) -> Records:
        """Give the records one by one; one that is malformed comes with what is wrong with it."""
        offer_rows(connection, _CAREFUL, ["record", "fault"], self._rows())
        cells = ", ".join(f"coalesce(cells[{place}], '') AS {cell}" for place, cell in enumerate(self._cells, 1))
        relation = (
            f"(SELECT {cells}, fault FROM (SELECT string_split(record, chr({ord(BETWEEN_CELLS)})) AS cells, fault "  # noqa: S608 - our own table
            f"FROM {_CAREFUL}))"
        )
        return self._records(relation, [self._unmarked(cell) for cell in self._in_order()], "fault")

    def texts(self) -> Iterator[str]:
        """Give each record's own text."""
        return (self._log.shown(text) for _, text, _ in self._splits())

    def _records(self, relation: str, contents: list[str], fault: str) -> Records:
        columns = {name: self._cells[place] for name, place in self._headings.found.items()}
        return Records(relation, columns, contents, fault)

    def _in_order(self) -> list[str]:
        """Give the cells by their headings' order, so that columns in another order make the same records."""
        return [cell for _, cell in sorted(zip(self._headings.names, self._cells, strict=True))]

    def _unmarked(self, cell: str) -> str:
        """Give the SQL of a cell's text without the mark that parts cells in a record's content."""
        if not self._log.has_marks:
            return cell
        return f"replace(replace({cell}, {_MARK}, {_MARK} || '0'), {PART}, {_MARK} || '1')"

    def _rows(self) -> Iterator[tuple[str | None, ...]]:
        if self._log.flawless:
            return ((cells, fault) for cells, _, fault in self._splits())
        flaw_of = self._log.flaw_of
        flaws = ((cells, flaw_of(text), fault) for cells, text, fault in self._splits())
        return (("" if flaw else cells, flaw or fault) for cells, flaw, fault in flaws)

    def _splits(self) -> Iterator[Split]:
        times = [place for place in places(self._profile.fields["time"]) if place in self._headings.found]
        time_at = self._headings.found[times[0]] if times else 0
        splits = split_records(self._log.lines(), self._headings.separator, len(self._cells), time_at)
        if self.header:
            next(splits)
        return splits
