"""What is told of a trail that was written: what is in the file, under which decisions, and what is not."""

from datetime import date

from pydantic import BaseModel, Field

from app.release.views import ColumnView, columns_of
from audit.logs.release_models import Release
from audit.logs.releasing.export_trail import WrittenTrail
from audit.logs.releasing.say_trail import say_trail
from audit.logs.releasing.state_release import strictest


class FileColumnView(BaseModel):
    """A column of the file: from which columns of the trail it comes, and whether "masked" stands in each cell."""

    heading: str
    columns: list[str]
    is_masked: bool


class TrailReceipt(BaseModel):
    """A file of accesses that was written, of its days, both included (null = open); it is kept for a day.

    A column of the trail that no column of the file names is withheld, or is not kept.
    """

    key: str
    source: str
    first: date | None
    last: date | None
    accesses: int = Field(description="The rows of the file, without its headings.")
    sha256: str
    file_columns: list[FileColumnView] = Field(description="In the order of the file.")
    columns: list[ColumnView] = Field(description="Each column of the trail, with what was decided of it then.")
    zone: str = Field(description="Of the times in the file.")
    unreadable: int = Field(description="Records of the source, of any day, that cannot be read and are not in it.")
    not_seen: str = Field(description="What the logs of these days did not hold; empty where nothing is missing.")
    said: list[str] = Field(description="All of this in sentences, as the page says it.")


def receipt_of(written: WrittenTrail, key: str, first: date | None, last: date | None) -> TrailReceipt:
    """Give the receipt of a trail as it is told.

    Args:
        key: By which the file is found again.
    """
    return TrailReceipt(
        key=key,
        source=written.source,
        first=first,
        last=last,
        accesses=written.accesses,
        sha256=written.sha256,
        file_columns=_file_columns(written),
        columns=columns_of(written.layout, written.decided),
        zone=written.zone,
        unreadable=written.unreadable,
        not_seen=written.not_seen,
        said=[*say_trail(written)],
    )


def _file_columns(written: WrittenTrail) -> list[FileColumnView]:
    treated = [(one, strictest(one.columns, written.decided)) for one in written.layout.values]
    return [
        FileColumnView(heading=one.heading, columns=list(one.columns), is_masked=release is Release.MASK)
        for one, release in treated
        if release is not Release.WITHHOLD
    ]
