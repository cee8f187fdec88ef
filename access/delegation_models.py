"""Managers who let somebody stand in for them."""

from datetime import datetime

from sqlmodel import Field

from config.database import UtcDateTime
from config.recorded import Recorded


class Delegation(Recorded, table=True):
    """During [start, end), an employee deals with the temporary duties of a manager's people as the manager does.

    Only the manager's own people are meant: for whom the manager stands in, the delegate does not.
    """

    __tablename__ = "delegations"

    id: int = Field(default=None, primary_key=True)
    manager_id: str = Field(index=True)
    delegate_id: str = Field(index=True)
    start: datetime = Field(sa_type=UtcDateTime)
    end: datetime = Field(sa_type=UtcDateTime)
