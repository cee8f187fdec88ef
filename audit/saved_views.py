"""Views of the findings that an official saved under a name: each has their own, and sees no others."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlencode

from sqlmodel import Session, col, delete, select

from audit.aside_models import SavedView
from config.errors import Conflict, InvalidFields
from config.texts import compare_form

_LONGEST_NAME = 80
_LONGEST_QUERY = 4_000
_MOST = 50


def view_query(filled: Mapping[str, str]) -> str:
    """Give the filters and the sort of a list as a view keeps them, and as the list's address has them."""
    return urlencode(sorted((name, text) for name, text in filled.items() if text))


def views_of(session: Session, login: str) -> Sequence[SavedView]:
    """Give an official's views by their names."""
    return session.exec(select(SavedView).where(SavedView.login == login).order_by(col(SavedView.name))).all()


def save_view(session: Session, login: str, name: str, query: str, *, now: datetime) -> SavedView:
    """Save a view; the official's own view of that name is saved anew.

    Args:
        query: The filters and the sort, as the list's address has them.

    Raises:
        InvalidFields: The name is none, or nothing is to be saved under it.
        Conflict: The official has as many views as anybody can use.
    """
    name = " ".join(name.split())
    if not compare_form(name) or len(name) > _LONGEST_NAME or not name.isprintable():
        raise InvalidFields({"name": f"Give it a name of at most {_LONGEST_NAME} letters."})
    if not query or len(query) > _LONGEST_QUERY:
        raise InvalidFields({"name": "Narrow or sort the list first; the whole list needs no view."})
    saved = views_of(session, login)
    view = next((one for one in saved if compare_form(one.name) == compare_form(name)), None)
    if view is None and len(saved) >= _MOST:
        raise Conflict(f"You have {_MOST} views; delete one that you do not use any more.")
    view = view or SavedView(login=login, name=name, query=query, saved_at=now)
    view.name, view.query, view.saved_at = name, query, now
    session.add(view)
    session.flush()
    return view


def delete_view(session: Session, login: str, number: int) -> None:
    """Delete a view of an official's; of somebody else's, or one that is gone already, nothing is done."""
    session.execute(delete(SavedView).where(col(SavedView.id) == number, col(SavedView.login) == login))
