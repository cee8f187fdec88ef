"""The tables of this folder that decide, as they are read to be decided by."""

from config.known_rows import KnownTable

SERIES = KnownTable(
    "data_series",
    ("code", "name", "classes", "unreadable_classes", "classification_text", "retired"),
    frozenset({"retired"}),
)
PARTS = KnownTable("work_access_parts", ("series", "part"))
PART_RESOLUTIONS = KnownTable("part_resolutions", ("series", "part", "holder_type", "holder"))
RESOURCE_PATTERNS = KnownTable("resource_patterns", ("system", "pattern", "series"))
KNOWN_TABLES = (SERIES, PARTS, PART_RESOLUTIONS, RESOURCE_PATTERNS)
