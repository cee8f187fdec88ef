"""Writes accesses of a source to be handed out: its columns as decided, in CSV, and nothing that was found of them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlmodel import col, select

from audit.logs.coverage import CoverageRequest, days_asked, read_coverage
from audit.logs.event_store import stored_logs
from audit.logs.find_source import find_source
from audit.logs.listed_rejects import listed_rejects
from audit.logs.models import LogImport, Source
from audit.logs.open_events import open_events
from audit.logs.release_models import Release, TrailExport
from audit.logs.releasing.state_release import Decision, release_of_columns, strictest
from audit.logs.releasing.trail_layout import KeptValue, TrailLayout, read_layout
from audit.logs.say_coverage import sum_up
from audit.logs.sources import profile_of
from audit.logs.standing_logs import standing_ids
from config.bulk import open_bulk, plain_faults
from config.clock import from_microseconds, microseconds
from config.csv_guard import guarded_lines
from config.errors import Conflict, Invalid
from config.output_file import check_target, folder_beside, put_in_place, refusing, sha256_of
from config.texts import counted, listed
from config.work import Installation, Work

if TYPE_CHECKING:
    import duckdb

MASK = "masked"
_BATCH = 10_000
_MOST_NAMED = 5
# What a profile says that does not decide from which column a text comes, such as what an action means.
_NOT_OF_COLUMNS = {"about", "records_what", "actions", "purposes", "case_number", "accounts", "times"}


@dataclass(frozen=True)
class TrailRequest:
    """Which accesses are to be written: of a source, in [start, end), None = open; and where."""

    source: str
    out: Path
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True)
class WrittenTrail:
    """The receipt of a file that was written.

    Args:
        decided: What was decided of the columns, by column, as it stood.
        unreadable: How many records of the source, of whatever day, wait for repair and are in no file.
        not_seen: What the logs of these days did not hold; empty where nothing is known to be missing.
    """

    source: str
    accesses: int
    sha256: str
    layout: TrailLayout
    decided: Mapping[str, Decision]
    zone: str
    unreadable: int
    not_seen: str


def export_trail(installation: Installation, request: TrailRequest, *, by: str) -> WrittenTrail:
    """Write the accesses, released and masked columns alone; that it was written is on the record.

    Args:
        by: Who asks for it.

    Raises:
        NotFound: There is no such source.
        Invalid: The range ends before it begins, no column is released, or the file cannot be written there.
        Conflict: Some of the logs were read by another profile than the source has now; a decision was changed
            meanwhile; the file that stands there may not be replaced.
    """
    check_target(request.out, "An audit trail is written as CSV", [".csv"])
    if request.start and request.end and request.end <= request.start:
        raise Invalid("The range ends before it begins; give a later end.")
    with folder_beside(request.out) as folder:
        whole = folder / "trail.csv"
        with installation.read() as work:
            written = _write(work, request, whole)
        with installation.change() as work:
            _remember(replace(work, by=by), request, written)
        put_in_place(request.out, whole)
    return written


def _write(work: Work, request: TrailRequest, whole: Path) -> WrittenTrail:
    source = find_source(work.session, request.source)
    _refuse_read_otherwise(work, source, request)
    layout, decided = read_layout(work.session, source), release_of_columns(work.session, source.name)
    values = [one for one in layout.values if strictest(one.columns, decided) is not Release.WITHHOLD]
    if not any(strictest(one.columns, decided) is Release.RELEASE for one in values):
        raise Invalid(
            f"No column of {source.name} is released, so there is nothing to hand out. The responsible authority "
            "decides each column first."
        )
    store = stored_logs(work.session, work.settings.data_dir).of_sources(source.name)
    with closing(open_bulk(work.settings)) as connection, plain_faults():
        open_events(connection, store, _count(request.start), _count(request.end))
        rows = _rows(connection.execute(_asking(values)), work, values, decided)
        accesses = _write_lines(request.out, whole, [one.heading for one in values], rows)
        waiting = listed_rejects(work.session, source.name, work.settings.data_dir)
        unreadable = sum(1 for _ in waiting.read(connection)) if waiting.files else 0
    first, last = days_asked(request.start, request.end, work.zone)
    seen = read_coverage(work, CoverageRequest(source.name, first, last, usual=False))
    return WrittenTrail(
        source.name,
        accesses,
        sha256_of(whole),
        layout,
        decided,
        work.zone.key,
        unreadable,
        sum_up(seen).said,
    )


def _asking(values: Sequence[KeptValue]) -> str:
    columns = ["instant" if one.kept_as == "time" else one.kept_as for one in values]
    return f"SELECT {', '.join(columns)} FROM events ORDER BY time, place"  # noqa: S608 - our own names


def _rows(
    found: "duckdb.DuckDBPyConnection", work: Work, values: Sequence[KeptValue], decided: Mapping[str, Decision]
) -> Iterator[list[object]]:
    masked = [strictest(one.columns, decided) is Release.MASK for one in values]
    while rows := found.fetchmany(_BATCH):
        for row in rows:
            yield [
                MASK if hidden else _cell(value, cell, work)
                for value, cell, hidden in zip(values, row, masked, strict=True)
            ]


def _cell(value: KeptValue, cell: object, work: Work) -> str:
    if value.kept_as == "time" and isinstance(cell, int):
        return from_microseconds(cell).astimezone(work.zone).isoformat()
    return "" if cell is None else str(cell)


def _write_lines(out: Path, whole: Path, headings: list[str], rows: Iterator[list[object]]) -> int:
    with refusing(out):
        file = whole.open("w", encoding="utf-8", newline="")
    with file:
        lines = -1
        for line in guarded_lines(_with_headings(headings, rows)):
            with refusing(out):
                file.write(f"{line}\r\n")
            lines += 1
    return lines


def _with_headings(headings: list[str], rows: Iterator[list[object]]) -> Iterator[list[object]]:
    yield list(headings)
    yield from rows


def _refuse_read_otherwise(work: Work, source: Source, request: TrailRequest) -> None:
    """Refuse where a log was read by another profile: what is kept of it may come from other columns than decided."""
    counts = standing_ids(work.session)
    asked = select(LogImport).where(LogImport.source == source.name).order_by(col(LogImport.id))
    otherwise = [
        one.file_name
        for one in work.session.exec(asked)
        if one.id in counts and _is_within(one, request) and not _is_read_as(source, _source_at(work, one))
    ]
    if otherwise:
        raise Conflict(
            f"{counted(len(otherwise), 'log')} of {source.name} ({listed(otherwise, _MOST_NAMED)}) "
            f"{'was' if len(otherwise) == 1 else 'were'} read by another profile than the source has now, so it is not "
            "certain which column each text came from. Import them again first. Nothing was written."
        )


def _is_within(one: LogImport, request: TrailRequest) -> bool:
    if one.first_time is None or one.last_time is None:
        return False
    return (request.end is None or one.first_time < request.end) and (
        request.start is None or one.last_time >= request.start
    )


def _source_at(work: Work, one: LogImport) -> Source | None:
    """Give the source as it was when a log of it was read."""
    asked = select(Source).where(Source.name == one.source, col(Source.recorded_at) <= one.imported_at)
    return work.session.exec(asked.order_by(col(Source.recorded_at).desc(), col(Source.id).desc())).first()


def _is_read_as(source: Source, before: Source | None) -> bool:
    """Say whether each text that was read of a log came from the columns from which it would come now."""
    if before is None:
        return False
    told = [profile_of(one).model_dump(exclude=_NOT_OF_COLUMNS) for one in (source, before)]
    return source.profile == before.profile or told[0] == told[1]


def _remember(work: Work, request: TrailRequest, written: WrittenTrail) -> None:
    if release_of_columns(work.session, written.source) != written.decided:
        raise Conflict("What is decided of the columns was changed meanwhile; nothing was written. Export again.")
    told = {column: [one.release.value, one.words] for column, one in written.decided.items()}
    first, last = days_asked(request.start, request.end, work.zone)
    export = TrailExport(
        source=written.source,
        first=first,
        last=last,
        accesses=written.accesses,
        sha256=written.sha256,
        decisions=json.dumps(told, ensure_ascii=False),
        exported_at=work.now,
        exported_by=work.by,
    )
    work.session.add(export)
    work.session.flush()


def _count(instant: datetime | None) -> int | None:
    return None if instant is None else microseconds(instant)
