"""Temporary duties before they are grants, and what was done to each: asked for, granted, confirmed, extended, revoked.

A row of `temporary_duties` reaches decisions, so what is not yet approved or confirmed has its row here instead, and
gets one there, recorded then, when it is.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import text
from sqlmodel import Field, SQLModel

from config.database import UtcDateTime


class Asked(StrEnum):
    """How far a duty has come that is not, or was not at first, granted outright."""

    REQUESTED = "requested"
    REFUSED = "refused"
    AWAITING = "awaiting confirmation"
    GRANTED = "granted"


class DutyAct(StrEnum):
    """What was done to a duty."""

    REQUESTED = "requested"
    REFUSED = "refused"
    APPROVED = "approved"
    SHORTENED = "shortened"  # approved for less than was asked
    GRANTED = "granted"
    CONFIRMED = "confirmed"
    EXTENDED = "extended"
    REVOKED = "revoked"


class DutyRequest(SQLModel, table=True):
    """A duty that somebody asked for, or that was granted for a time already past and waits for a second person.

    `granted_by` and `granter` are the granter's employee id, or else login, and login; empty while nobody granted it.
    `given_end` and `given_actions` are what was approved of it, where that is less than was asked.
    """

    __tablename__ = "duty_requests"

    id: int = Field(default=None, primary_key=True)
    employee_id: str = Field(index=True)
    series: str
    actions: str
    purposes: str
    start: datetime = Field(sa_type=UtcDateTime)
    end: datetime = Field(sa_type=UtcDateTime)
    reason: str
    asked: str = Field(description="see Asked")
    asked_by: str
    asked_at: datetime = Field(sa_type=UtcDateTime)
    granted_by: str = ""
    granter: str = ""
    given_end: datetime | None = Field(default=None, sa_type=UtcDateTime)
    given_actions: str = Field(default="", sa_column_kwargs={"server_default": text("''")})


class DutyMove(SQLModel, table=True):
    """One thing done to a duty, by whom and why; none is overwritten.

    `duty_id` is the row of `temporary_duties` with which the duty began, `row_id` the one that this move made.
    """

    __tablename__ = "duty_moves"

    id: int = Field(default=None, primary_key=True)
    request_id: int | None = Field(default=None, foreign_key="duty_requests.id", index=True)
    duty_id: int | None = Field(default=None, foreign_key="temporary_duties.id", index=True)
    row_id: int | None = Field(default=None, foreign_key="temporary_duties.id", index=True)
    act: str
    note: str = ""
    moved_at: datetime = Field(sa_type=UtcDateTime)
    moved_by: str
