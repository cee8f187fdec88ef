"""State how the logins of a system compare to one of its sources."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from access.accounts import AccountNormalising, normal_system
from access.models import Account, LoginForm
from config.errors import Conflict
from config.recorded import current


def state_login_form(session: Session, stated: LoginForm) -> None:
    """Keep how a source's logins compare, from the instant at which it is recorded.

    Raises:
        Conflict: So compared, a login in the lists of accounts would belong to two at a time.
    """
    before = session.exec(select(LoginForm).where(LoginForm.source == stated.source, current(LoginForm))).first()
    if before is not None:
        if (before.system, _normalising(before)) == (stated.system, _normalising(stated)):
            return
        before.superseded_at, before.superseded_by = stated.recorded_at, stated.recorded_by
    _refuse_what_it_cannot_tell_apart(session, stated)
    session.add(stated)


def _normalising(form: LoginForm) -> AccountNormalising:
    return AccountNormalising(form.strip_domain_prefix, form.strip_domain_suffix)


def _refuse_what_it_cannot_tell_apart(session: Session, stated: LoginForm) -> None:
    normalising = _normalising(stated)
    by_key = defaultdict[str, list[Account]](list)
    for account in session.exec(select(Account).where(current(Account)).order_by(col(Account.id))):
        if normal_system(account.system) == normal_system(stated.system):
            by_key[normalising.key(account.login)].append(account)
    for accounts in by_key.values():
        for place, account in enumerate(accounts):
            other = _clash(account, accounts[:place])
            if other is not None:
                raise Conflict(
                    f"To the source {stated.source} the logins {other.login} and {account.login} of system "
                    f"{stated.system} would be one, as its profile strips domains, but they belong to two at a time. "
                    "Nothing was changed; let its profile keep domains, or give it a system of its own."
                )


def _clash(account: Account, others: Iterable[Account]) -> Account | None:
    for other in others:
        same = (other.employee_id, other.kind) == (account.employee_id, account.kind)
        if not same and _overlap(account, other):
            return other
    return None


def _overlap(account: Account, other: Account) -> bool:
    return _begins_before_end(account.start, other.end) and _begins_before_end(other.start, account.end)


def _begins_before_end(start: datetime | None, end: datetime | None) -> bool:
    return start is None or end is None or start < end
