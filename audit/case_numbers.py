"""Case numbers in what people typed as their reason: found by the pattern that a source's profile names, in DuckDB."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import text

from config.bulk import text_sql
from config.database import Reader

if TYPE_CHECKING:
    import duckdb

# by its name, as the classes of logs take long to load
_NAMING_ONE = text(
    "SELECT name, profile FROM sources WHERE superseded_at IS NULL AND profile LIKE '%case_number%' ORDER BY name"
)


def case_patterns(reader: Reader) -> Mapping[str, str]:
    """Give the pattern of each source whose profile names one, by the source's name."""
    named = reader.execute(_NAMING_ONE).all()
    if not named:
        return {}
    # profiles take long to load, and few name one
    from audit.logs.profiles.reading import known_profile  # noqa: PLC0415

    return {name: pattern for name, profile in named if (pattern := known_profile(profile, name).case_number)}


def offer_case_numbers(connection: "duckdb.DuckDBPyConnection", patterns: Mapping[str, str]) -> None:
    """Make the macros `case_number(of_source, reason)` and `without_case(of_source, reason)` known to a connection.

    The first gives the first case number in a reason, empty where there is none; the other, the reason without any.
    """
    if patterns:
        from audit.logs.profiles.sql import has_group  # noqa: PLC0415 - as above
    found = {
        source: f"regexp_extract(reason, {text_sql(pattern)}, {1 if has_group(pattern) else 0})"
        for source, pattern in patterns.items()
    }
    left = {source: f"regexp_replace(reason, {text_sql(pattern)}, ' ', 'g')" for source, pattern in patterns.items()}
    for macro, by_source, otherwise in (("case_number", found, "''"), ("without_case", left, "reason")):
        whens = " ".join(f"WHEN {text_sql(source)} THEN trim({sql})" for source, sql in by_source.items())
        answer = f"CASE of_source {whens} ELSE {otherwise} END" if whens else otherwise
        connection.execute(f"CREATE OR REPLACE MACRO {macro}(of_source, reason) AS {answer}")
