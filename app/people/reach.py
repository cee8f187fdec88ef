"""Whom an official may know of, by the scope of what a route is for."""

from sqlmodel import Session

from access.people_below import Reach, recorded_id
from config.web.signed_in import SignedIn


def reach_of(session: Session, official: SignedIn) -> Reach:
    """Give whom an official may know of."""
    return Reach(official.scope, recorded_id(session, official.employee_id) if official.employee_id else "")
