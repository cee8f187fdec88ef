"""An official's second factor: set up, asked for with the password, and taken away, each of them on the record."""

import hashlib
import re
import secrets
from datetime import datetime

from sqlmodel import Session, col, func, select, update

from config.errors import Conflict, Invalid, NotFound
from config.officials.officials import find_official
from config.officials.second_factor_models import RecoveryCode, SecondFactor, TakenStep
from config.officials.sessions import end_all_of
from config.officials.totp import is_secret, step_of
from config.recorded import current
from config.work import Work

_RECOVERY_CODES = 10
_CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"
_BETWEEN = re.compile(r"[\s-]")
_DIGITS = re.compile(r"[0-9]{6}")


def factor_of(session: Session, login: str) -> SecondFactor | None:
    """Give the second factor that an official has set up, if any."""
    return session.exec(select(SecondFactor).where(SecondFactor.login == login, current(SecondFactor))).first()


def who_have_one(session: Session) -> set[str]:
    """Give the logins of the officials who have set up a second factor."""
    return set(session.exec(select(SecondFactor.login).where(current(SecondFactor))))


def set_up_factor(work: Work, login: str, secret: str, code: str) -> list[str]:
    """Let an official's password need a code beside it from now on, and give the recovery codes, which are not kept.

    Whoever was signed in with the login has to sign in again.

    Raises:
        Conflict: There is one already.
        Invalid: The secret is none, or the app that has it would show another code now.
    """
    session = work.session
    if factor_of(session, login) is not None:
        raise Conflict("A second factor is set up already; remove it before you set up another.")
    step = step_of(secret, plain_code(code), work.clock) if is_secret(secret) else None
    if step is None:
        raise Invalid("This is not the code that the app shows now; look whether the telephone's clock is right.")
    factor = SecondFactor(login=login, secret=secret, recorded_at=work.now, recorded_by=login)
    session.add(factor)
    session.flush()
    codes = [_new_code() for _ in range(_RECOVERY_CODES)]
    session.add(TakenStep(factor_id=factor.id, step=step))
    session.add_all(RecoveryCode(factor_id=factor.id, code_sha256=_digest(code)) for code in codes)
    end_all_of(session, login, now=work.now)
    session.flush()
    return codes


def take_code(session: Session, factor: SecondFactor, code: str, *, now: datetime) -> bool:
    """Say whether a code of the app, or a recovery code, is right; it serves this once."""
    plain = plain_code(code)
    if not _DIGITS.fullmatch(plain):
        unused = (col(RecoveryCode.factor_id) == factor.id, col(RecoveryCode.code_sha256) == _digest(plain))
        return _changes_one(
            session, update(RecoveryCode).where(*unused, col(RecoveryCode.used_at).is_(None)).values(used_at=now)
        )
    step = step_of(factor.secret, plain, now)
    if step is None:
        return False
    # in one statement, so that of two who show the same code at once only one gets in
    newer = (col(TakenStep.factor_id) == factor.id, col(TakenStep.step) < step)
    return _changes_one(session, update(TakenStep).where(*newer).values(step=step))


def codes_left(session: Session, factor: SecondFactor) -> int:
    """Count the recovery codes that were not used."""
    unused = (RecoveryCode.factor_id == factor.id, col(RecoveryCode.used_at).is_(None))
    return session.exec(select(func.count()).select_from(RecoveryCode).where(*unused)).one()


def remove_factor(session: Session, login: str, *, now: datetime, by: str) -> str:
    """Let an official's password need no code any more, and give their login.

    Whoever was signed in with it has to sign in again.

    Raises:
        NotFound: There is no such official, or no second factor.
    """
    official = find_official(session, login)
    factor = factor_of(session, official.login) if official else None
    if official is None or factor is None:
        raise NotFound(f'No official with the login "{login}" has set up a second factor; nothing was changed.')
    factor.superseded_at, factor.superseded_by = now, by
    end_all_of(session, official.login, now=now)
    session.flush()
    return official.login


def plain_code(code: str) -> str:
    """Give a code as it is compared: blanks, hyphens and capitals are how people write it down."""
    return _BETWEEN.sub("", code).lower()


def _new_code() -> str:
    return "-".join("".join(secrets.choice(_CLEAR) for _ in range(4)) for _ in range(4))


def _digest(code: str) -> str:
    # of 79 bits that nobody chose: nobody finds one by trying, however fast, so no slow hash is needed
    return hashlib.sha256(plain_code(code).encode()).hexdigest()


def _changes_one(session: Session, statement) -> bool:  # type: ignore[no-untyped-def]  # noqa: ANN001 - SQLAlchemy's own type
    return session.execute(statement).rowcount == 1  # type: ignore[attr-defined,no-any-return]  # of an update
