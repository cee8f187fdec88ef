"""Which request made a change."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from config.database import UtcDateTime


class ChangeRequest(SQLModel, table=True):
    """The request by which a change was made, found by the change's instant, which no other change has."""

    __tablename__ = "change_requests"

    changed_at: datetime = Field(sa_type=UtcDateTime, primary_key=True)
    request_id: str
