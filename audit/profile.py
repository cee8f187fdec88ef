"""A source's profile: where each canonical field is in its records, and how actions, purposes, accounts and times read.

A profile is a small YAML file. Without one, a CSV whose headings are the canonical names is read as it is.
"""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from access.rules import ACTIONS
from audit.map_names import AccountNormalising
from config.errors import Invalid

CANONICAL = ("time", "account", "resource", "action", "subject", "purpose", "workstation")
NEEDED = CANONICAL[:4]

Action = Literal["view", "search", "create", "modify", "delete", "print", "export", "share", "other"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FieldAt(_Part):
    """One place in a record.

    Args:
        field: A column of a CSV, or a dotted path of a JSON record.
        path: A JSON path (`$.Id`) within that cell, where the cell itself holds JSON.
        pattern: A regular expression; its first group, or the whole match, is the value.
        text: The same text for every record, instead of a place.
        join: Several places, joined by `by`; empty where any but the last is empty.
    """

    field: str = ""
    path: str = ""
    pattern: str = ""
    text: str = ""
    join: tuple["FieldSpec", ...] = ()
    by: str = ""


def _as_places(value: object) -> object:
    """Read a bare name as a place, and one place as a list of one."""
    listed = value if isinstance(value, (list, tuple)) else [value]
    return [{"field": one} if isinstance(one, str) else one for one in listed]


# Several places: the first that is not empty serves.
FieldSpec = Annotated[tuple[FieldAt, ...], BeforeValidator(_as_places)]


class Times(_Part):
    """How times are written: `iso`, `epoch_seconds`, `epoch_milliseconds`, or patterns such as `%m/%d/%Y %I:%M:%S %p`.

    Args:
        zone: The zone of times without an offset, where it is not the source's own.
    """

    formats: tuple[str, ...] = ("iso",)
    zone: str = ""


class Accounts(_Part):
    """What of an account does not count when it is compared."""

    strip_domain_prefix: bool = True
    strip_domain_suffix: bool = True


class Condition(_Part):
    """A field has one of some values; values compare case-folded, and may be shell-style patterns."""

    field: FieldSpec
    among: tuple[str, ...]


class Records(_Part):
    """Which records are accesses: those that fit every condition of `only` and none of `without`."""

    only: tuple[Condition, ...] = ()
    without: tuple[Condition, ...] = ()


class Profile(_Part):
    """How a source's records become access events."""

    about: str = ""
    format: Literal["csv", "jsonl"] = "csv"
    fields: Mapping[
        Literal["event_id", "time", "account", "resource", "action", "subject", "purpose", "workstation"], FieldSpec
    ]
    times: Times = Times()
    accounts: Accounts = Accounts()
    actions: Mapping[Action, tuple[str, ...]] = Field(default_factory=lambda: {action: (action,) for action in ACTIONS})
    purposes: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    records: Records = Records()

    def normalising(self) -> AccountNormalising:
        """Give what of accounts does not count."""
        return AccountNormalising(self.accounts.strip_domain_prefix, self.accounts.strip_domain_suffix)


def plain_profile(log_format: str) -> Profile:
    """Give the profile of records whose fields have the canonical names."""
    return Profile(format=log_format, fields={name: name for name in CANONICAL})  # type: ignore[arg-type]


def read_profile(text: str, name: str) -> Profile:
    """Read a profile's YAML.

    Raises:
        Invalid: It is no YAML, or says what a profile does not have; the sentence names the place.
    """
    try:
        profile = Profile.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise Invalid(f"{name} is no valid YAML: {' '.join(str(error).split())}.") from error
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, one['loc'])) or 'the file'}: {one['msg']}" for one in error.errors()]
        raise Invalid(f"{name} cannot be used as a profile: {'; '.join(faults)}.") from error
    missing = [field for field in NEEDED if field not in profile.fields]
    if missing:
        raise Invalid(f"{name} does not say where {', '.join(missing)} come from; add them under fields.")
    if profile.times.zone:
        read_zone(profile.times.zone)
    return profile


def shipped_profiles() -> dict[str, str]:
    """Give the profiles that come with the product, by name: their YAML text."""
    folder = files("audit").joinpath("profiles")
    return {
        entry.name.removesuffix(".yaml"): entry.read_text("utf-8")
        for entry in sorted(folder.iterdir(), key=lambda one: one.name)
        if entry.name.endswith(".yaml")
    }


def find_profile(named: str) -> str:
    """Give the YAML text of a profile named on the command line: a file, or one that comes with the product.

    Raises:
        Invalid: There is neither.
    """
    path = Path(named)
    shipped = shipped_profiles()
    if path.is_file():
        return path.read_text("utf-8")
    if named in shipped:
        return shipped[named]
    raise Invalid(f'There is no profile file "{named}", and none of that name ships; shipped are {", ".join(shipped)}.')


def read_zone(name: str) -> ZoneInfo:
    """Read a time zone's name.

    Raises:
        Invalid: There is no such zone.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise Invalid(f'"{name}" is no time zone; write one such as America/Chicago or UTC.') from error
