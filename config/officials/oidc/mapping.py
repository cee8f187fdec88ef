"""Who gets in through the identity provider, and as what: a TOML file that a person reads. Nobody else gets in.

login = "preferred_username"        # the claims that name an official's login, name and employee id
name = "name"
employee_id = "employee_number"

[roles]                             # roles by what a claim says
claim = "groups"
values = { "Thirteen audits" = ["compliance_official"], "Thirteen HR" = ["hr"] }

[[people]]                          # or one by one, by what the provider calls them (sub)
subject = "00u1a2b3"
roles = ["administrator"]
login = "pat"
"""

import tomllib
from collections.abc import Iterator
from collections.abc import Mapping as Claims
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from config.errors import Invalid
from config.officials.permissions import Role

_Text = Annotated[str, Field(min_length=1, max_length=500)]
_Roles = Annotated[tuple[Role, ...], Field(min_length=1)]
_LONGEST = 500  # letters of a claim that anything is made of


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Person(_Part):
    """A person by what the provider calls them; `login` is that of an official who is here already, if given."""

    subject: _Text
    roles: _Roles
    login: str = ""
    employee_id: str = ""


class RolesByClaim(_Part):
    """Which roles each value of a claim gives."""

    claim: _Text
    values: dict[str, _Roles]


class Mapping(_Part):
    """What the file says.

    Args:
        login: The claim that names an official's login; `name` and `employee_id` the same of these.
    """

    login: _Text = "preferred_username"
    name: str = "name"
    employee_id: str = ""
    roles: RolesByClaim | None = None
    people: tuple[Person, ...] = ()

    def person(self, subject: str) -> Person | None:
        """Give the person whom the file names by what the provider calls them."""
        return next((one for one in self.people if one.subject == subject), None)

    def roles_of(self, subject: str, claims: Claims[str, Any]) -> list[Role]:
        """Give the roles of a person in their stated order; none = they do not get in."""
        person = self.person(subject)
        given = set(person.roles if person else ())
        if self.roles is not None:
            for value in _values(find_claim(claims, self.roles.claim)):
                given.update(self.roles.values.get(value, ()))
        return [role for role in Role if role in given]

    def claims(self) -> Iterator[str]:
        """Give the claims that it asks for."""
        yield from filter(None, (self.login, self.name, self.employee_id))
        if self.roles is not None:
            yield self.roles.claim


def read_mapping(text: str, name: str) -> Mapping:
    """Read the file.

    Raises:
        Invalid: It is no TOML, or says what cannot be used.
    """
    try:
        return Mapping.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise Invalid(f"{name} is no valid TOML: {error}.") from error
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, one['loc'])) or 'the file'}: {one['msg']}" for one in error.errors()]
        raise Invalid(f"{name} cannot be used: {'; '.join(faults)}.") from error


def find_claim(claims: Claims[str, Any], name: str) -> object:
    """Give a claim by its name, or by a path with dots (`realm_access.roles`); None where there is none."""
    if name in claims:
        return claims[name]
    found: object = claims
    for part in name.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found


def text_of(claims: Claims[str, Any], name: str) -> str:
    """Give a claim as text; empty where there is none, or it is none."""
    found = find_claim(claims, name) if name else None
    # no database takes a NUL, and nobody is called by a letter that cannot be seen
    is_text = isinstance(found, str) and len(found) <= _LONGEST and found.isprintable()
    return str(found).strip() if is_text else ""


def _values(claim: object) -> list[str]:
    values = claim if isinstance(claim, list) else [claim]
    return [value for value in values if isinstance(value, str)]
