"""What is kept of second factors: the secret that an app shares, which of its codes was taken last, recovery codes."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Integer
from sqlmodel import Field, SQLModel

from config.database import UtcDateTime
from config.recorded import Recorded


class SecondFactor(Recorded, table=True):
    """That an official's password needs a code beside it: from when it was set up until somebody took it away.

    The secret serves to recognise codes; it is shown to nobody again.
    """

    __tablename__ = "second_factors"

    id: int = Field(default=None, primary_key=True)
    login: str = Field(index=True)
    secret: str


class TakenStep(SQLModel, table=True):
    """The half minute of the newest code that was taken of a second factor: it and those before serve no more."""

    __tablename__ = "taken_steps"

    factor_id: int = Field(sa_column=Column(Integer, ForeignKey("second_factors.id"), primary_key=True))
    step: int


class RecoveryCode(SQLModel, table=True):
    """A code that serves once in place of one of the app; only its SHA-256 is known here."""

    __tablename__ = "recovery_codes"

    factor_id: int = Field(sa_column=Column(Integer, ForeignKey("second_factors.id"), primary_key=True))
    code_sha256: str = Field(primary_key=True)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
