"""Reads profiles: those that a person wrote, and those that come with the product."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import yaml
from pydantic import ValidationError

from audit.logs.profiles.language import NEEDED, FieldAt, FieldSpec, Profile
from config.errors import Invalid

EPOCHS = ("epoch", "epoch_seconds", "epoch_milliseconds")
_YEARS, _HOURS = ("%Y", "%y", "%c", "%x", "%G"), ("%H", "%-H", "%I", "%-I", "%c", "%X")


def read_profile(text: str, name: str) -> Profile:
    """Read a profile's YAML.

    Raises:
        Invalid: It is no YAML, or says what a profile does not have; the sentence names the place.
    """
    try:
        profile = Profile.model_validate(yaml.load(text, _Loader))  # noqa: S506 - it only adds a check to the safe one
    except yaml.YAMLError as error:
        raise Invalid(f"{name} is no valid YAML: {' '.join(str(error).split())}.") from error
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, one['loc'])) or 'the file'}: {one['msg']}" for one in error.errors()]
        raise Invalid(f"{name} cannot be used as a profile: {'; '.join(faults)}.") from error
    faults = list(_faults(profile))
    if faults:
        raise Invalid(f"{name} cannot be used as a profile: {'; '.join(faults)}.")
    return profile


def shipped_profiles() -> dict[str, str]:
    """Give the profiles that come with the product, by name: their YAML text."""
    folder = files("audit.logs.profiles")
    return {
        entry.name.removesuffix(".yaml"): entry.read_text("utf-8")
        for entry in sorted(folder.iterdir(), key=lambda one: one.name)
        if entry.name.endswith(".yaml")
    }


def find_profile(named: str) -> str:
    """Give the YAML text of a profile named on the command line: a file, or one that comes with the product.

    Raises:
        Invalid: There is neither, or the file cannot be read.
    """
    path = Path(named)
    shipped = shipped_profiles()
    if named in shipped and not path.is_file():
        return shipped[named]
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(f"The profile {named} is no UTF-8 text; save it as UTF-8.") from error
    except OSError as error:
        raise Invalid(
            f'There is no profile file "{named}" that can be read, and none of that name ships; shipped are '
            f"{', '.join(shipped)}."
        ) from error


def read_zone(name: str) -> ZoneInfo:
    """Read a time zone's name.

    Raises:
        Invalid: There is no such zone.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise Invalid(f'"{name}" is no time zone; write one such as America/Chicago or UTC.') from error


class _Loader(yaml.SafeLoader):
    """Reads YAML, and refuses a key that stands twice: the first would be lost without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:  # noqa: FBT001, FBT002 - YAML's own signature
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        for place, key in enumerate(keys):
            if key in keys[:place]:
                raise yaml.MarkedYAMLError(problem=f'"{key}" stands twice', problem_mark=node.start_mark)
        return dict(super().construct_mapping(node, deep))


def _faults(profile: Profile) -> Iterator[str]:
    missing = [field for field in NEEDED if field not in profile.fields]
    if missing:
        yield f"it does not say where {', '.join(missing)} come from; add them under fields"
    if profile.format != "csv" and profile.columns:
        yield "columns are for CSV alone"
    if profile.format != "jsonl" and profile.records.each:
        yield "records.each is for JSON lines alone"
    for name, spec in (*profile.fields.items(), *(("records", one.field) for one in profile.conditions())):
        yield from (f"fields.{name}: {fault}" for at in spec for fault in _faults_of_place(at, profile))
    for form in profile.times.formats:
        yield from (f"times.formats: {fault}" for fault in _faults_of_form(form))
    if profile.times.zone:
        try:
            read_zone(profile.times.zone)
        except Invalid as error:
            yield f"times.zone: {str(error).rstrip('.')}"


def _faults_of_place(at: FieldAt, profile: Profile) -> Iterator[str]:
    if sum(map(bool, (at.field, at.text, at.join))) != 1:
        yield "each place says one of field, text and join"
    if profile.columns and at.field and at.field not in profile.columns:
        yield f'"{at.field}" is none of the columns'
    if at.path:
        yield from _fault_by("SELECT json_extract_string('{}', [?])", at.path)
    if at.pattern:
        yield from _fault_by("SELECT regexp_extract('', ?)", at.pattern)
    if profile.format == "jsonl" and at.field.startswith("$"):
        yield from _fault_by("SELECT json_extract_string('{}', [?])", at.field)
    for spec in at.join:
        yield from _faults_of_spec(spec, profile)


def _faults_of_spec(spec: FieldSpec, profile: Profile) -> Iterator[str]:
    for at in spec:
        yield from _faults_of_place(at, profile)


def _faults_of_form(form: str) -> Iterator[str]:
    if form == "iso" or form in EPOCHS:
        return
    if "%" not in form:
        yield f'"{form}" is none of iso, {", ".join(EPOCHS)}, and no pattern such as %Y-%m-%d %H:%M:%S'
    elif not any(part in form for part in _YEARS) or not any(part in form for part in _HOURS):
        yield f'the pattern "{form}" needs a year and a time of day'
    else:
        yield from _fault_by("SELECT try_strptime('', ?)", form)


def _fault_by(question: str, text: str) -> Iterator[str]:
    """Let DuckDB, who will read by it, say what is wrong with a path, pattern or form."""
    try:
        with duckdb.connect() as connection:
            connection.execute(question, [text]).fetchall()
    except duckdb.Error as error:
        kind, _, message = str(error).partition("\n")[0].partition(": ")
        yield f'"{text}": {message or kind}'
