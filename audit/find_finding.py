"""Find a finding by its key, or by the beginning of it."""

from sqlmodel import Session, col, select

from audit.models import Finding
from config.errors import Conflict, NotFound
from config.remedies import Advice, Remedy
from config.texts import listed

_MOST_NAMED = 5


def find_finding(session: Session, key: str) -> Finding:
    """Give the finding that a key, or the beginning of one, means.

    Raises:
        NotFound: There is none.
        Conflict: There are several.
    """
    beginning = key.strip().casefold()
    whole = session.exec(select(Finding).where(Finding.key == beginning)).first()
    if whole is not None:  # as pages and programs ask, and found by the index of keys
        return whole
    asked = select(Finding).where(col(Finding.key).startswith(beginning, autoescape=True)).order_by(Finding.key)
    fitting = session.exec(asked.limit(_MOST_NAMED + 1)).all() if beginning else []
    if not fitting:
        raise no_finding(key)
    if len(fitting) > 1:
        keys = listed([one.key for one in fitting], _MOST_NAMED)
        raise Conflict(f'The keys of several findings begin with "{key}": {keys}. Write more of the one meant.')
    return fitting[0]


def no_finding(key: str) -> NotFound:
    """Make the refusal of a key that no finding has, or none that is there for who asks."""
    return NotFound(f'There is no finding with the key "{key}".', remedy=Remedy(Advice.LIST_FINDINGS))
