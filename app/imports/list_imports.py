"""The imports that were applied, as pages and JSON show them."""

from datetime import date, datetime

from pydantic import BaseModel
from sqlmodel import Session, col, select

from access.undo_import import find_import, undo_import
from app.people.own_matter import refuse_own_import
from audit.logs.undo_logs import is_of_log, undo_logs
from config.applied_imports import AppliedImport
from config.errors import NotPermitted
from config.officials.permissions import Scope
from config.web.signed_in import SignedIn
from config.work import Work


class ImportView(BaseModel):
    """An applied import, or the taking back of one."""

    number: int
    kind: str
    file_name: str
    file_sha256: str
    receipt: str
    as_of: date | None
    applied_at: datetime
    applied_by: str
    undoes: int | None
    undone_by: int | None


def view_imports(session: Session, applied: list[AppliedImport]) -> list[ImportView]:
    """Give applied imports as they are shown."""
    numbers = [one.number for one in applied]
    undone = session.exec(
        select(AppliedImport.undoes, AppliedImport.number).where(col(AppliedImport.undoes).in_(numbers))
    )
    by_number = dict(undone.all())
    names = [name for name in ImportView.model_fields if name != "undone_by"]
    return [
        ImportView(**{name: getattr(one, name) for name in names}, undone_by=by_number.get(one.number))
        for one in applied
    ]


def may_undo(official: SignedIn, applied_by: str) -> bool:
    """Say whether an official may take back what somebody imported."""
    reach = official.reach("change", "imports")
    return reach is Scope.ALL or (reach is not None and applied_by == official.login)


def undoable_import(session: Session, number: int, official: SignedIn) -> AppliedImport:
    """Give an import that an official may take back, if anything of it can be.

    Raises:
        NotFound: There is no such import.
        NotPermitted: It is somebody else's, and the official may take back only what is theirs.
    """
    applied = find_import(session, number)
    if not may_undo(official, applied.applied_by):
        raise NotPermitted(f"Import {number} is {applied.applied_by}'s; your role here may take back only your own.")
    return applied


def take_back(work: Work, number: int, official: SignedIn) -> AppliedImport:
    """Take an import back, of a table or of a log; give the entry of that in the list of imports.

    Raises:
        NotFound: There is no such import.
        NotPermitted: It is somebody else's, and the official may take back only what is theirs; or it is their own
            matter.
        Conflict: It was taken back already, or something rests on it.
    """
    refuse_own_import(work, official, undoable_import(work.session, number, official))
    if is_of_log(work.session, number):
        undone = undo_logs(work, number).number
    else:
        undone = undo_import(work.session, number, now=work.now, by=work.by).number
    return work.session.get_one(AppliedImport, undone)
