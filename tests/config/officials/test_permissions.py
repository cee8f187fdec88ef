"""The policy file: what stands in it is meant, and once."""

import csv
from importlib.resources import files

from config.officials.permissions import Role, Scope, scope_of

_PERSONS = {"findings", "events", "decisions", "people", "work access", "temporary duties", "reports", "changes"}


def _lines() -> list[list[str]]:
    text = files("config").joinpath("officials").joinpath("policy.csv").read_text("utf-8")
    return [line for line in csv.reader(text.splitlines(), skipinitialspace=True) if line and line[0] == "p"]


def test_each_line_names_a_role_and_a_scope_and_stands_once() -> None:
    lines = _lines()

    assert {line[1] for line in lines} <= set(Role)
    assert {line[4] for line in lines} <= set(Scope)
    assert len({tuple(line[:4]) for line in lines}) == len(lines)


def test_the_responsible_authority_may_all_that_the_compliance_official_may() -> None:
    for _, role, act, thing, scope in _lines():
        if role == Role.COMPLIANCE_OFFICIAL:
            assert scope_of([Role.RESPONSIBLE_AUTHORITY], act, thing) == scope


def test_an_administrator_sees_no_persons_data_and_an_auditor_changes_nothing() -> None:
    lines = _lines()

    assert not {line[3] for line in lines if line[1] == Role.ADMINISTRATOR} & _PERSONS
    # their own account, and as an employee what they themselves were asked to explain
    own = {line[3] for line in lines if line[1] == Role.AUDITOR and line[2] == "change"}
    assert own == {"own account", "explanations"}
    assert {line[2] for line in lines if line[1] == Role.AUDITOR and line[3] not in own} == {"read", "export", "run"}
    assert {line[3] for line in lines if line[1] == Role.AUDITOR and line[2] == "run"} == {"reports"}


def test_who_has_several_roles_reaches_as_far_as_the_farthest() -> None:
    assert scope_of([Role.MANAGER, Role.HR], "read", "people") == Scope.ALL
    assert scope_of([Role.MANAGER], "read", "people") == Scope.PEOPLE_BELOW
    assert scope_of([Role.EMPLOYEE], "read", "people") is None
