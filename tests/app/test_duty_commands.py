"""Temporary duties on the command line: said back, granted, listed, extended, revoked; in a pipe nothing is asked."""

from tests.app.commands import Thirteen

_GRANT = ("duty", "grant", "--employee", "E1", "--series", "S4", "--by", "E2", "--reason", "covers for Eve")


def test_a_duty_is_said_back_granted_listed_extended_and_revoked(town_thirteen: Thirteen) -> None:
    granted = town_thirteen(*_GRANT, "--to", "+3d", "--actions", "view;print")
    duty = granted.out.split()[1]
    assert (granted.status, granted.out) == (0, f"Duty {duty} is in force.\n")
    assert "Ann Olson (E1) may view, print" in granted.err
    assert "(America/Chicago)" in granted.err

    line = town_thirteen("duty", "list", "--state", "in force").out.splitlines()[1]
    assert line.startswith(duty)
    assert "Ann Olson (E1)" in line

    assert f"Duty {duty} holds through" in town_thirteen("duty", "extend", duty, "--to", "+5d").out
    assert town_thirteen("duty", "revoke", duty, "--reason", "Eve is back").out == f"Duty {duty} is revoked.\n"
    again = town_thirteen("duty", "revoke", duty, "--reason", "Eve is back")
    assert (again.status, again.out) == (1, "")
    assert "This duty is revoked" in again.err


def test_a_duty_that_is_too_long_is_refused(town_thirteen: Thirteen) -> None:
    ran = town_thirteen(*_GRANT, "--to", "+3d", "--from", "2020-01-01")
    assert (ran.status, ran.out) == (1, "")
    assert "A duty lasts at most 90 days" in ran.err


def test_nobody_grants_themselves_a_duty_at_the_command_line_either(town_thirteen: Thirteen) -> None:
    ran = town_thirteen(
        "duty", "grant", "--employee", "E2", "--series", "S4", "--by", "e2", "--reason", "x", "--to", "today"
    )

    assert (ran.status, ran.out) == (1, "")
    assert "Nobody decides about a duty of their own" in ran.err


def test_what_is_wrong_with_a_duty_is_said_all_at_once(town_thirteen: Thirteen) -> None:
    ran = town_thirteen(*_GRANT[:-1], "", "--to", "someday")

    assert ran.status == 1
    assert "  end: This cannot be read; expected a date such as 2025-03-01" in ran.err
    assert "  reason: Say why they need it" in ran.err


def test_a_duty_of_somebody_who_has_left_is_not_granted_without_saying_so(town_thirteen: Thirteen) -> None:
    ran = town_thirteen("duty", "grant", "--employee", "E3", "--to", "+3d", *_GRANT[4:])

    assert "Cy Dale is not employed then, and nothing is authorized outside employment." in ran.out
