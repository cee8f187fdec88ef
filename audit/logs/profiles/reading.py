"""Reads profiles: those that a person wrote, and those that come with the product."""

from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from itertools import islice
from pathlib import Path

from pydantic import ValidationError

from audit.logs.profiles.language import NEEDED, Profile
from audit.logs.profiles.yaml_text import LONGEST_YAML, Fault, YamlText, read_yaml, shorten
from config.errors import Invalid

_MOST_SAID = 10


def read_profile(text: str, name: str) -> Profile:
    """Read a profile's YAML, and look for what cannot be right in it.

    Raises:
        Invalid: It is no YAML, or says what a profile does not have or what leads nowhere; the sentence names the
            place.
    """
    from audit.logs.profiles.faults import find_faults  # noqa: PLC0415 - asks DuckDB, which takes long to load

    profile = known_profile(text, name)
    faults = list(islice(find_faults(profile), _MOST_SAID + 1))
    if faults:
        raise _unusable(name, read_yaml(text, name), faults)
    return profile


@lru_cache(maxsize=100)  # an audit asks for each source's anew
def known_profile(text: str, name: str) -> Profile:
    """Read the YAML of a profile that was looked through when its source was set up.

    Raises:
        Invalid: It is no YAML, or says what a profile does not have; the sentence names the place.
    """
    written = read_yaml(text, name)
    if written.said is None:
        raise Invalid(f"{name} says nothing; a profile says at least where {', '.join(NEEDED)} are, under fields.")
    try:
        return Profile.model_validate(written.said)
    except ValidationError as error:
        raise _unusable(name, written, (_fault_of(one["loc"], one["msg"]) for one in error.errors())) from error


def _fault_of(loc: tuple[str | int, ...], message: str) -> Fault:
    return Fault(loc, f"{shorten('.'.join(map(str, loc))) or 'the file'}: {message}")


def _unusable(name: str, written: YamlText, faults: Iterable[Fault]) -> Invalid:
    listed = list(faults)
    said = [f"{_line(written, fault)}{fault.sentence}" for fault in listed[:_MOST_SAID]]
    more = ["and more"] if len(listed) > _MOST_SAID else []
    return Invalid(f"{name} cannot be used as a profile: {'; '.join(said + more)}.")


def _line(written: YamlText, fault: Fault) -> str:
    return f"line {written.line_of(fault.keys)}, " if fault.keys else ""


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
    shipped = shipped_profiles()
    if named in shipped and not Path(named).is_file():
        return shipped[named]
    try:
        with Path(named).open(encoding="utf-8-sig") as file:
            return file.read(LONGEST_YAML + 1)
    except UnicodeDecodeError as error:
        raise Invalid(f"The profile {named} is no UTF-8 text; save it as UTF-8.") from error
    except (OSError, ValueError) as error:  # ValueError where no file can have such a name
        raise Invalid(
            f'There is no profile file "{shorten(named)}" that can be read, and none of that name ships; shipped are '
            f"{', '.join(shipped)}."
        ) from error
