"""What is kept beside the record: how officials look at findings, and what was counted ahead."""

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from config.database import UtcDateTime


class SavedView(SQLModel, table=True):
    """A named set of filters and a sort of the findings, of one official; `query` is as the list's address has it."""

    __tablename__ = "saved_views"
    __table_args__ = (UniqueConstraint("login", "name"),)

    id: int = Field(default=None, primary_key=True)
    login: str = Field(index=True)
    name: str
    query: str = Field(sa_type=Text)
    saved_at: datetime = Field(sa_type=UtcDateTime)


class DutyOutcome(SQLModel, table=True):
    """What a temporary duty that ended was used for, by the logs that were imported when it was counted last."""

    __tablename__ = "duty_outcomes"

    duty_id: int = Field(primary_key=True, foreign_key="temporary_duties.id")
    uses: int
    last_use: datetime | None = Field(default=None, sa_type=UtcDateTime)
    counted_at: datetime = Field(sa_type=UtcDateTime)
