"""A list of look-ups that somebody asks about, read as other tables are; nothing of it is imported or kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from access.rules import ACTIONS
from audit.logs.models import Source
from config.clock import read_moment, read_start
from config.errors import Invalid
from config.recorded import current
from config.tables.facts import Fact, StatedTables
from config.tables.find_columns import find_columns, known_headings
from config.tables.kind import Holds, Importer, OurColumn, Row, RowRefused
from config.tables.read_file import TableFile
from config.tables.read_rows import read_rows
from config.tables.refused_rows import RefusedRow
from config.texts import compare_form, listed
from config.work import Work

MOST_LOOKUPS = 10_000
_MOST_NAMED = 20


@dataclass(frozen=True)
class Lookup:
    """A look-up that somebody asks about.

    Args:
        number: Of its row in the list, as the person sees it.
        record: The resource, or whom or what the access was about, as the list names it.
        action: One of ours; empty where the list does not say.
        again: The same reading of the clock an hour later, in the night in which it comes twice; else None.
    """

    number: int
    time: datetime
    account: str
    record: str
    source: str
    system: str
    action: str
    purpose: str
    again: datetime | None = None

    def apart(self, instant: datetime) -> timedelta:
        """Say how far an instant is from the time asked about."""
        return min(abs(instant - one) for one in self.instants)

    @property
    def instants(self) -> tuple[datetime, ...]:
        """What the time asked about may mean."""
        return (self.time,) if self.again is None else (self.time, self.again)


@dataclass(frozen=True)
class LookupList:
    """A list that was read.

    Args:
        refused: The rows that cannot be answered, with the reason.
        notices: What was noticed, one sentence each.
    """

    name: str
    lookups: Sequence[Lookup]
    refused: Sequence[RefusedRow]
    notices: Sequence[str]


class _Lookups(Importer):
    """The kind of file that a list of look-ups is; it fills no table."""

    columns: ClassVar = (
        OurColumn(
            "time",
            needed=True,
            also=("when", "date and time", "date/time", "datetime", "timestamp", "access time", "lookup time"),
            holds=Holds.DATE,
        ),
        OurColumn("account", needed=True, also=("login", "user", "username", "user name", "user id"), holds=Holds.ID),
        OurColumn("resource", needed=True, also=("record", "record id", "record number", "what")),
        OurColumn("source", also=("system", "log", "application")),
        OurColumn("action"),
        OurColumn("purpose", also=("reason",)),
    )
    tables: ClassVar[StatedTables] = ()

    def __init__(self, session: Session, zone: ZoneInfo, source: str, clock: datetime) -> None:
        super().__init__(session, zone)
        self.lookups = list[Lookup]()
        self._otherwise, self._clock = source, clock
        self._sources = session.exec(select(Source).where(current(Source)).order_by(Source.name)).all()

    def read(self, row: Row) -> Sequence[Fact]:
        time = row.read("time", self._time)
        action = compare_form(row.text("action"))
        if action and action not in ACTIONS:
            raise RowRefused("action", f"is no action; the actions are {', '.join(ACTIONS)}")
        source = self._source(row)
        self.lookups.append(
            Lookup(
                row.number,
                time or self._clock,  # a row without a time was refused before
                row.text("account"),
                row.text("resource"),
                source.name,
                source.system,
                action,
                row.text("purpose"),
                time and self._again(row.text("time"), time),
            )
        )
        return ()

    def _time(self, text: str) -> datetime:
        if ":" not in text:
            raise ValueError("a day with its time, such as 2025-03-10 14:05:09")
        time = read_start(text, self.zone)
        if time > self._clock:
            raise ValueError("a time that has come already")
        return time

    def _again(self, text: str, time: datetime) -> datetime | None:
        """Give the second instant of a reading of the clock that comes twice, where no offset tells which is meant."""
        moment = read_moment(text)
        if isinstance(moment, datetime) and moment.tzinfo is not None:
            return None
        again = time.astimezone(self.zone).replace(fold=1).astimezone(UTC)
        return again if again != time else None

    def _source(self, row: Row) -> Source:
        """Give the source by its name, or by its system where it is the only one of that."""
        name = row.text("source") or self._otherwise
        if not name:
            raise RowRefused("source", "is empty, and no source was named for the whole list; name one")
        form = compare_form(name)
        found = [one for one in self._sources if compare_form(one.name) == form]
        found = found or [one for one in self._sources if compare_form(one.system) == form]
        if len(found) == 1:
            return found[0]
        names = listed([one.name for one in found or self._sources], _MOST_NAMED) or "none yet"
        reason = "is the system of several sources; name one of" if found else "is no source here; the sources are"
        raise RowRefused("source", f"{reason} {names}")


HEADINGS = frozenset(known_headings(_Lookups.columns, {}))


def read_lookups(
    work: Work, open_list: Callable[[frozenset[str]], TableFile], source: str, *, most: int = MOST_LOOKUPS
) -> LookupList:
    """Read a list of look-ups.

    Args:
        open_list: Opens it, given the headings that are understood.
        source: In whose logs the look-ups are that name none themselves; empty = all name theirs.
        most: How many rows it may have.

    Raises:
        Invalid: It cannot be read as a table, lacks a column, or has too many rows.
        NotFound: There is no entity yet.
    """
    kind = _Lookups(work.session, work.zone, source, work.clock)
    table = open_list(HEADINGS)
    read = read_rows(table, kind, find_columns(table, kind.columns, {}, {}))
    if len(read.taken) + len(read.refused) > most:
        raise Invalid(f"{table.name} has more than {most:,} rows, the most that are answered at once; divide it.")
    refused = [read.refused[number] for number in sorted(read.refused)]
    return LookupList(table.name, kind.lookups, refused, read.notices)
