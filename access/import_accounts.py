"""Import whose logins are whose, in each system, and when."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property, partial
from typing import ClassVar
from zoneinfo import ZoneInfo

from sqlmodel import Session

from access.accounts import AccountNormalising, names_domain_only, normal_system
from access.import_rows import AccessImporter
from access.stated import ACCOUNTS, StatedAccount
from access.stated_login_forms import SystemLogins, logins_by_system
from config.clock import local_text
from config.own_source import OWN_KEPT, is_own
from config.tables.facts import Change, Plans, StatedTables
from config.tables.kind import Contradiction, Holds, OurColumn, Row, RowRefused
from config.tables.options import AS_IT_IS, ImportOptions, Option
from config.texts import compare_form

PERSONAL = "personal"
_BEGINNING, _END = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
_KINDS = (PERSONAL, "shared", "service")
_Numbered = tuple[int | None, StatedAccount]  # None where the account is recorded already
_Key = tuple[str, str, AccountNormalising]
_PLAIN = SystemLogins()


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

    def __init__(self, session: Session, zone: ZoneInfo, options: ImportOptions = AS_IT_IS) -> None:
        super().__init__(session, zone, options)
        self._named: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)

    def read(self, row: Row) -> Sequence[StatedAccount]:
        """Read one login's period; whose it is where it is personal."""
        start, end = self._period(row, "start", "end")
        if names_domain_only(row.text("login")):
            raise RowRefused("login", "names a domain only; give the login too")
        account = StatedAccount(
            system=row.text("system"),
            login=self._spelled(row.text("system"), row.text("login"), start),
            employee_id=self._known.employee(row, "employee_id") if row.text("employee_id") else "",
            kind=_kind(row),
            start=start,
            end=end,
        )
        if is_own(account.system) and account not in self.current(ACCOUNTS).facts:
            raise RowRefused("system", OWN_KEPT)
        accounts = self._completed(row, ACCOUNTS, account)
        self._notice_whose(row, accounts[0])
        self._named[self._told_apart(account.system, account.login)].append((row.number, compare_form(account.login)))
        return accounts

    def changes(self, refused: Collection[int]) -> Iterable[Change[StatedAccount]]:
        """Give what a file that is the whole truth about a login withdraws of it in other spellings."""
        if not self._options.replace:
            return
        for fact in self.current(ACCOUNTS).facts:
            named = self._named.get(self._told_apart(fact.system, fact.login), ())
            stated = {login for number, login in named if number not in refused}
            # of a spelling that the file has, what it does not restate is withdrawn as in every table
            if stated and compare_form(fact.login) not in stated:
                yield Change(ACCOUNTS, fact, None)

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
            for key in map(hash, self._keys(account)):
                (repeated if key in seen else seen).add(key)
        by_login: dict[_Key, list[_Numbered]] = defaultdict(list)
        # only the few logins that stand several times are grouped
        for number, account in plan.then_current() if repeated else ():
            for login in self._keys(account):
                if hash(login) in repeated:
                    by_login[login].append((number, account))
        said = set[int]()
        for (system, _, form), accounts in by_login.items():
            apart = partial(self._apart_and_of_one, form)
            for clash in _overlaps(accounts, self.zone, self._hint(system, form, accounts), apart):
                if clash.number not in said:
                    said.add(clash.number)
                    yield clash

    def _apart_and_of_one(self, form: AccountNormalising, account: StatedAccount, other: StatedAccount) -> bool:
        """Say whether two logins that are one to some source are two to another, and both the same person's."""
        whose = (account.employee_id, account.kind) == (other.employee_id, other.kind)
        apart = self._told_apart(account.system, account.login) != self._told_apart(other.system, other.login)
        return whose and apart and form.key(account.login) == form.key(other.login)

    @cached_property
    def _systems(self) -> Mapping[str, SystemLogins]:
        return logins_by_system(self._session)

    @cached_property
    def _spellings(self) -> dict[tuple[str, str, datetime | None], str]:
        facts = self.current(ACCOUNTS).facts
        return {(*self._told_apart(fact.system, fact.login), fact.start): fact.login for fact in facts}

    def _spelled(self, system: str, login: str, start: datetime | None) -> str:
        """Give a login as it was spelled first for its period: in another spelling it says the same."""
        return self._spellings.setdefault((*self._told_apart(system, login), start), login)

    def _told_apart(self, system: str, login: str) -> tuple[str, str]:
        logins = self._systems.get(normal_system(system), _PLAIN)
        return normal_system(system), logins.tell_apart(login)

    def _keys(self, account: StatedAccount) -> Iterable["_Key"]:
        """Give the keys under which the sources of its system find an account."""
        system = normal_system(account.system)
        for form in self._systems.get(system, _PLAIN).forms:
            yield system, form.key(account.login), form

    def _hint(self, system: str, form: AccountNormalising, accounts: Sequence[_Numbered]) -> str:
        """Say that domains do not count, where the logins differ in these and nothing said otherwise."""
        spelled = {compare_form(account.login) for _, account in accounts}
        if len(spelled) == 1 or not (form.strip_domain_prefix or form.strip_domain_suffix):
            return ""
        known = "to a source of the system" if system in self._systems else "unless the profile of its source says so"
        return f"; domains do not count {known}"


def _kind(row: Row) -> str:
    kind = compare_form(row.text("kind")) or PERSONAL
    if kind not in _KINDS:
        raise RowRefused(
            "kind", f"is no kind of account; expected {', '.join(_KINDS)}, or an empty cell for {PERSONAL}"
        )
    return kind


def _overlaps(
    accounts: Sequence[_Numbered],
    zone: ZoneInfo,
    hint: str,
    is_no_clash: Callable[[StatedAccount, StatedAccount], bool],
) -> Iterable[Contradiction]:
    taken: list[_Numbered] = []
    for number, account in sorted(accounts, key=lambda numbered: numbered[0] or 0):
        overlapping = (other for other in taken if number is not None and _overlap(other[1], account))
        clash = next((other for other in overlapping if not is_no_clash(other[1], account)), None)
        if clash is None or number is None:
            taken.append((number, account))
        else:
            stands = clash[0] is None
            yield Contradiction(number, "login", _overlap_reason(*clash, zone) + hint, may_correct=stands)


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
