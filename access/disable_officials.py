"""Sign out and disable officials whose employment has ended: what they may do here ends with their work."""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session, col, or_, select

from access.models import Employment
from access.people_below import recorded_id
from config.errors import Conflict
from config.officials.models import Official
from config.officials.officials import all_officials, change_official
from config.recorded import current


def disable_officials_who_left(session: Session, *, now: datetime, by: str) -> Iterator[str]:
    """Disable each official who was employed and is so no more; give a sentence on each.

    The last official of an office that is never empty stays, and is named.
    """
    # several logins may be one person's, each with the id as somebody wrote it
    named = [(one, recorded_id(session, one.employee_id)) for one in _with_ids(session)]
    ids = {employee_id for _, employee_id in named}
    employed = select(Employment.employee_id).where(current(Employment), col(Employment.employee_id).in_(ids))
    known = set(session.exec(employed))
    still = set(session.exec(employed.where(or_(col(Employment.end).is_(None), col(Employment.end) > now))))
    for official, employee_id in named:
        if employee_id not in known - still:
            continue
        told = f"{official.name} ({employee_id}), whose login here is {official.login}, is employed no more"
        try:
            change_official(session, official.login, now=now, by=by, disabled=True)
        except Conflict as conflict:
            yield f"{told}, but was not disabled: {conflict}"
        else:
            yield f"{told}, and was signed out and disabled."


def _with_ids(session: Session) -> list[Official]:
    return [one for one in all_officials(session) if one.employee_id and not one.disabled]
