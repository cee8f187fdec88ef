"""What files state of this folder's tables: a class for each, with a field for every column but the clocks.

Here stands as well how each table's rows compare.
"""

from datetime import datetime
from typing import NamedTuple

from config.tables.facts import Owner, StatedTable
from config.texts import compare_form
from inventory.models import DataSeries, ResourcePattern, WorkAccessPart


class StatedSeries(NamedTuple):
    """See `DataSeries`."""

    code: str
    name: str
    description: str
    classification_text: str
    classes: str
    unreadable_classes: str
    citation_text: str
    citations: str
    unreadable_citations: str
    work_access_text: str
    department: str
    systems: str
    retention: str
    purpose: str
    retired: datetime | None


class StatedPart(NamedTuple):
    """See `WorkAccessPart`."""

    series: str
    part: str


class StatedPattern(NamedTuple):
    """See `ResourcePattern`."""

    system: str
    pattern: str
    series: str


SERIES = StatedTable(DataSeries, StatedSeries, identity=("code",), ends=("retired",))
PARTS = StatedTable(
    WorkAccessPart,
    StatedPart,
    identity=("series", "part"),
    folded={"part": compare_form},
    owner=Owner(SERIES, key="code", column="series"),
)
PATTERNS = StatedTable(
    ResourcePattern,
    StatedPattern,
    identity=("system", "pattern"),
    folded={"system": compare_form, "pattern": compare_form},
)
