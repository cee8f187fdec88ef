"""Where logs come from, and what was imported of them."""

from datetime import datetime

from sqlalchemy import BigInteger, Text
from sqlmodel import Field, SQLModel

from config.database import Recorded, UtcDateTime

EVENTS, REJECTS = "events", "rejects"  # the folders in which an import's files lie


class Source(Recorded, table=True):
    """A system whose logs are imported: its name, format, time zone and profile (YAML; empty = plain)."""

    __tablename__ = "sources"

    id: int = Field(default=None, primary_key=True)
    name: str = Field(index=True)
    system: str
    format: str
    time_zone: str
    profile: str = Field(default="", sa_type=Text)


class LogImport(SQLModel, table=True):
    """The receipt of one imported log file, and the files of the event store that belong to it.

    read = added + already_known + unreadable + passed_over. The event file and the rejects file are names within the
    data folder, empty where there are none; a file that no row lists does not exist.
    """

    __tablename__ = "log_imports"

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    source: str = Field(index=True)
    system: str
    file_name: str
    file_sha256: str
    read: int
    added: int
    already_known: int
    unreadable: int
    passed_over: int
    twice_local: int = Field(default=0, description="times that occur twice on the clock; the earlier was taken")
    missing_local: int = Field(default=0, description="times that the clock skips; moved forward by the gap")
    first_time: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_time: datetime | None = Field(default=None, sa_type=UtcDateTime)
    event_file: str = ""
    rejects_file: str = ""
    imported_at: datetime = Field(sa_type=UtcDateTime)
    imported_by: str
