"""Nobody overwrites what they have not seen: each thing has a version, and a change names the one it is made of."""

import hashlib
from typing import Annotated

from fastapi import Depends, Header

from config.errors import Refusal


class VersionMissing(Refusal):
    """A change does not say of which version it is made; the API answers 428."""


class VersionStale(Refusal):
    """The thing has changed since the version of which a change is made; the API answers 412."""


def version_of(*parts: object) -> str:
    """Make the version of a thing from what tells its states apart, as the header ETag writes it."""
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:16]}"'


def _named_version(
    if_match: Annotated[
        str, Header(alias="If-Match", description="The ETag of the thing as it was seen; `*` = whatever stands.")
    ] = "",
) -> str:
    named = if_match.strip()
    if not named:
        raise VersionMissing("Say of which version the change is made: send the thing's ETag as If-Match.")
    return named


# the version that a request for a change names
NamedVersion = Annotated[str, Depends(_named_version)]


def check_version(named: str, standing: str) -> None:
    """Check that a change is made of the version that stands.

    Raises:
        VersionStale: It is made of another one.
    """
    if standing not in {one.strip().removeprefix("W/") for one in named.split(",")} and named != "*":
        raise VersionStale("It has changed meanwhile; look at what stands now, and decide again.")
