"""Read the form of a source, and say at which field something is wrong."""

from collections.abc import Mapping
from typing import get_args

from audit.logs.profiles.language import Format
from audit.logs.profiles.reading import read_profile, shipped_profiles
from audit.logs.profiles.yaml_text import LONGEST_YAML
from audit.logs.profiles.zones import read_zone
from audit.logs.sources import SourceRequest
from config.errors import Invalid

FORMATS: tuple[str, ...] = get_args(Format)
LONGEST_NAME = 100
_PLACES = {".", "..", "new", "upload", "detect", "staged"}  # what stands beside the pages of sources


def read_source_form(typed: Mapping[str, str]) -> tuple[SourceRequest, dict[str, str]]:
    """Give the source that is asked for, and what is wrong by field; it counts only where nothing is.

    Args:
        typed: By field; `shipped` names a profile of the product, in whose place `profile` is the text of one.
    """
    name, log_format, zone = typed["name"].strip(), typed["format"].strip(), typed["time_zone"].strip()
    shipped, profile = typed.get("shipped", "").strip(), typed.get("profile", "").replace("\r\n", "\n").strip()
    faults = dict[str, str]()
    if not name or not name.isprintable() or len(name) > LONGEST_NAME or "/" in name:
        faults["name"] = f"Give a name of at most {LONGEST_NAME} letters that can be printed, without a slash."
    elif name in _PLACES:
        faults["name"] = "Choose another name; in addresses this one leads elsewhere."
    if log_format not in FORMATS:
        faults["format"] = f"Choose one of {', '.join(FORMATS)}."
    if not typed["system"].isprintable():
        faults["system"] = "Give a name of letters that can be printed."
    try:
        read_zone(zone)
    except Invalid as refusal:
        faults["time_zone"] = str(refusal)
    if shipped and shipped not in shipped_profiles():
        faults["shipped"] = "Choose one of the list."
    text = shipped_profiles().get(shipped, "") if shipped else f"{profile}\n" if profile else ""
    faults |= _faults_of_profile(text, log_format)
    return SourceRequest(name, log_format, text, zone, typed["system"].strip() or name), faults


def _faults_of_profile(text: str, log_format: str) -> dict[str, str]:
    if len(text) > LONGEST_YAML:
        return {"profile": "This is longer than any profile."}
    try:
        of = read_profile(text, "The profile").format if text else log_format
    except Invalid as refusal:
        return {"profile": str(refusal)}
    if of != log_format and log_format in FORMATS:
        return {"format": f"The profile is for {of} logs; choose {of}, or another profile."}
    return {}
