"""`python -m tests.vulnerabilities FILE.zip`: hold the pinned packages against a list of known vulnerabilities.

The list is the archive of advisories on Python packages that the OSV project publishes, fetched beforehand: so that a
machine without a way out can be checked as well, and the same check says the same tomorrow. Exit status 1 where a
pinned version is named, 2 where the list cannot be read.
"""

import json
import re
import sys
import zipfile
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

_LOCKS = ("requirements.txt", "requirements-dev.txt")
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)


def main() -> int:
    """Say which pinned versions are named."""
    if len(sys.argv) != 2:
        sys.stderr.write("Name the archive of advisories: the file all.zip of OSV's folder PyPI.\n")
        return 2
    root = Path(__file__).resolve().parents[1]
    pinned = {pin for lock in _LOCKS for pin in read_pins((root / lock).read_text("utf-8"))}
    try:
        with zipfile.ZipFile(sys.argv[1]) as archive:
            advisories = [json.loads(archive.read(name)) for name in archive.namelist() if name.endswith(".json")]
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        sys.stderr.write(f"{sys.argv[1]} cannot be read as an archive of advisories ({error}).\n")
        return 2
    if not advisories:
        sys.stderr.write(f"{sys.argv[1]} holds no advisory, so nothing can be said.\n")
        return 2
    found = sorted(line for advisory in advisories for line in named(advisory, pinned))
    sys.stdout.writelines(f"{line}\n" for line in found)
    sys.stdout.write(f"{len(pinned)} pinned versions, {len(advisories):,} advisories, {len(found)} named.\n")
    return 1 if found else 0


def read_pins(lock: str) -> Iterator[tuple[str, str]]:
    """Give the names, as they compare, and the versions that a lock file pins."""
    return ((_compared(name), version) for name, version in _PINNED.findall(lock))


def named(advisory: Mapping[str, Any], pinned: Collection[tuple[str, str]]) -> Iterator[str]:
    """Say which pinned versions an advisory names; one that was withdrawn names none."""
    if "withdrawn" in advisory:
        return
    for affected in advisory.get("affected", ()):
        package = affected.get("package", {})
        name = _compared(str(package.get("name", ""))) if package.get("ecosystem") == "PyPI" else ""
        for _, version in (pin for pin in pinned if pin[0] == name):
            if _is_affected(Version(version), affected):
                said = " ".join(str(advisory.get("summary") or advisory.get("details", "")).split())[:120]
                yield f"{name} {version}: {advisory['id']}: {said}"


def _is_affected(version: Version, affected: Mapping[str, Any]) -> bool:
    if any(_read(one) == version for one in affected.get("versions", ())):
        return True
    ranges = (one["events"] for one in affected.get("ranges", ()) if one.get("type") == "ECOSYSTEM")
    return any(_is_within(version, events) for events in ranges)


def _is_within(version: Version, events: list[Mapping[str, str]]) -> bool:
    """Say whether a version lies in a range, by its events in their order: introduced, fixed, last affected."""
    is_within = False
    for event in sorted(events, key=lambda event: _read(next(iter(event.values()))) or Version("0")):
        ((kind, text),) = event.items()
        edge = _read(text)
        if edge is None:
            continue
        if kind == "introduced" and version >= edge:
            is_within = True
        elif (kind == "fixed" and version >= edge) or (kind == "last_affected" and version > edge):
            is_within = False
    return is_within


def _read(text: str) -> Version | None:
    try:
        return Version(text)
    except InvalidVersion:  # of a time before versions had a form
        return None


def _compared(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main())
