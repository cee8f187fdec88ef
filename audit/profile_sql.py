"""A profile as SQL: from the columns of a log's records to the fields of canonical events."""

import json
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from access.rules import ACTIONS, UNMAPPED_ACTION
from audit.local_times import instant_sql, oddness_sql
from audit.profile import Condition, FieldAt, FieldSpec, Profile

_OFFSET = r"(?:[Zz]| ?UTC| ?[+-]\d{2}(?::?\d{2})?)"
_CLOCK = r"\d{4}-\d{2}-\d{2}[Tt ]([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?"
_FAST = ("%Y-%m-%dT%H:%M:%S.%fZ", "%Y-%m-%dT%H:%M:%SZ")


class EventSql:
    """The expressions that turn a record into an event; each is text, empty where the record has nothing there.

    Args:
        columns: Field name -> SQL of its text, for a CSV; empty for JSON lines.
        document: The SQL of the record's JSON; empty for a CSV.
        zone: The zone of times without an offset.
    """

    def __init__(self, profile: Profile, columns: Mapping[str, str], document: str, zone: ZoneInfo) -> None:
        self._profile = profile
        self._columns = columns
        self._document = document
        self._zone = zone

    def field(self, name: str) -> str:
        """Give the SQL of a canonical field's text, as the log has it."""
        spec = self._profile.fields.get(name)  # type: ignore[call-overload]
        return self._first(spec) if spec else "''"

    def action(self, raw: str) -> str:
        """Give the SQL of the canonical action for the SQL of a raw one; what is not mapped becomes `other`."""
        spoken = f"lower(trim({raw}))"
        whens = " ".join(
            f"WHEN {self._among(spoken, self._profile.actions[action])} THEN '{action}'"
            for action in ACTIONS
            if self._profile.actions.get(action) and action != UNMAPPED_ACTION
        )
        return f"CASE {whens} ELSE '{UNMAPPED_ACTION}' END" if whens else f"'{UNMAPPED_ACTION}'"

    def purpose(self, raw: str) -> str:
        """Give the SQL of the purpose: the described one that the profile says it means, else as given."""
        whens = " ".join(
            f"WHEN {self._among(f'lower(trim({raw}))', spellings)} THEN {_text(purpose)}"
            for purpose, spellings in self._profile.purposes.items()
        )
        return f"CASE {whens} ELSE {raw} END" if whens else raw

    def passed_over(self) -> str:
        """Give the SQL of whether the record is no access by the profile's conditions."""
        records = self._profile.records
        tests = [f"NOT {self._meets(one)}" for one in records.only] + [self._meets(one) for one in records.without]
        return f"({' OR '.join(tests)})" if tests else "false"

    def instant(self, text: str) -> str:
        """Give the SQL of the UTC timestamp of a text that names its offset or counts from 1970; NULL where it does not."""
        tried = []
        for form in self._profile.times.formats:
            if form == "iso":
                # most logs: the quick forms first, the general one for what is left
                tried += [f"try_strptime({text}, '{fast}')" for fast in _FAST]
                tried.append(
                    f"CASE WHEN regexp_full_match({text}, '{_CLOCK}{_OFFSET}') "
                    f"THEN try_cast({text} AS TIMESTAMPTZ) AT TIME ZONE 'UTC' END"
                )
            elif form in {"epoch_seconds", "epoch_milliseconds"}:
                factor = 1_000_000 if form == "epoch_seconds" else 1000
                number = f"try_cast({text} AS DECIMAL(24, 6)) * {factor}"
                tried.append(f"CASE WHEN {number} > 0 THEN make_timestamp(({number})::BIGINT) END")
            elif "%z" in form or "%Z" in form:
                tried.append(f"(try_strptime({text}, {_text(form)}) AT TIME ZONE 'UTC')")
        return f"coalesce({', '.join(tried)})" if tried else "NULL::TIMESTAMP"

    def local_time(self, text: str) -> str:
        """Give the SQL of the local timestamp of a text without an offset; NULL where it is none."""
        tried = []
        for form in self._profile.times.formats:
            if form == "iso":
                tried.append(f"CASE WHEN regexp_full_match({text}, '{_CLOCK}') THEN try_cast({text} AS TIMESTAMP) END")
            elif not form.startswith("epoch_") and "%z" not in form and "%Z" not in form:
                tried.append(f"try_strptime({text}, {_text(form)})")
        return f"coalesce({', '.join(tried)})" if tried else "NULL::TIMESTAMP"

    def from_local(self, local: str) -> str:
        """Give the SQL of the UTC timestamp of a local one."""
        return instant_sql(local, self._zone)

    def oddness(self, local: str) -> str:
        """Give the SQL of 1 for a local time that occurs twice, 2 for one that does not exist, else 0."""
        return oddness_sql(local, self._zone)

    def _meets(self, condition: Condition) -> str:
        return f"({self._among(f'lower(trim({self._first(condition.field)}))', condition.among)})"

    def _first(self, spec: FieldSpec) -> str:
        places = [self._place(one) for one in spec]
        if len(places) == 1:
            return places[0]
        given = ", ".join(f"nullif({place}, '')" for place in places)
        return f"coalesce({given}, '')"

    def _place(self, at: FieldAt) -> str:
        if at.text:
            return _text(at.text)
        if at.join:
            return self._joined(at)
        place = self._columns.get(at.field, "''") if not self._document else _in_json(self._document, _dotted(at.field))
        if at.path:
            place = _in_json(f"CASE WHEN json_valid({place}) THEN {place} END", at.path)
        if at.pattern:
            place = f"regexp_extract({place}, {_text(at.pattern)}, {1 if '(' in at.pattern else 0})"
        return place

    def _joined(self, at: FieldAt) -> str:
        parts = [self._first(spec) for spec in at.join]
        needed = " OR ".join(f"{part} = ''" for part in parts[:-1])
        whole = f" || {_text(at.by)} || ".join(parts)
        return f"CASE WHEN {needed} THEN '' ELSE {whole} END" if needed else whole

    def _among(self, spoken: str, values: tuple[str, ...]) -> str:
        plain = [value.casefold() for value in values if not set("*?[") & set(value)]
        patterns = [value.casefold() for value in values if set("*?[") & set(value)]
        tests = [f"{spoken} IN ({', '.join(map(_text, plain))})"] if plain else []
        tests += [f"{spoken} GLOB {_text(pattern)}" for pattern in patterns]
        return " OR ".join(tests) or "false"


def _in_json(document: str, path: str) -> str:
    return f"coalesce(json_extract_string({document}, {_text(path)}), '')"


def _dotted(field: str) -> str:
    """Give the JSON path of a dotted field; one that is written as a path already stays."""
    return field if field.startswith("$") else "$" + "".join(f".{json.dumps(part)}" for part in field.split("."))


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
