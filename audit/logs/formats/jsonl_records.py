"""JSON lines: one document a line; an empty line is no record."""

import json
from collections.abc import Iterator
from itertools import islice

import duckdb

from audit.logs.formats.contract import Records, offer_rows
from audit.logs.formats.log_file import LogFile
from audit.logs.profiles.language import Profile
from audit.logs.profiles.sql import json_path
from config.bulk import text_sql
from config.errors import Invalid

_LINES = "lines_of_json"
_LINES_LOOKED_AT = 100


class JsonlRecords:
    """The records of a JSON-lines log, each kept as its own text."""

    header = ""

    def __init__(self, log: LogFile, profile: Profile) -> None:
        self._log = log
        self._profile = profile
        self.notices = log.notices
        _refuse_other_json(log)

    def quickly(self) -> Records | None:
        """Give nothing: lines are read in one way."""
        return None

    def carefully(self, connection: duckdb.DuckDBPyConnection) -> Records:
        """Give the lines; one that is no JSON object comes with what is wrong with it."""
        offer_rows(connection, _LINES, ["raw", "flaw"], ((raw, self._log.flaw_of(raw)) for raw in self._lines()))
        places = self._profile.places()
        paths = ", ".join(text_sql(json_path(place)) for place in places)
        relation = f"""(
            SELECT raw, fault, json_extract_string(CASE WHEN fault IS NULL THEN raw END, [{paths}]) AS found
            FROM (
                SELECT raw, CASE WHEN flaw IS NOT NULL THEN flaw WHEN kind IS NULL THEN 'is no valid JSON'
                    WHEN kind <> 'OBJECT' THEN 'is JSON, but no object' END AS fault
                FROM (SELECT raw, flaw, TRY(json_type(CASE WHEN flaw IS NULL THEN raw END)) AS kind FROM {_LINES})
            ))"""  # noqa: S608 - the profile's paths, quoted
        # NUL can be written in JSON, but no database takes it
        columns = {
            place: f"replace(coalesce(found[{number}], ''), chr(0), chr(65533))"
            for number, place in enumerate(places, 1)
        }
        return Records(relation, columns, ["raw"], "fault")

    def texts(self) -> Iterator[str]:
        """Give each record's own text."""
        return map(self._log.shown, self._lines())

    def _lines(self) -> Iterator[str]:
        keys = self._profile.records.each.split(".") if self._profile.records.each else []
        for line in self._log.lines():
            if text := line.strip("\r\n \t"):
                yield from _each(text, keys) if keys else (text,)


def _refuse_other_json(log: LogFile) -> None:
    beginning = [text for line in islice(log.lines(), _LINES_LOOKED_AT) if (text := log.shown(line).strip())]
    if not beginning:
        raise Invalid(f"{log.path.name} is empty; there is nothing to import. Check the export.")
    is_array = beginning[0].startswith("[") and (len(beginning) == 1 or _parsed(beginning[0]) is None)
    if is_array or beginning[0] == "{":
        raise Invalid(
            f"{log.path.name} is one JSON document, not JSON lines; write each of its records as an object on a "
            "line of its own."
        )
    if not any(text.startswith("{") for text in beginning):
        raise Invalid(f"{log.path.name} is no log of JSON lines: none of its first lines begins an object.")


def _each(text: str, keys: list[str]) -> Iterator[str]:
    """Give a line once for each element of the list at some keys, each time with that element alone."""
    document = holder = _parsed(text)
    for key in keys[:-1]:
        holder = holder.get(key) if isinstance(holder, dict) else None
    elements = holder.get(keys[-1]) if isinstance(holder, dict) else None
    if not isinstance(holder, dict) or not isinstance(elements, list) or len(elements) <= 1:
        yield text
        return
    for element in elements:
        holder[keys[-1]] = [element]
        yield json.dumps(document)


def _parsed(text: str) -> object:
    """Give what a line says, None where it is no JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
