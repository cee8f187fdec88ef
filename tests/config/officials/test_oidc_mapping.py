"""The file that says who gets in through the identity provider: what it cannot mean is refused where it stands."""

import pytest

from config.errors import Invalid
from config.officials.oidc.mapping import read_mapping

_ROLES = '[roles]\nclaim = "realm_access.roles"\nvalues = { audits = ["auditor"], hr = ["hr"] }\n'


@pytest.mark.parametrize(
    ("claims", "roles"),
    [
        ({"realm_access": {"roles": ["hr", "audits", "other"]}}, ["hr", "auditor"]),
        ({"realm_access.roles": "hr"}, ["hr"]),
        ({"realm_access": "hr"}, []),
        ({"realm_access": {"roles": [["hr"], {"hr": 1}, None]}}, []),
        ({}, []),
    ],
)
def test_roles_come_from_a_claim_by_its_name_or_its_path(claims: dict[str, object], roles: list[str]) -> None:
    assert read_mapping(_ROLES, "people.toml").roles_of("s", claims) == roles


def test_a_file_that_says_nothing_lets_nobody_in() -> None:
    assert read_mapping("", "people.toml").roles_of("s", {"groups": ["hr"], "roles": ["hr"]}) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("roles = [", "is no valid TOML"),
        ('[roles]\nclaim = "groups"\nvalues = { hr = ["boss"] }', "roles.values.hr.0"),
        ('[roles]\nclaim = "groups"\nvalues = { hr = [] }', "roles.values.hr"),
        ('[[people]]\nsubject = ""\nroles = ["hr"]', "people.0.subject"),
        ('[[people]]\nsubject = "s"\nrole = ["hr"]', "people.0.role"),
        ('people = "all"', "people"),
    ],
)
def test_what_it_cannot_mean_is_refused_by_its_place(text: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        read_mapping(text, "people.toml")
