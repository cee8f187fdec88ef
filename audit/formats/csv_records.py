"""CSV logs: DuckDB's reader where the file is clean, else record by record, so that a bad one is kept and not lost."""

import csv
from collections.abc import Collection, Iterator
from pathlib import Path

import duckdb

from audit.formats.records import Records, as_table, open_log, read_chunks, text_encoding, text_lines
from config.bulk import one_row
from config.errors import Invalid

_SEPARATORS = ",;\t|"
_NO_NULL = "\\x1F"  # a text that no log has, so that an empty cell reads as empty text
_MOST_LINES = 5_000  # a quote that stays open this long was never closed
_LONGEST = 64 * 1024 * 1024


class CsvRecords:
    """The records of a CSV log; the first row names the columns."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path, needed: Collection[str]) -> None:
        self._connection = connection
        self._path = path
        self._needed = needed
        self._encoding = ""
        self._separator, self._headings = ",", list[str]()
        csv.field_size_limit(_LONGEST)

    def quickly(self) -> Records | None:
        """Give the records by DuckDB's reader: for plain UTF-8 text, which may be gzip."""
        first_line = self._first_line()
        if first_line is None:
            return None
        self._find_headings([first_line])
        names = [f"c{place}" for place in range(len(self._headings))]
        columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
        self._connection.execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans")
        with open_log(self._path) as file:
            packing = "none" if file.name == str(self._path) else "gzip"
        relation = (
            f"read_csv('{_quoted(self._path)}', auto_detect = false, header = true, delim = '{self._separator}', "
            f"quote = '\"', escape = '\"', strict_mode = true, store_rejects = true, nullstr = '{_NO_NULL}', "
            f"compression = '{packing}', columns = {{{columns}}})"
        )
        return self._records(relation, names, "NULL::VARCHAR", _csv_line(names, self._separator))

    def was_whole(self) -> bool:
        """Say whether DuckDB's reader rejected nothing, and no NUL byte came through."""
        rejected = one_row(self._connection, "SELECT count(*) FROM reject_errors")
        return rejected == (0,) and not any(b"\0" in chunk for chunk in read_chunks(self._path))

    def carefully(self) -> Records:
        """Give the records one by one; one that is malformed is kept with its text and what is wrong with it."""
        self._encoding, notices = text_encoding(self._path)
        self._find_headings(text_lines(self._path, self._encoding))
        names = [f"c{place}" for place in range(len(self._headings))]
        as_table(self._connection, "careful_records", [*names, "fault", "raw"], self._rows())
        return self._records("careful_records", names, "fault", "raw", notices)

    def _records(
        self, relation: str, names: list[str], fault: str, raw: str, notices: tuple[str, ...] = ()
    ) -> Records:
        by_heading = sorted(zip(self._headings, names, strict=True))
        content = "concat_ws(chr(31), " + ", ".join(name for _, name in by_heading) + ")"
        columns = dict(zip(self._headings, names, strict=True))
        columns |= {heading.casefold(): name for heading, name in columns.items() if heading.casefold() in self._needed}
        return Records(relation, columns, "", content, fault, raw, notices)

    def _first_line(self) -> str | None:
        beginning = next(read_chunks(self._path), b"")
        line, end, _ = beginning.partition(b"\n")
        if not line.strip() or b"\0" in line or b"\r" in line[:-1] or line.count(b'"') % 2 or not end:
            return None
        try:
            return line.decode("utf-8-sig")
        except UnicodeDecodeError:
            return None

    def _find_headings(self, lines: Iterator[str] | list[str]) -> None:
        best: list[str] = []
        for separator in _SEPARATORS:
            opened = text_lines(self._path, self._encoding) if self._encoding else lines
            headings = [one.strip() for one in next(csv.reader(iter(opened), delimiter=separator), [])]
            if len(_found(self._needed, headings)) > len(_found(self._needed, best)) or not best:
                best, self._separator = headings, separator
        if not any(best):
            raise Invalid(f"{self._path.name} is empty; there is nothing to import. Check the export.")
        missing = [name for name in self._needed if name not in _found(self._needed, best)]
        if missing:
            raise Invalid(
                f"{self._path.name} has no column {', '.join(missing)}; its columns are {', '.join(best[:40])}. "
                "Give its source a profile that says where each field is (thirteen source add … --profile FILE)."
            )
        repeated = sorted({name for name in best if name and best.count(name) > 1 and name in self._needed})
        if repeated:
            raise Invalid(f"{self._path.name} has the column {', '.join(repeated)} more than once; remove one of them.")
        self._headings = [name or f"column {place}" for place, name in enumerate(best, 1)]
        self._headings = [
            name if self._headings.index(name) == place else f"{name} ({place + 1})"
            for place, name in enumerate(self._headings)
        ]

    def _rows(self) -> Iterator[tuple[str | None, ...]]:
        width = len(self._headings)
        records = _Splitter(text_lines(self._path, self._encoding), self._separator)
        next(records, None)  # the headings
        for cells, raw, fault in records:
            if fault is None and len(cells) != width:
                kind = "more" if len(cells) > width else "fewer"
                fault = f"has {len(cells)} cells, {kind} than the {width} columns"  # noqa: PLW2901 - said of this record
            if fault is None and "\0" in raw:
                fault = "holds a NUL byte, which no text has"  # noqa: PLW2901
            if fault is None and "\ufffd" in raw and self._encoding != "utf-8-sig":
                fault = f"holds bytes that are no {self._encoding} text"  # noqa: PLW2901
            yield (*(cells if fault is None else [""] * width), fault, raw)


class _Splitter(Iterator[tuple[list[str], str, str | None]]):
    """Splits lines into records: cells, own text, and what is wrong, if anything is.

    After a record that spans lines and is malformed, reading goes on with its second line: one stray quote costs one line.
    """

    def __init__(self, lines: Iterator[str], separator: str) -> None:
        self._lines = lines
        self._separator = separator
        self._pushed_back: list[str] = []
        self._taken: list[str] = []

    def __next__(self) -> tuple[list[str], str, str | None]:
        while True:
            self._taken = []
            try:
                cells = next(csv.reader(self._supply(), delimiter=self._separator, strict=True))
            except csv.Error as error:
                return self._refuse(str(error))
            raw = "".join(self._taken).rstrip("\r\n")
            if cells:
                return cells, raw, None

    def _supply(self) -> Iterator[str]:
        while len(self._taken) < _MOST_LINES:
            line = self._pushed_back.pop() if self._pushed_back else next(self._lines, None)
            if line is None:
                return
            self._taken.append(line)
            yield line

    def _refuse(self, error: str) -> tuple[list[str], str, str | None]:
        first, *others = self._taken
        self._pushed_back.extend(reversed(others))
        fault = "opens a quote that is never closed" if others or "unexpected end" in error else "has a stray quote"
        return [], first.rstrip("\r\n"), fault


def _found(needed: Collection[str], headings: list[str]) -> set[str]:
    folded = {heading.casefold() for heading in headings}
    return {name for name in needed if name in headings or name in folded}


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _csv_line(names: list[str], separator: str) -> str:
    """Give the SQL that writes a record's cells as a CSV line again, every cell quoted."""
    cells = [f"'\"' || replace({name}, '\"', '\"\"') || '\"'" for name in names]
    return f" || '{separator}' || ".join(cells)
