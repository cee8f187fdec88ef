"""What was sent to be imported, and how it stands."""

import json
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from config.database import UtcDateTime


class UploadState(StrEnum):
    """How an upload stands; of all but the first the files are gone."""

    STAGED = "staged"
    APPLIED = "applied"
    DISCARDED = "discarded"
    EXPIRED = "expired"


class Upload(SQLModel, table=True):
    """Files that were sent to be imported, and what was asked of the import.

    What it would change was worked out for the record of one stamp: an import of another record is never applied.
    """

    __tablename__ = "uploads"

    id: str = Field(primary_key=True, description="random; also the name of its folder")
    kind: str = Field(description="as in the list of imports; log for access logs")
    asked: str = Field(sa_type=Text, description="what was asked of the import, as JSON")
    files: str = Field(sa_type=Text, description="the names of the files, as a JSON list")
    sha256: str = Field(description="of what was sent")
    uploaded_by: str
    uploaded_at: datetime = Field(sa_type=UtcDateTime)
    first_job: int = Field(foreign_key="jobs.number", unique=True)
    newest_job: int = Field(foreign_key="jobs.number")
    stamp: str = Field(default="", description="of the record for which its preview was made; empty before that")
    state: str
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def names(self) -> list[str]:
        """The names of its files."""
        return list(json.loads(self.files))
