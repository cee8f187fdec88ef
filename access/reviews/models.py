"""Access reviews, the grants or data series that each asks about, what was answered, and how grants were used."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Text
from sqlmodel import Field, SQLModel

from config.database import UtcDateTime
from config.recorded import Recorded


class Scope(StrEnum):
    """Which grants a review asks about; of the inventory it asks about what that says of data series instead."""

    ALL = "all"
    POSITIONS = "positions"
    DEPARTMENTS = "departments"
    SERIES = "series"
    INVENTORY = "inventory"


class Silence(StrEnum):
    """What it means where nobody answers until a review is closed."""

    STAYS = "stays"
    LISTED = "listed"


class ItemKind(StrEnum):
    """What is asked about, on the record.

    A text is a part of a series' work access text, a grant that stands while that says so. A series is no grant: what
    the inventory says of it is asked about.
    """

    WORK_ACCESS = "work-access"
    TEXT = "inventory"
    DUTY = "temporary-duty"
    SERIES = "series"


class Answer(StrEnum):
    """What was answered of a grant, or of what the inventory says: that is confirmed or to be changed."""

    CONFIRMED = "confirmed"
    NARROWED = "narrowed"
    ENDED = "ended"
    TO_CHANGE = "to be changed"


class AccessReview(Recorded, table=True):
    """A review of all or some of the grants that stood when it was started; it stands until it is closed.

    Args:
        names: The positions, departments or series that it is about, one on a line; empty = all of them.
        due: The instant until which answers are asked for; they are taken until it is closed.
        days: For how many days before its start uses are counted.
    """

    __tablename__ = "access_reviews"

    id: int = Field(default=None, primary_key=True)
    name: str
    scope: str = Field(description="see Scope")
    names: str = Field(sa_type=Text)
    due: datetime = Field(sa_type=UtcDateTime)
    days: int
    silence: str = Field(description="see Silence")

    @property
    def is_of_inventory(self) -> bool:
        """Whether it asks about what the inventory says of data series, not about grants."""
        return self.scope == Scope.INVENTORY

    @property
    def started_at(self) -> datetime:
        """When it was started."""
        return self.recorded_at

    @property
    def started_by(self) -> str:
        """By whose login it was started."""
        return self.recorded_by

    @property
    def closed_at(self) -> datetime | None:
        """When it was closed; None while it is open."""
        return self.superseded_at

    @property
    def closed_by(self) -> str | None:
        """By whose login it was closed; None while it is open."""
        return self.superseded_by


class ReviewItem(SQLModel, table=True):
    """A grant or a data series that a review asks about, as it stood at the start.

    What tells of holders and what is permitted is empty of a series.

    Args:
        row_id: Of the row by whose number the grant is named.
        holder: As the row names it; of a text the part itself.
        owner: The employee id of the manager who is to answer; empty = an official.
    """

    __tablename__ = "review_items"

    id: int = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="access_reviews.id", index=True)
    kind: str = Field(description="see ItemKind")
    row_id: int
    series: str
    holder_type: str
    holder: str
    actions: str
    purposes: str
    start: datetime | None = Field(default=None, sa_type=UtcDateTime)
    end: datetime | None = Field(default=None, sa_type=UtcDateTime)
    owner: str = Field(index=True)

    @property
    def is_series(self) -> bool:
        """Whether what the inventory says of a series is asked about, not a grant."""
        return self.kind == ItemKind.SERIES

    @property
    def grant(self) -> str:
        """The grant as decisions name it; empty of a series."""
        return "" if self.is_series else f"{self.kind}:{self.row_id}"

    @property
    def named(self) -> str:
        """What is asked about, as sentences name it."""
        return self.grant or f"{self.series}'s entry"


class ReviewAnswer(Recorded, table=True):
    """What was answered of a grant, until it is taken back.

    Args:
        said: What was changed, in words; empty where nothing was.
        import_number: That of the change in the list of imports, by which it is taken back.
    """

    __tablename__ = "review_answers"

    id: int = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="review_items.id", index=True)
    answer: str = Field(description="see Answer")
    note: str = Field(sa_type=Text)
    said: str = Field(sa_type=Text)
    import_number: int | None = Field(default=None, foreign_key="imports.number")


class ReviewUse(SQLModel, table=True):
    """How many accesses rested on a grant in the days before the start, by the logs imported when it was counted.

    Args:
        log_days: On how many of these days a log of a system that holds the series has accesses; 0 = no log was seen.
    """

    __tablename__ = "review_uses"

    item_id: int = Field(foreign_key="review_items.id", primary_key=True)
    uses: int = Field(sa_type=BigInteger)
    last_use: datetime | None = Field(default=None, sa_type=UtcDateTime)
    log_days: int
    counted_at: datetime = Field(sa_type=UtcDateTime)
