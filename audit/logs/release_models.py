"""What was decided of each column of a source's audit trail, and what was handed out by that."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Text
from sqlmodel import Field, SQLModel

from config.database import UtcDateTime
from config.recorded import Recorded


class Release(StrEnum):
    """What is done with a column when a trail is handed out."""

    RELEASE = "release"
    MASK = "mask"
    WITHHOLD = "withhold"


class ColumnRelease(Recorded, table=True):
    """What was decided of one column of a source, by whom and when, and what that rests on."""

    __tablename__ = "column_releases"

    id: int = Field(default=None, primary_key=True)
    source: str = Field(index=True)
    column_name: str
    decision: str = Field(description="see Release")
    citation: str = Field(sa_type=Text)
    decided_by: str
    decided_on: date


class TrailExport(SQLModel, table=True):
    """A file of accesses that was written to be handed out: of which days, its digest, and the decisions behind it.

    `first` and `last` are its days, both included, None = open; `decisions` says them all as they stood, as JSON.
    """

    __tablename__ = "trail_exports"

    id: int = Field(default=None, primary_key=True)
    source: str = Field(index=True)
    first: date | None = None
    last: date | None = None
    accesses: int = Field(sa_type=BigInteger)
    sha256: str
    decisions: str = Field(sa_type=Text)
    exported_at: datetime = Field(sa_type=UtcDateTime)
    exported_by: str
