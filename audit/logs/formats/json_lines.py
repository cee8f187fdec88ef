"""JSON lines: one document a line; an empty line is no record."""

import json
from collections.abc import Iterator

from audit.logs.formats.contract import Batch, Kept, Layout, gather
from audit.logs.formats.log_file import LogFile
from audit.logs.formats.resemblance import what_it_looks_like
from audit.logs.profiles.doubled_keys import doubled_key_sql, find_doubled_key
from audit.logs.profiles.language import Profile
from audit.logs.profiles.sql import json_path
from config.bulk import text_sql
from config.errors import Invalid

_RAW = "raw"
_LINES_LOOKED_AT = 100


class JsonLinesReader:
    """The records of a JSON-lines log, each kept as its own text."""

    header = ""

    def __init__(self, log: LogFile, profile: Profile) -> None:
        self._log = log
        self._keys = profile.records.each.split(".") if profile.records.each else []
        self._paths = [json_path(place) for place in [*profile.places(), profile.records.each] if place]
        self.layout = _layout(profile.places(), self._paths)
        _refuse_other_json(log)

    @property
    def notices(self) -> tuple[str, ...]:
        """What was noticed of the file, one sentence each."""
        return self._log.notices

    def batches(self) -> Iterator[Batch]:
        """Give the lines; one that is no JSON object comes with what is wrong with it, some of that said by SQL."""
        yield from gather(self._records(), [_RAW])

    def _records(self) -> Iterator[Kept]:
        for piece in self._log.pieces():
            for line in self._log.lines(piece):
                if text := line.strip("\r\n \t"):
                    for record in _each(text, self._keys, self._paths) if self._keys else (text,):
                        flaw = self._log.flaw_of(record)
                        yield Kept(["" if flaw else record], self._log.shown(record), flaw)


def _layout(places: list[str], read: list[str]) -> Layout:
    doubled = doubled_key_sql("raw", read)
    paths = ", ".join(text_sql(json_path(place)) for place in places)
    relation = f"""(
        SELECT raw, fault, json_extract_string(CASE WHEN fault IS NULL THEN raw END, [{paths}]) AS found
        FROM (
            SELECT raw, CASE WHEN fault IS NOT NULL THEN fault WHEN kind IS NULL THEN 'is no valid JSON'
                WHEN kind <> 'OBJECT' THEN 'is JSON, but no object' ELSE {doubled} END AS fault
            FROM (SELECT raw, fault, TRY(json_type(CASE WHEN fault IS NULL THEN raw END)) AS kind FROM {{batch}})
        ))"""  # noqa: S608 - the profile's paths, quoted
    # NUL can be written in JSON, but no database takes it
    columns = {
        place: f"replace(coalesce(found[{number}], ''), chr(0), chr(65533))" for number, place in enumerate(places, 1)
    }
    return Layout(columns, [_RAW], relation)


def _refuse_other_json(log: LogFile) -> None:
    beginning = [text for line in log.beginning(_LINES_LOOKED_AT) if (text := line.strip())]
    if not beginning:
        raise Invalid(f"{log.path.name} is empty; there is nothing to import. Check the export.")
    is_array = beginning[0].startswith("[") and (len(beginning) == 1 or _parsed(beginning[0]) is None)
    if is_array or beginning[0] == "{":
        raise Invalid(
            f"{log.path.name} is one JSON document, not JSON lines; write each of its records as an object on a "
            "line of its own."
        )
    if not any(text.startswith("{") for text in beginning):
        looks = what_it_looks_like(beginning, "jsonl")
        instead = f" It looks like {looks}." if looks else ""
        raise Invalid(f"{log.path.name} is no log of JSON lines: none of its first lines begins an object.{instead}")


def _each(text: str, keys: list[str], paths: list[str]) -> Iterator[str]:
    """Give a line once for each element of the list at some keys, each time with that element alone.

    One in which a key on the paths has several values stays as it is: it cannot be read.
    """
    document = holder = _parsed(text)
    for key in keys[:-1]:
        holder = holder.get(key) if isinstance(holder, dict) else None
    elements = holder.get(keys[-1]) if isinstance(holder, dict) else None
    if not isinstance(holder, dict) or not isinstance(elements, list) or len(elements) <= 1:
        yield text
        return
    if find_doubled_key(text, paths) is not None:
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
