"""Import whose logins are whose, in each system, and when."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from access.accounts import normal_login, normal_system
from access.import_rows import AccessImporter
from access.models import Account
from config.clock import local_text
from config.database import Recorded
from config.tables.kind import Column, Contradiction, Fact, Plans, Row, RowRefused, StatedTable

PERSONAL = "personal"
_BEGINNING, _END = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
_KINDS = (PERSONAL, "shared", "service")


class AccountImporter(AccessImporter):
    """Reads `system, login, employee_id?, kind?, start?, end?`; kind is personal where none is given."""

    columns: ClassVar[tuple[Column, ...]] = (
        Column("system", needed=True, also=("system name", "application")),
        Column("login", needed=True, also=("account", "user", "username", "user id", "login name", "account name")),
        Column("employee_id"),
        Column("kind", also=("account type", "type")),
        Column("start", also=("start_date",)),
        Column("end", also=("end_date",)),
    )
    tables: ClassVar[Mapping[type[Recorded], StatedTable]] = {
        Account: StatedTable(
            identity=("system", "login", "start"), folded={"system": normal_system, "login": normal_login}
        )
    }

    def read(self, row: Row) -> Sequence[Fact]:
        """Read one login's period; whose it is where it is personal."""
        start, end = self._period(row, "start", "end")
        if not normal_login(row.text("login")):
            raise RowRefused("login", "names a domain only; give the login too")
        account = Fact(
            Account,
            system=row.text("system"),
            login=row.text("login"),
            employee_id=self._known.employee(row, "employee_id") if row.text("employee_id") else "",
            kind=_kind(row),
            start=start,
            end=end,
        )
        if account.kind == PERSONAL and not account.employee_id:
            self.notice(
                row, "a personal account without employee_id belongs to nobody, so its accesses stay unresolved"
            )
        if account.kind != PERSONAL and account.employee_id:
            self.notice(row, "a shared or service account names nobody, so its employee_id does not count")
        return [account]

    def check(self, plans: Plans) -> Iterable[Contradiction]:
        """Find logins that would belong to two at a time; the later row is the one at fault."""
        by_login: dict[tuple[str, str], list[tuple[int | None, Any]]] = defaultdict(list)
        for number, row in plans[Account].standing():
            by_login[normal_system(row.system), normal_login(row.login)].append((number, row))
        for accounts in by_login.values():
            yield from _overlaps(accounts, self._zone)


def _kind(row: Row) -> str:
    kind = row.text("kind").casefold() or PERSONAL
    if kind not in _KINDS:
        raise RowRefused(
            "kind", f"is no kind of account; expected {', '.join(_KINDS)}, or an empty cell for {PERSONAL}"
        )
    return kind


def _overlaps(accounts: Sequence[tuple[int | None, Any]], zone: ZoneInfo) -> Iterable[Contradiction]:
    taken: list[tuple[int | None, Any]] = []
    for number, row in sorted(accounts, key=lambda one: one[0] or 0):
        clash = next((one for one in taken if number is not None and _overlap(one[1], row)), None)
        if clash is None or number is None:
            taken.append((number, row))
        else:
            yield Contradiction(number, "login", _overlap_sentence(*clash, zone))


def _overlap(one: Any, other: Any) -> bool:  # noqa: ANN401 - accounts, newly stated or as they stand
    starts = [row.start or _BEGINNING for row in (one, other)]
    ends = [row.end or _END for row in (one, other)]
    return max(starts) < min(ends)


def _overlap_sentence(number: int | None, row: Any, zone: ZoneInfo) -> str:  # noqa: ANN401 - as above
    place = "an account that is recorded already" if number is None else f"row {number}"
    owner = f"employee {row.employee_id}" if row.employee_id else "nobody"
    start = local_text(row.start, zone) if row.start else "always"
    end = local_text(row.end, zone) if row.end else "open-ended"
    return (
        f"overlaps {place} ({owner}, {start} to {end}); a login belongs to one employee at a time, "
        "so end the one before the other starts"
    )
