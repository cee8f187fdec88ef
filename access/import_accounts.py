"""Import whose logins are whose, in each system, and when."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from access.accounts import normal_login, normal_system
from access.import_rows import AccessImporter
from access.stated import ACCOUNTS, StatedAccount
from config.clock import local_text
from config.tables.facts import Plans, StatedTables
from config.tables.kind import Contradiction, Holds, OurColumn, Row, RowRefused
from config.tables.options import Option
from config.texts import compare_form

PERSONAL = "personal"
_BEGINNING, _END = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
_KINDS = (PERSONAL, "shared", "service")
_Numbered = tuple[int | None, StatedAccount]  # None where the account is recorded already


class AccountImporter(AccessImporter):
    """Reads `system, login, employee_id?, kind?, start?, end?`; kind is personal where none is given."""

    columns: ClassVar[tuple[OurColumn, ...]] = (
        OurColumn("system", needed=True, also=("system name", "application")),
        OurColumn(
            "login",
            needed=True,
            also=("account", "user", "username", "user id", "login name", "account name"),
            holds=Holds.ID,
        ),
        OurColumn("employee_id", holds=Holds.ID),
        OurColumn("kind", also=("account type", "type")),
        OurColumn("start", also=("start_date",), holds=Holds.DATE),
        OurColumn("end", also=("end_date",), holds=Holds.DATE),
    )
    tables: ClassVar[StatedTables] = (ACCOUNTS,)
    takes: ClassVar[frozenset[Option]] = frozenset({Option.REPLACE})

    def read(self, row: Row) -> Sequence[StatedAccount]:
        """Read one login's period; whose it is where it is personal."""
        start, end = self._period(row, "start", "end")
        if not normal_login(row.text("login")):
            raise RowRefused("login", "names a domain only; give the login too")
        account = StatedAccount(
            system=row.text("system"),
            login=row.text("login"),
            employee_id=self._known.employee(row, "employee_id") if row.text("employee_id") else "",
            kind=_kind(row),
            start=start,
            end=end,
        )
        accounts = self._completed(row, ACCOUNTS, account)
        self._notice_whose(row, accounts[0])
        return accounts

    def _notice_whose(self, row: Row, account: StatedAccount) -> None:
        if account.kind == PERSONAL and not account.employee_id:
            self.notice(
                row, "a personal account without employee_id belongs to nobody, so its accesses stay unresolved"
            )
        if account.kind != PERSONAL and account.employee_id:
            self.notice(row, "a shared or service account names nobody, so its employee_id does not count")

    def check(self, plans: Plans) -> Iterable[Contradiction]:
        """Find logins that would belong to two at a time; the later row is the one at fault."""
        plan = plans.of(ACCOUNTS)
        seen, repeated = set[int](), set[int]()
        for _, account in plan.then_current():
            key = hash(_key(account))
            (repeated if key in seen else seen).add(key)
        by_login: dict[tuple[str, str], list[_Numbered]] = defaultdict(list)
        # only the few logins that stand several times are grouped
        for number, account in plan.then_current() if repeated else ():
            login = _key(account)
            if hash(login) in repeated:
                by_login[login].append((number, account))
        for accounts in by_login.values():
            yield from _overlaps(accounts, self.zone)


def _key(account: StatedAccount) -> tuple[str, str]:
    return normal_system(account.system), normal_login(account.login)


def _kind(row: Row) -> str:
    kind = compare_form(row.text("kind")) or PERSONAL
    if kind not in _KINDS:
        raise RowRefused(
            "kind", f"is no kind of account; expected {', '.join(_KINDS)}, or an empty cell for {PERSONAL}"
        )
    return kind


def _overlaps(accounts: Sequence[_Numbered], zone: ZoneInfo) -> Iterable[Contradiction]:
    taken: list[_Numbered] = []
    for number, account in sorted(accounts, key=lambda numbered: numbered[0] or 0):
        clash = next((other for other in taken if number is not None and _overlap(other[1], account)), None)
        if clash is None or number is None:
            taken.append((number, account))
        else:
            stands = clash[0] is None
            yield Contradiction(number, "login", _overlap_reason(*clash, zone), may_correct=stands)


def _overlap(account: StatedAccount, other: StatedAccount) -> bool:
    starts = [either.start or _BEGINNING for either in (account, other)]
    ends = [either.end or _END for either in (account, other)]
    return max(starts) < min(ends)


def _overlap_reason(number: int | None, account: StatedAccount, zone: ZoneInfo) -> str:
    place = "an account that is recorded already" if number is None else f"row {number}"
    owner = f"employee {account.employee_id}" if account.employee_id else "nobody"
    start = local_text(account.start, zone) if account.start else "always"
    end = local_text(account.end, zone) if account.end else "open-ended"
    return (
        f"overlaps {place} ({owner}, {start} to {end}); a login belongs to one employee at a time, "
        "so end the one before the other starts"
    )
