"""How long the accesses of sources are kept, what is held longer, and what was removed."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Text
from sqlmodel import Field, SQLModel

from config.database import UtcDateTime
from config.recorded import Recorded


class PeriodUnit(StrEnum):
    """In what a period is counted."""

    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


class HeldWhat(StrEnum):
    """What a legal hold is about."""

    EVERYTHING = "everything"
    ACCOUNT = "account"
    EMPLOYEE = "employee"
    TEXT = "text"


class RetentionRule(Recorded, table=True):
    """How long the accesses of a source are kept, from the time of each, as an official has entered it.

    `code` and `citation` name the schedule in the official's own words; the product knows none of its own.
    """

    __tablename__ = "retention_rules"

    id: int = Field(default=None, primary_key=True)
    source: str = Field(index=True)
    keeps: int
    unit: str = Field(description="see PeriodUnit")
    code: str
    citation: str = Field(sa_type=Text)
    by_itself: bool = Field(description="whether the schedule removes what is due, without being asked each time")


class LegalHold(Recorded, table=True):
    """While it stands and is in force, what it is about is not removed.

    `source` is empty where it is of all sources; `first` and `last` are its days, both included, None = open.
    """

    __tablename__ = "legal_holds"

    id: int = Field(default=None, primary_key=True)
    source: str = Field(index=True)
    what: str = Field(description="see HeldWhat")
    about: str = Field(description="the account, the employee's id, or the text; empty of everything")
    reason: str = Field(sa_type=Text)
    first: date | None = None
    last: date | None = None


class Removal(SQLModel, table=True):
    """What was removed of a source under its schedule: accesses before an instant, and how many.

    `first_time` and `last_time` are those of the accesses; None where only unreadable records were removed. What was
    due and held is counted in `held`. Of how long the source was kept, and by which schedule, it keeps its own copy.
    """

    __tablename__ = "removals"

    id: int = Field(default=None, primary_key=True)
    source: str = Field(index=True)
    before: datetime = Field(sa_type=UtcDateTime)
    first_time: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_time: datetime | None = Field(default=None, sa_type=UtcDateTime)
    events: int = Field(sa_type=BigInteger)
    rejects: int = Field(sa_type=BigInteger)
    held: int = Field(sa_type=BigInteger)
    keeps: int
    unit: str
    code: str
    citation: str = Field(sa_type=Text)
    removed_at: datetime = Field(sa_type=UtcDateTime)
    removed_by: str
