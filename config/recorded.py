"""The recorded-time clock: nothing of the record is overwritten; a row says from when, and until when, it stood."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, or_
from sqlmodel import Field, SQLModel

from config.database import UtcDateTime

# Constraints need names so that a later migration can alter them on either database.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
# A row is built unchecked, so the checks of a table's class, which take long to make, are made where one is asked for.
SQLModel.model_config["defer_build"] = True


class Recorded(SQLModel):
    """The recorded-time clock of a row: when the service came to know it and from whom, and until when it stood.

    Nothing is overwritten: a change supersedes one row and records another. A row that brings back an earlier one, as
    when an import is taken back, says which (`restores`, an id of its own table, always of the row that was there
    first): what it says was said when that was recorded, and it keeps the name by which that is known.
    """

    recorded_at: datetime = Field(sa_type=UtcDateTime, index=True)
    recorded_by: str
    superseded_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    superseded_by: str | None = None
    restores: int | None = None


def table_of(model: type[SQLModel]) -> Table:
    """Give the table of a model."""
    return SQLModel.metadata.tables[str(model.__tablename__)]


def known_at(model: type[Recorded], instant: datetime) -> ColumnElement[bool]:
    """Give the condition that a row was recorded, and not yet superseded, at an instant of the service's own clock."""
    columns: Any = model
    return and_(columns.recorded_at <= instant, or_(columns.superseded_at.is_(None), columns.superseded_at > instant))


def current(model: type[Recorded]) -> ColumnElement[bool]:
    """Give the condition that a row stands now."""
    columns: Any = model
    stands: ColumnElement[bool] = columns.superseded_at.is_(None)
    return stands
