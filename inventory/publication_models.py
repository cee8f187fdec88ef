"""What was published of the inventory, what its policies say besides, and when each series was reviewed."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from config.database import UtcDateTime
from config.recorded import Recorded


class InventoryVersion(SQLModel, table=True):
    """The inventory as it was published: a whole copy that nothing changes any more.

    `content` is the copy's own text, and `sha256` the digest of it in UTF-8. `known_at` is the instant by which all is
    known that it says. `note` is what whoever published it says of it, such as the resolution that adopted it.
    """

    __tablename__ = "inventory_versions"

    id: int = Field(default=None, primary_key=True)
    number: int = Field(unique=True, index=True)
    published_at: datetime = Field(sa_type=UtcDateTime)
    published_by: str
    known_at: datetime = Field(sa_type=UtcDateTime)
    note: str = Field(default="", sa_type=Text)
    sha256: str
    content: str = Field(sa_type=Text)


class EntityDetail(Recorded, table=True):
    """One thing that the entity's policies need to say, such as what copies cost, by its name."""

    __tablename__ = "entity_details"

    id: int = Field(default=None, primary_key=True)
    name: str = Field(index=True)
    text: str = Field(sa_type=Text)


class SeriesReview(SQLModel, table=True):
    """That somebody went over what the inventory says of a series, and found it right or has put it right.

    It counts until it is taken back, as the answer of a review of the inventory may be.
    """

    __tablename__ = "series_reviews"

    id: int = Field(default=None, primary_key=True)
    series: str = Field(index=True)
    reviewed_at: datetime = Field(sa_type=UtcDateTime)
    reviewed_by: str
    note: str = Field(default="", sa_type=Text)
    taken_back_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    taken_back_by: str | None = None
