"""How each official wants to be told of each kind of notices."""

from collections.abc import Mapping

from sqlalchemy import update
from sqlmodel import Session, col, select

from app.notices.kinds import BY_NAME, KINDS
from app.notices.models import MAILED, Choice, Notice, NoticeChoice
from config.errors import InvalidFields


class Choices:
    """What all officials chose; of what nobody chose, the usual."""

    def __init__(self, session: Session) -> None:
        self._chosen = {(one.login, one.kind): Choice(one.choice) for one in session.exec(select(NoticeChoice))}

    def of(self, login: str, kind: str) -> Choice:
        """Give how an official wants to be told of a kind."""
        return self._chosen.get((login, kind), BY_NAME[kind].usual)


def choices_of(session: Session, login: str) -> dict[str, Choice]:
    """Give how an official wants to be told, by the kinds' names."""
    chosen = Choices(session)
    return {kind.name: chosen.of(login, kind.name) for kind in KINDS}


def choose(session: Session, login: str, chosen: Mapping[str, str]) -> None:
    """Keep how an official wants to be told of some kinds, also of what is to be mailed and is in no mail yet.

    Raises:
        InvalidFields: There is no such kind, or it cannot be told so.
    """
    faults = {name: fault for name, choice in chosen.items() if (fault := _fault(name, choice))}
    if faults:
        raise InvalidFields(faults)
    for name, choice in chosen.items():
        session.merge(NoticeChoice(login=login, kind=name, choice=choice))
        waiting = (col(Notice.recipient) == login, col(Notice.mail) != "", col(Notice.mail_id).is_(None))
        session.execute(
            update(Notice).where(*waiting, col(Notice.kind) == name).values(mail=choice if choice in MAILED else "")
        )
    session.flush()


def _fault(name: str, choice: str) -> str:
    kind = BY_NAME.get(name)
    if kind is None:
        return f"There is no such kind of notices; the kinds are {', '.join(BY_NAME)}."
    if choice == Choice.NONE and kind.is_needed:
        return "This cannot be left out, as others wait for what is to be done; choose another way."
    if choice not in kind.choices:
        return f"This is no way to be told; the ways are {', '.join(kind.choices)}."
    return ""
