"""JSON lines: one document a line; an empty line is no record."""

import json
from collections.abc import Iterator

from audit.logs.formats.contract import Batch, Kept, Layout, gather
from audit.logs.formats.log_file import LogFile
from audit.logs.formats.resemblance import what_it_looks_like
from audit.logs.profiles.doubled_keys import NO_STRICT_JSON, doubled_key_sql, find_doubled_key
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
        self._searched = [json_path(place) for place in profile.searched()]
        self.layout = _layout(profile.places(), doubled_key_sql("raw", self._paths, self._searched))
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
                    yield from self._records_of(text)

    def _records_of(self, text: str) -> Iterator[Kept]:
        flaw = self._log.flaw_of(text)
        records = [text]
        if flaw is None and self._keys:
            try:
                records = self._each(text)
            except (ValueError, RecursionError):
                flaw = NO_STRICT_JSON
        for record in records:
            yield Kept(["" if flaw else record], self._log.shown(record), flaw)

    def _each(self, text: str) -> list[str]:
        """Give a line once for each element of the list at the profile's keys, each time with that element alone.

        One in which a key on the paths has several values stays as it is: it cannot be read.
        """
        document = holder = json.loads(text)
        for key in self._keys[:-1]:
            holder = holder.get(key) if isinstance(holder, dict) else None
        elements = holder.get(self._keys[-1]) if isinstance(holder, dict) else None
        if not isinstance(holder, dict) or not isinstance(elements, list) or len(elements) <= 1:
            return [text]
        if find_doubled_key(text, self._paths, self._searched) is not None:
            return [text]
        records = []
        for element in elements:
            holder[self._keys[-1]] = [element]
            records.append(json.dumps(document))
        return records


def _layout(places: list[str], doubled: str) -> Layout:
    paths = ", ".join(text_sql(json_path(place)) for place in places)
    relation = f"""(
        SELECT raw, fault, json_extract_string(CASE WHEN fault IS NULL THEN raw END, [{paths}]) AS found
        FROM (
            SELECT raw, CASE WHEN fault IS NOT NULL THEN fault WHEN kind IS NULL THEN {text_sql(NO_STRICT_JSON)}
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


def _parsed(text: str) -> object:
    """Give what a line says, None where it is no JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
