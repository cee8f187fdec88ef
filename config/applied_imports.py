"""The numbered list of what was imported, tables and logs alike: by its number an import is named, and taken back."""

from datetime import date, datetime

from sqlalchemy import Text
from sqlmodel import Field, Session, SQLModel, col, func, select

from config.database import UtcDateTime

# What is numbered among the imports of tables.
LOG, UNDO, WITHDRAW, RENAME = "log", "undo", "withdraw", "rename"


class AppliedImport(SQLModel, table=True):
    """An import that was applied, or a change that is numbered among them, as an undo is; none is ever deleted.

    What it recorded in the record bears its instant: the rows that it opened as `recorded_at`, those that it closed as
    `superseded_at`. No two changes of one record have the same instant.
    """

    __tablename__ = "imports"

    number: int = Field(default=None, primary_key=True)
    kind: str = Field(description="as on the command line; or log, undo, withdraw, rename")
    file_name: str = ""
    file_sha256: str = ""
    receipt: str = Field(default="", sa_type=Text, description="what was said of it in one line")
    as_of: date | None = Field(default=None, description="the day on which the file was complete, where it says one")
    applied_at: datetime = Field(sa_type=UtcDateTime, index=True)
    applied_by: str
    undoes: int | None = Field(
        default=None, foreign_key="imports.number", description="the import that this takes back"
    )


def record_import(session: Session, applied: AppliedImport) -> int:
    """Enter an import in the list, and give its number: the next one, also after changes that were not committed."""
    applied.number = (session.scalar(select(func.max(AppliedImport.number))) or 0) + 1
    session.add(applied)
    session.flush()
    return applied.number


def standing_imports(session: Session, kind: str) -> list[AppliedImport]:
    """Give the imports of a kind that were not taken back, the newest first."""
    found: list[AppliedImport] = []
    taken_back: set[int | None] = set()
    # the taking back of an import is newer than it, and may be taken back itself
    for applied in session.exec(select(AppliedImport).order_by(col(AppliedImport.number).desc())):
        if applied.number in taken_back:
            continue
        taken_back.add(applied.undoes)
        if applied.kind == kind:
            found.append(applied)
    return found
