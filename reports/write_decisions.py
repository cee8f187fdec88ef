"""Write the decisions to a CSV, JSON or Parquet file: every event with its verdict, for other programs to read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from config.bulk import text_sql
from config.clock import microseconds, month_span
from config.officials.limits import UNLIMITED, Limits
from config.output_file import check_target, folder_beside, put_in_place
from config.settings import Settings
from inventory.entity_time import entity_zone
from reports.decisions import COLUMNS, IN_ORDER, deciding, masked_decisions

_FORMATS = {
    ".csv": "FORMAT csv, HEADER",
    ".json": "FORMAT json, ARRAY true",
    ".parquet": "FORMAT parquet, COMPRESSION zstd",
}
# As text always with six digits of a second; a Parquet file keeps instants in UTC as such.
_IN_TEXT = "strftime(time, '%Y-%m-%dT%H:%M:%S.%fZ')"
_TIMES = {".csv": _IN_TEXT, ".json": _IN_TEXT, ".parquet": "time AT TIME ZONE 'UTC'"}


@dataclass(frozen=True)
class DecisionsRequest:
    """Which decisions to write, and where.

    Args:
        out: The .csv, .json or .parquet file; one that exists is replaced when the new one is whole.
        start: Events from this instant on; None = from the first.
        end: Events up to, not including; None = to the last.
        known_at: As people, assignments and access were known here then.
        only: What the decisions have to say, by column; nothing = whatever they say.
        limits: The months, in the entity's zone, and the sources of which alone decisions are given.
        masks_subjects: Whom accesses are about is masked.
    """

    out: Path
    start: datetime | None
    end: datetime | None
    known_at: datetime
    only: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = UNLIMITED
    masks_subjects: bool = False


def write_decisions(session: Session, request: DecisionsRequest, settings: Settings) -> int:
    """Decide the events of a range and write each with its verdict; nothing is recorded. Gives how many there are.

    Text is written as the logs have it, also where a spreadsheet would take it for a formula: the workbook of the
    report `decisions` is what people open.

    Raises:
        Invalid: The file cannot be written there, or the range ends before it begins.
        NotFound: There is no entity yet.
        Conflict: The file that stands there may not be replaced, or the disk is full.
    """
    ending = check_target(request.out, "Decisions are written as CSV, JSON or Parquet", list(_FORMATS))
    with (
        folder_beside(request.out) as folder,
        deciding(session, settings, known_at=request.known_at, start=request.start, end=request.end) as decided,
    ):
        whole = folder / "decisions"
        columns = ", ".join(f'"{column}"' for column in COLUMNS)
        # a statement that writes a file takes no values of its own, so they are written as its texts
        said = [f'"{column}" = {text_sql(text)}' for column, text in request.only.items()]
        chosen = " AND ".join([*said, *_within(session, request)]) or "true"
        rows = f"(SELECT * FROM decisions WHERE {chosen})"  # noqa: S608 - our own names
        if request.masks_subjects:
            # asked of what is masked as well, so that nobody finds out by asking whom a mask stands for
            shown = " AND ".join(said) or "true"
            rows = f"(SELECT * FROM {masked_decisions(decided, rows)} WHERE {shown})"  # noqa: S608 - our own names
        ((decisions,),) = decided.connection.execute(
            f"COPY (SELECT {columns} FROM (SELECT * REPLACE ({_TIMES[ending]} AS time) FROM {rows}) "  # noqa: S608 - our own names
            f"{IN_ORDER}) TO {text_sql(str(whole))} ({_FORMATS[ending]})"
        ).fetchall()
        if chosen == "true":
            decided.check_count(int(decisions))
        put_in_place(request.out, whole)
    return int(decisions)


def _within(session: Session, request: DecisionsRequest) -> Iterator[str]:
    """Give the conditions that keep decisions within the limits of who asks."""
    if request.limits.sources:
        yield f"source IN ({', '.join(map(text_sql, sorted(request.limits.sources)))})"
    if request.limits.months:
        zone = entity_zone(session, request.known_at)
        spans = (month_span(month, zone) for month in sorted(request.limits.months))
        yield f"({' OR '.join(_during(start, end) for start, end in spans)})"


def _during(start: datetime, end: datetime) -> str:
    return f"time >= make_timestamp({microseconds(start)}) AND time < make_timestamp({microseconds(end)})"
