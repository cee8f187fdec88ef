"""How every door begins a use case: it reads one state of the record, or changes it as the only one who does.

Long work reads with `read`, computes, and lets its last, short step write with `change`.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine

from config.clock import length_text, now
from config.database import Reader, reading_rows
from config.locks import writing
from config.progress import Progress, Silence
from config.request_at_hand import request_at_hand
from config.settings import DecidingEngine, Settings
from config.unfinished_places import noting_place

if TYPE_CHECKING:
    from sqlmodel import Session

_LATER = timedelta(microseconds=1)  # by which two changes of one record are told apart


@dataclass(frozen=True)
class Work:
    """One use case at work.

    Args:
        reader: Reads one state of the record; of `change`, the one that it makes, which is committed as one when the
            block ends, or not at all.
        now: When the work began, in UTC, or the newest time in the record where that is later: all that is recorded is
            known by then. A change is recorded at this instant, which no earlier change has.
        clock: What this machine's clock said then.
        by: Who asks for it; a change is recorded under this name.
        settings: Those of the installation.
        find_zone: Gives the entity's zone as known at an instant.
    """

    reader: Reader
    now: datetime
    clock: datetime
    by: str
    settings: Settings
    find_zone: Callable[[Reader, datetime], ZoneInfo]

    @cached_property
    def session(self) -> "Session":
        """The session of the state that is read, or changed: by the classes of its tables, which take long to load."""
        if not isinstance(self.reader, Connection):
            return cast("Session", self.reader)  # as of what changes
        from config.sessions import session_on  # noqa: PLC0415 - as above

        return session_on(self.reader)

    def close(self) -> None:
        """Let go of the session of what was read, where one was asked for."""
        if "session" in self.__dict__:
            self.session.close()

    @cached_property
    def zone(self) -> ZoneInfo:
        """The entity's time zone, in which dates are read and said.

        Raises:
            NotFound: There is no entity yet.
        """
        return self.find_zone(self.reader, self.now)


class _TakenBack(Exception):  # noqa: N818 - no fault, but how a transaction is left that is not to be committed
    """What was tried is not meant to stand."""


def _say_nothing(_: str) -> None:
    """Stand in where nobody is to be told."""


def _nothing_seen(_reader: Reader, _settings: Settings, _system: str) -> Collection[str]:
    return ()


@dataclass(frozen=True)
class Installation:
    """What a door works on: given to it by `app/`, which alone opens data folders.

    Args:
        by: Who works at this door.
        find_zone: Gives the entity's zone as known at an instant; refuses where there is no entity yet.
        find_newest: Gives the newest recorded time of the record, None where nothing is recorded yet.
        clock: Gives the present instant, in UTC.
        progress: Is told how far long work has come, and that a reading or a change has ended.
        seen_resources: Gives the resources with brackets in their names that the logs of a system hold.
        changes: When each change was made that was committed; a door that cannot give its answer says so.
        tell: Says what the person should know besides the answer.
    """

    settings: Settings
    engine: Engine
    by: str
    find_zone: Callable[[Reader, datetime], ZoneInfo]
    find_newest: Callable[[Reader], datetime | None]
    clock: Callable[[], datetime] = now
    progress: Progress = field(default_factory=Silence)
    seen_resources: Callable[[Reader, Settings, str], Collection[str]] = _nothing_seen
    changes: list[datetime] = field(default_factory=list)
    tell: Callable[[str], None] = _say_nothing
    _told: list[str] = field(default_factory=list, init=False)

    def deciding_on(self, engine: DecidingEngine | None) -> "Installation":
        """Give this installation as it is when another engine decides; None = the one of its settings."""
        if engine is None:
            return self
        return replace(self, settings=self.settings.model_copy(update={"deciding_engine": engine}))

    @contextmanager
    def read(self) -> Iterator[Work]:
        """Read one state of the record, while others write.

        Raises:
            Conflict: The database cannot be reached or read.
        """
        with self._under_way(), reading_rows(self.engine) as connection:
            work = self._work(connection, timedelta())
            try:
                yield work
            finally:
                work.close()

    @contextmanager
    def change(self) -> Iterator[Work]:
        """Change the record as the only one who does; all of it is committed when the block ends, or nothing.

        Raises:
            Conflict: Another process is at it and does not end in time, or the database cannot be written to.
        """
        with self._under_way():
            with self._changing() as work:
                yield work
                if request_id := request_at_hand():
                    # only here, as the command line, which answers none, reads more than it changes
                    from config.change_requests import ChangeRequest  # noqa: PLC0415

                    work.session.add(ChangeRequest(changed_at=work.now, request_id=request_id))
            self.changes.append(work.now)

    @contextmanager
    def tried(self) -> Iterator[Work]:
        """Change the record as `change` does, and take all of it back when the block ends: to see what it would mean.

        Raises:
            Conflict: As of `change`.
        """
        with self._under_way(), suppress(_TakenBack), self._changing() as work:
            yield work
            raise _TakenBack

    def writing_to(self, out: Path) -> AbstractContextManager[None]:
        """Note where a file is being written, so that the next start removes what is left should this one be killed."""
        return noting_place(self.settings.data_dir, out)

    @contextmanager
    def aside(self) -> Iterator[Work]:
        """Change a few rows that are no part of the record, such as those of jobs, beside whoever changes the record.

        Raises:
            Conflict: The database cannot be written to.
        """
        from config.sessions import side_transaction  # noqa: PLC0415 - as of `_changing`

        with side_transaction(self.engine) as session:
            yield self._work(session, timedelta())

    @contextmanager
    def _changing(self) -> Iterator[Work]:
        from config.sessions import transaction  # noqa: PLC0415 - only here, as a command that reads needs no session

        with writing(self.engine, self.settings), transaction(self.engine) as session:
            yield self._work(session, _LATER)

    @contextmanager
    def _under_way(self) -> Iterator[None]:
        try:
            yield
        finally:
            self.progress.end()

    def _work(self, reader: Reader, later: timedelta) -> Work:
        # the clock is read when nobody else can be writing any more, so that what is recorded later bears a later time
        clock, newest = self.clock(), self.find_newest(reader)
        if newest is not None and newest > clock:
            self._tell_once(_say_ahead(newest - clock))
        now = clock if newest is None else max(clock, newest + later)
        return Work(reader, now, clock, self.by, self.settings, self.find_zone)

    def _tell_once(self, sentence: str) -> None:
        if not self._told:
            self._told.append(sentence)
            self.tell(sentence)


def _say_ahead(ahead: timedelta) -> str:
    return (
        f"The newest entry of this record is {length_text(ahead)} ahead of this machine's clock: a clock is wrong, "
        "this one or that of another machine that writes here. The entry counts as known. Until the clock has reached "
        "its time, whatever is recorded bears a time just after it, and grants recorded so can look late; set it right."
    )
