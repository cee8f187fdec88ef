"""Maps the purposes of opened events, each distinct one once: to what the purpose map says their texts mean."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from typing import TYPE_CHECKING

from access.facts import MeantPurpose
from access.purpose_map import PurposeMap
from audit.logs.event_store import Store
from config.bulk import cursor_beside, load_rows

if TYPE_CHECKING:
    import duckdb

_CHUNK = 50_000
_MEANT_COLUMNS = [("number", int), ("meant", str)]
_MEAN = """
    UPDATE names SET meaning = m.meant FROM meant_purposes m WHERE names.kind = 'purpose' AND names.number = m.number
"""
_NAMES = """
    SELECT number, source_key, meaning FROM names
    WHERE kind = 'purpose' AND source_key IN ({keys}) ORDER BY number
"""


def map_purposes(connection: "duckdb.DuckDBPyConnection", rows: Iterable[MeantPurpose], store: Store) -> None:
    """Let each purpose among the names in a connection mean what the purpose map of its source says, where it does.

    Of names that were mapped, `meaning` is then the purpose; `name` stays what was typed. To be done once.
    """
    found = PurposeMap(rows)
    sources = mapped_sources(found, store)
    if not sources:
        return
    meant = [
        (number, purpose)
        for number, source, typed in purposes_in(connection, sources)
        if (purpose := found.of(source, typed)) is not None
    ]
    load_rows(connection, "meant_purposes", _MEANT_COLUMNS, meant)
    connection.execute(_MEAN)


def mapped_sources(found: PurposeMap, store: Store) -> Mapping[int, str]:
    """Give the sources of a store of which a map has rows, by their keys."""
    return {key: source for key, source in store.sources.items() if source in found.sources}


def purposes_in(connection: "duckdb.DuckDBPyConnection", sources: Mapping[int, str]) -> Iterator[tuple[int, str, str]]:
    """Give number, source and text of the purposes of some sources among the names in a connection."""
    with closing(cursor_beside(connection)) as cursor:
        cursor.execute(_NAMES.format(keys=", ".join(map(str, sources))))
        while named := cursor.fetchmany(_CHUNK):
            for number, key, typed in named:
                yield number, sources[key], typed
