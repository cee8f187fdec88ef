"""What is wrong with a profile that is well formed: places, patterns and forms that lead nowhere."""

from collections.abc import Iterator
from functools import cached_property, reduce

import duckdb

from audit.logs.formats import FORMATS
from audit.logs.formats.documents import DocumentReader
from audit.logs.profiles.language import EPOCHS, NEEDED, FieldAt, FieldSpec, Profile, plain_profile
from audit.logs.profiles.line_faults import find_line_faults
from audit.logs.profiles.sql import json_path
from audit.logs.profiles.yaml_text import Fault, shorten
from audit.logs.profiles.yearless import is_yearless
from audit.logs.profiles.zones import read_zone
from config.errors import Invalid

_YEARS, _HOURS = ("%Y", "%y", "%c", "%x", "%G"), ("%H", "%-H", "%I", "%-I", "%c", "%X")
_DEEPEST_JOIN = 3


def find_faults(profile: Profile) -> Iterator[Fault]:
    """Find what is wrong with a profile; DuckDB, who will read by it, says it of paths, patterns and forms."""
    return _Faults(profile).of_all()


class _Faults:
    """The checks of a profile, part by part."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile

    @cached_property
    def _duckdb(self) -> duckdb.DuckDBPyConnection:
        return duckdb.connect()

    def of_all(self) -> Iterator[Fault]:
        profile = self._profile
        missing = [field for field in NEEDED if field not in profile.fields]
        if missing:
            yield Fault((), f"it does not say where {', '.join(missing)} come from; add them under fields")
        yield from self._of_options()
        if profile.case_number:
            for sentence in self._asked("SELECT regexp_extract('', ?)", profile.case_number):
                yield Fault(("case_number",), f"case_number: {sentence}")
        yield from find_line_faults(profile)
        yield from _find_table_faults(profile)
        for option, keys in (("at", profile.records.at), ("each", profile.records.each)):
            if keys and "" in keys.split("."):
                yield Fault(("records", option), f'records.{option}: "{shorten(keys)}" has an empty key')
        for name, spec in profile.fields.items():
            yield from self._of_spec(spec, ("fields", name), f"fields.{name}")
        for kind, conditions in (("only", profile.records.only), ("without", profile.records.without)):
            for place, condition in enumerate(conditions):
                yield from self._of_spec(condition.field, ("records", kind, place, "field"), f"records.{kind}")
        yield from self._of_join()
        yield from self._of_notices()
        yield from self._of_times()

    def _of_options(self) -> Iterator[Fault]:
        """Find what is said that is for logs of another format."""
        plain = plain_profile(self._profile.format)
        for option in sorted({option for of in FORMATS.values() for option in of.options}):
            keys = tuple(option.split("."))
            is_said = _at(self._profile, keys) != _at(plain, keys)
            if is_said and option not in FORMATS[self._profile.format].options:
                fitting = " or ".join(name for name, of in FORMATS.items() if option in of.options)
                yield Fault(keys, f"{option} is for {fitting} logs, and not for {self._profile.format}")

    def _of_notices(self) -> Iterator[Fault]:
        for number, noticed in enumerate(self._profile.records.notices):
            for place, condition in enumerate(noticed.when):
                keys = ("records", "notices", number, "when", place, "field")
                yield from self._of_spec(condition.field, keys, "records.notices.when")

    def _of_join(self) -> Iterator[Fault]:
        join = self._profile.records.join
        if join is None:
            return
        for place, spec in enumerate(join.by):
            yield from self._of_spec(spec, ("records", "join", "by", place), "records.join.by")
        for kind, conditions in (("begins", join.begins), ("ends", join.ends)):
            for place, condition in enumerate(conditions):
                keys = ("records", "join", kind, place, "field")
                yield from self._of_spec(condition.field, keys, f"records.join.{kind}")

    def _of_spec(self, spec: FieldSpec, keys: tuple[str | int, ...], name: str) -> Iterator[Fault]:
        for place, at in enumerate(spec):
            for sentence in self._of_place(at, depth=1):
                yield Fault((*keys, place), f"{name}: {sentence}")

    def _of_place(self, at: FieldAt, *, depth: int) -> Iterator[str]:
        if sum(map(bool, (at.field, at.text, at.join))) != 1:
            yield "each place says one of field, text and join"
        if self._profile.columns and at.field and at.field not in self._profile.columns:
            yield f'"{shorten(at.field)}" is none of the columns'
        if issubclass(FORMATS[self._profile.format].reader, DocumentReader) and at.field:
            yield from self._of_key(at.field)
        yield from self._of_looking_in(at)
        if at.join and depth > _DEEPEST_JOIN:
            yield f"a join is nested more than {_DEEPEST_JOIN} deep"
            return
        for spec in at.join:
            for part in spec:
                yield from self._of_place(part, depth=depth + 1)

    def _of_looking_in(self, at: FieldAt) -> Iterator[str]:
        if at.path:
            yield from self._asked("SELECT json_extract_string('{}', [?])", at.path)
        if at.where is not None and not at.field:
            yield "where needs a field, in which the list stands"
        for key in at.where or ():
            yield from self._of_key(key)
        if at.pattern:
            yield from self._asked("SELECT regexp_extract('', ?)", at.pattern)

    def _of_key(self, key: str) -> Iterator[str]:
        if not key.startswith("$") and "" in key.split("."):
            yield f'"{shorten(key)}" has an empty key; write it as a path that begins with $'
        else:
            yield from self._asked("SELECT json_extract_string('{}', [?])", json_path(key), key)

    def _of_times(self) -> Iterator[Fault]:
        times = self._profile.times
        for place, form in enumerate(times.formats):
            for sentence in self._of_form(form):
                yield Fault(("times", "formats", place), f"times.formats: {sentence}")
        if times.zone:
            try:
                read_zone(times.zone)
            except Invalid as error:
                yield Fault(("times", "zone"), f"times.zone: {str(error).rstrip('.')}")

    def _of_form(self, form: str) -> Iterator[str]:
        if form == "iso" or form in EPOCHS:
            return
        if is_yearless(form) and "times.year" in FORMATS[self._profile.format].options:
            return
        if "%" not in form:
            yield f'"{shorten(form)}" is none of iso, {", ".join(EPOCHS)}, and no pattern such as %Y-%m-%d %H:%M:%S'
        elif not any(part in form for part in _YEARS) or not any(part in form for part in _HOURS):
            yield f'the pattern "{shorten(form)}" needs a year and a time of day'
        else:
            yield from self._asked("SELECT try_strptime('', ?)", form)

    def _asked(self, question: str, text: str, shown: str | None = None) -> Iterator[str]:
        try:
            self._duckdb.execute(question, [text]).fetchall()
        except duckdb.Error as error:
            yield f'"{shorten(shown or text)}": {_said(error)}'


def _said(error: duckdb.Error) -> str:
    kind, _, message = str(error).partition("\n")[0].partition(": ")
    return shorten(message or kind)


def _at(profile: Profile, keys: tuple[str, ...]) -> object:
    """Give what a profile says below some keys."""
    return reduce(getattr, keys, profile)


def _find_table_faults(profile: Profile) -> Iterator[Fault]:
    if profile.encoding:
        try:
            b"".decode(profile.encoding)
        except LookupError:
            yield Fault(("encoding",), f'encoding: "{shorten(profile.encoding)}" is none that is known')
    if profile.format == "fixed" and (not profile.columns or len(profile.columns) != len(profile.table.widths)):
        yield Fault(("columns",), "fixed columns need names under columns, and as many widths under table.widths")
    if profile.table.least and not 0 < profile.table.least <= len(profile.columns):
        yield Fault(("table", "least"), "table.least needs names under columns, at least as many as it says")
