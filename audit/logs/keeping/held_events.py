"""Which events, and which unreadable records, legal holds are about, in SQL over a source's opened logs."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from access.accounts import normal_system
from access.models import Account
from audit.logs.models import Source
from audit.logs.retention_models import HeldWhat, LegalHold
from audit.logs.sources import profile_of
from config.bulk import load_rows, parquet_rows, text_sql

if TYPE_CHECKING:
    import duckdb

# All that an access says, and its source's own id for it; what stands around a part takes no part.
_SAID = (
    *("account", "resource", "action", "raw_action", "subject", "purpose", "raw_purpose", "workstation"),
    "record_id",
)


class HeldEvents:
    """What of one source is held.

    Args:
        connection: Has the view `events` of the source alone.
        holds: Those that are in force.
    """

    def __init__(
        self, connection: "duckdb.DuckDBPyConnection", session: Session, source: Source, holds: Sequence[LegalHold]
    ) -> None:
        self._connection = connection
        self._texts = [hold.about.lower() for hold in holds if hold.what == HeldWhat.TEXT]
        self._logins = {hold.about for hold in holds if hold.what == HeldWhat.ACCOUNT}
        people = [hold.about for hold in holds if hold.what == HeldWhat.EMPLOYEE]
        self._logins.update(_logins_of(session, source, people))
        self.is_all = any(hold.what == HeldWhat.EVERYTHING for hold in holds)
        self._list_accounts(source)

    def condition(self) -> str:
        """Give the SQL of the condition that an event of the view `events` is held."""
        if self.is_all:
            return "true"
        return " OR ".join(self._parts()) or "false"

    def record_condition(self) -> str:
        """Give the SQL of the condition that an unreadable record is held: its text has what a hold names anywhere."""
        if self.is_all:
            return "true"
        texts = [*self._texts, *(login.lower() for login in self._logins)]
        return " OR ".join(f"contains(lower(raw), {text_sql(text)})" for text in sorted(set(texts))) or "false"

    def _parts(self) -> Iterator[str]:
        if self._logins:
            yield "coalesce(account IN (SELECT name FROM held_accounts), false)"
        said = f"lower(concat_ws(chr(31), {', '.join(_SAID)}))"
        yield from (f"contains({said}, {text_sql(text)})" for text in sorted(set(self._texts)))

    def _list_accounts(self, source: Source) -> None:
        """List the accounts of the logs that are held, each as the logs write it."""
        how = profile_of(source).normalising()
        forms = {how.key(login) for login in self._logins}
        written: list[tuple[str]] = []
        if forms:
            written = self._connection.execute("SELECT DISTINCT account FROM events WHERE account <> ''").fetchall()
        held = [(name,) for (name,) in written if how.key(name) in forms]
        load_rows(self._connection, "held_accounts", [("name", str)], held)


def _logins_of(session: Session, source: Source, employees: Sequence[str]) -> Iterator[str]:
    """Give every login that some employees ever had, by any version of the record, in the source's system."""
    if employees:
        asked = select(Account.system, Account.login).where(col(Account.employee_id).in_(employees))
        for system, login in session.exec(asked):
            if normal_system(system) == normal_system(source.system):
                yield login


def count_rejects(connection: "duckdb.DuckDBPyConnection", paths: Sequence[Path], held: str) -> tuple[int, int]:
    """Count the unreadable records of some files: those that are not held, and those that are."""
    if not paths:
        return 0, 0
    counted = f"SELECT count(*) FILTER (NOT ({held})), count(*) FILTER ({held}) FROM {parquet_rows(paths)}"  # noqa: S608 - our own words
    ((free, kept),) = connection.execute(counted).fetchall()
    return free, kept
