"""What a person can see of a world: the answers of the commands that read, every row of the record, and the files."""

import hashlib
import io
import json
import re
import shutil
import sqlite3
import sys
import tarfile
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from sqlalchemy import Engine, MetaData, Table, create_engine

from app.backup.archive import DIGESTS, RECORD
from app.cli import main
from tests.kills.world import DATA, FILES, OUT, World, class_of

Row = Mapping[str, object]
_LOOKING = Path("looking")
_ZIPPED = {".xlsx", ".docx"}
# How far running jobs have told that they came depends on how long they took; when watched folders are looked at next,
# on the minute; and the digest of what an audit keeps for the next one, on the order in which its rows were written.
_BY_CHANCE = {"jobs": {"phase", "done", "total"}, "schedule": {"next_run_at"}, "audit_runs": {"kept"}}
# A job names the review that it is about by its number, which a server gives to nobody twice.
_NUMBER_OF_REVIEW = re.compile(r'(?<="review":)\d+')
# Which version of the program made the tables, and how a database knows its folder, are no facts of the record. That
# unreadable records went out is noted at each look itself.
_OF_THE_PROGRAM = {"alembic_version", "data_folders", "reject_exports"}


@dataclass(frozen=True)
class State:
    """What was seen.

    Args:
        answers: What each question's command said, and wrote.
        tables: The rows of each table that has any.
        files: How many files of each class the data folder holds after that.
    """

    answers: Mapping[str, str]
    tables: Mapping[str, Sequence[Row]]
    files: Counter[str]

    def shown(self, varying: Collection[tuple[str, str]] = ()) -> Mapping[str, object]:
        """Give all but the files in a form that can be compared.

        Args:
            varying: Table and column of what is different at every run; of these only whether there is a value counts.
        """
        rows = {
            name: sorted(
                repr({key: _masked(cell, is_varying=(name, key) in varying) for key, cell in row.items()})
                for row in rows
            )
            for name, rows in self.tables.items()
        }
        return {**self.answers, **{f"table {name}": texts for name, texts in rows.items()}}


def look(world: World, sources: Sequence[str]) -> State:
    """Start anew, as the next command would, and look at all of it.

    Raises:
        RuntimeError: The program failed.
    """
    answers: Mapping[str, str] = world.ask(lambda: dict(_answers(sources)))
    tables: Mapping[str, Sequence[Row]] = world.ask(lambda: _tables(world))
    return State(
        answers, tables, Counter(class_of(name) for name, path in world.leaves_of(DATA).items() if path.is_file())
    )


def outputs(world: World) -> Mapping[str, object]:
    """Give what the files that were written out hold, by their paths; of one with parts, what each part holds."""
    return {name: _content(path) for name, path in world.leaves_of(OUT, FILES).items()}


def _masked(cell: object, *, is_varying: bool) -> object:
    return "…" if is_varying and cell is not None else cell


def _answers(sources: Sequence[str]) -> Iterator[tuple[str, str]]:
    _LOOKING.mkdir()
    _answer("imports")  # the first start may say which files that no receipt lists it set aside, once
    decisions = _LOOKING / "decisions.csv"
    yield "findings", _answer("findings", "--format", "json")
    yield "decisions", _answer("decisions", "--out", str(decisions)) + _text(decisions)
    yield "verify", _answer("verify")
    for source in sources:
        out = _LOOKING / f"{source}.csv"
        yield f"rejects of {source}", _answer("rejects", "--source", source, "--out", str(out)) + _text(out)
    shutil.rmtree(_LOOKING)


def _answer(*words: str) -> str:
    said = io.StringIO()
    sys.argv = ["thirteen", *words]
    with redirect_stdout(said), redirect_stderr(said):
        try:
            main()
        except SystemExit as ended:
            said.write(f"exit status {ended.code}\n")
    return said.getvalue().replace(str(Path.cwd()), "")  # a refusal names the folder, and each world has another


def _text(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def _tables(world: World) -> Mapping[str, Sequence[Row]]:
    database = Path(DATA, "thirteen.sqlite")
    if world.url is None and not database.exists():
        return {}
    engine = create_engine(
        world.url.replace("postgresql:", "postgresql+psycopg:") if world.url else f"sqlite:///{database}"
    )
    try:
        return _rows(engine)
    finally:
        engine.dispose()


def _rows(engine: Engine) -> Mapping[str, Sequence[Row]]:
    metadata = MetaData()
    metadata.reflect(engine)
    tables = [table for table in metadata.sorted_tables if table.name not in _OF_THE_PROGRAM]
    with engine.connect() as connection:
        rows = {
            table.name: [_kept(table, row) for row in connection.execute(table.select()).mappings()] for table in tables
        }
    ranks = {table.name: _ranks(table, rows[table.name]) for table in tables}
    return {
        table.name: [_with_ranks(table, row, ranks) for row in rows[table.name]] for table in tables if rows[table.name]
    }


def _kept(table: Table, row: Mapping[Any, Any]) -> Row:
    kept = {name: cell for name, cell in row.items() if name not in _BY_CHANCE.get(table.name, ())}
    return kept | {"arguments": _NUMBER_OF_REVIEW.sub("…", row["arguments"])} if table.name == "jobs" else kept


def _ranks(table: Table, rows: Sequence[Row]) -> Mapping[object, int]:
    """Number the rows by their keys: a server passes over the numbers that an unfinished transaction took."""
    names = [column.name for column in table.primary_key]
    return {key: rank for rank, key in enumerate(sorted(row[names[0]] for row in rows), 1)} if len(names) == 1 else {}  # type: ignore[type-var]


def _with_ranks(table: Table, row: Row, ranks: Mapping[str, Mapping[object, int]]) -> Row:
    numbered: dict[str, Any] = dict(row)
    for column in table.primary_key:
        numbered[column.name] = ranks[table.name].get(row[column.name], row[column.name])
    for key in table.foreign_keys:
        name = key.parent.name
        numbered[name] = ranks[key.column.table.name].get(row[name], row[name])
    return numbered


def _content(path: Path) -> object:
    if path.is_dir():
        return "an empty folder"
    if path.suffix in _ZIPPED:
        return _parts_of_zip(path)
    if path.suffix == ".backup":
        return _parts_of_tar(path)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _parts_of_zip(path: Path) -> object:
    try:
        with ZipFile(path) as parts:
            broken = parts.testzip()
            return f"broken: {broken}" if broken else {one.filename: one.CRC for one in parts.infolist()}
    except BadZipFile:
        return "broken"


def _parts_of_tar(path: Path) -> object:
    try:
        with tarfile.open(path) as parts:
            files = {one.name: parts.extractfile(one) for one in parts}
            return {name: _told_apart(name, file.read()) for name, file in files.items() if file is not None}
    except tarfile.ReadError:
        return "broken"


def _told_apart(name: str, content: bytes) -> str:
    """Give what tells a file in a backup from others; of the record what it holds, as its pages may lie otherwise."""
    if name == DIGESTS:
        content = repr(sorted(pair for pair in json.loads(content).items() if pair[0] != RECORD)).encode()
    if name == RECORD:
        with closing(sqlite3.connect(":memory:")) as record:
            record.deserialize(_out_of_log(content))
            (check,) = record.execute("PRAGMA integrity_check").fetchone()
            content = "\n".join((check, *record.iterdump())).encode()
    return hashlib.sha256(content).hexdigest()


def _out_of_log(record: bytes) -> bytes:
    """Give a record's file without the mark that it has a log, as SQLite looks for none in memory."""
    return record[:18] + b"\x01\x01" + record[20:]
