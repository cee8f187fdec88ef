"""The inventory's nouns: the entity, its data series, who their access text names, and where the data lie."""

from datetime import datetime

from sqlmodel import Field

from config.database import UtcDateTime
from config.recorded import Recorded


class Entity(Recorded, table=True):
    """The government body that runs the service, as 13.025 wants it described."""

    __tablename__ = "entities"

    id: int = Field(default=None, primary_key=True)
    name: str
    time_zone: str = "America/Chicago"
    responsible_authority: str = ""
    responsible_authority_title: str = ""
    responsible_authority_address: str = ""
    compliance_official: str = ""
    went_live_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class DataSeries(Recorded, table=True):
    """One category of record, file, process, form or data type of the 13.025 inventory.

    The published cells are kept as written; `classes`, `citations` and what could not be read stand beside them,
    joined with `; `.

    A series that is retired takes in nothing new from that day on. It still classifies what lies in it, so decisions
    are as before, and no grant of it ends by itself: who may no longer reach it has to be said. Lists mark it.
    """

    __tablename__ = "data_series"

    id: int = Field(default=None, primary_key=True)
    code: str = Field(index=True)
    name: str = Field(index=True)
    description: str = ""
    classification_text: str = ""
    classes: str = ""
    unreadable_classes: str = ""
    citation_text: str = ""
    citations: str = ""
    unreadable_citations: str = ""
    work_access_text: str = ""
    department: str = ""
    systems: str = ""
    retention: str = ""
    purpose: str = ""
    retired: datetime | None = Field(default=None, sa_type=UtcDateTime)


class WorkAccessPart(Recorded, table=True):
    """One part of a series' work access text, such as a job title; it stands while the text has it."""

    __tablename__ = "work_access_parts"

    id: int = Field(default=None, primary_key=True)
    series: str = Field(index=True)
    part: str


class PartResolution(Recorded, table=True):
    """What an official decided about a part that names no known holder: who is meant, or that it adds nobody.

    A dismissed part has no holder type and no holder.
    """

    __tablename__ = "part_resolutions"

    id: int = Field(default=None, primary_key=True)
    series: str = Field(index=True)
    part: str
    holder_type: str = ""
    holder: str = ""


class ResourcePattern(Recorded, table=True):
    """Maps what a system's log says was touched to a data series' code, to `public`, or to `ignore`."""

    __tablename__ = "resource_patterns"

    id: int = Field(default=None, primary_key=True)
    system: str
    pattern: str
    series: str
