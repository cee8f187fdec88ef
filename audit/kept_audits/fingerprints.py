"""Fingerprints of what decisions rest on, by whom or what it is about: where two are equal, so are the answers.

A decision rests on what its account's employee is and was given, on the series with what is granted of it to more than
one employee, on whose the account is, and on what the resource maps to. What is known of each is one fingerprint.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from access.accounts import normal_system
from access.facts import Facts, MeantPurpose
from audit.build_cases import holder_in_words
from config.texts import compare_form

_PART = "\x1f"


@dataclass(frozen=True)
class Fingerprints:
    """What is known, in fingerprints.

    Args:
        employees: By employee's id: all that is known of the employee, and was given to the employee alone or through
            a position or an office; the names of the employee and of the supervisor.
        series: By code: the series, and who may reach it but for single employees.
        holders: By code of a series: who may reach it, as sentences name them.
        logins: By system and login, both in compare form: whose it is, and when.
        patterns: Of all patterns together.
        purposes: By source, way to match and text: what it means.
    """

    employees: Mapping[str, str]
    series: Mapping[str, str]
    holders: Mapping[str, str]
    logins: Mapping[str, str]
    patterns: str
    purposes: Mapping[str, str]


def fingerprints_of(facts: Facts) -> Fingerprints:
    """Give the fingerprints of what is known."""
    return Fingerprints(
        _fingerprints(_of_employees(facts)),
        _fingerprints(_of_series(facts)),
        _fingerprints((one.series, holder_in_words(facts, one)) for one in facts.accesses),
        _fingerprints((f"{normal_system(one.system)}{_PART}{compare_form(one.login)}", one) for one in facts.logins),
        _fingerprint(facts.patterns),
        _fingerprints((_PART.join((one.source, one.match, compare_form(one.typed))), one) for one in facts.purposes),
    )


def _differing(before: Mapping[str, str], now: Mapping[str, str]) -> frozenset[str]:
    """Give the keys of two sets of fingerprints under which they differ."""
    return frozenset(key for key in before.keys() | now.keys() if before.get(key) != now.get(key))


@dataclass(frozen=True)
class Changed:
    """What is known otherwise than at an audit: keys as in `Fingerprints`."""

    employees: frozenset[str]
    series: frozenset[str]
    holders: frozenset[str]
    logins: frozenset[str]
    patterns: bool
    purposes: frozenset[str]

    @classmethod
    def between(cls, before: Fingerprints, now: Fingerprints) -> "Changed":
        """Give what differs."""
        return cls(
            _differing(before.employees, now.employees),
            _differing(before.series, now.series),
            _differing(before.holders, now.holders),
            _differing(before.logins, now.logins),
            before.patterns != now.patterns,
            _differing(before.purposes, now.purposes),
        )


def system_and_login(key: str) -> tuple[str, str]:
    """Give the system and the login of a key of `Fingerprints.logins`."""
    system, _, login = key.partition(_PART)
    return system, login


def purpose_of_key(key: str) -> MeantPurpose:
    """Give the row of the purpose map that a key of `Fingerprints.purposes` stands for, whatever it means."""
    source, match, typed = key.split(_PART)
    return MeantPurpose(source, match, typed, "")


def _of_employees(facts: Facts) -> Iterable[tuple[str, object]]:
    for employee in facts.employees.values():
        manager = facts.employees.get(employee.manager_id)
        yield employee.employee_id, ("employee", employee.name, manager.name if manager else "")
    for kind, periods in (("employment", facts.employments), ("office", facts.offices)):
        for period in periods:
            yield period.employee_id, (kind, period)
    for holding in facts.holdings:
        position = facts.positions.get(holding.position_code)
        yield holding.employee_id, ("holding", holding, (position.title, position.department) if position else ())
    for duty in facts.duties:
        yield duty.employee_id, ("duty", duty, facts.revocations.get(duty.grant_id))
    for duty in facts.officer_duties:
        yield duty.employee_id, ("officer duty", duty)
    for access in facts.accesses:
        if access.holder_type == "employee":
            yield access.holder, ("access", access)


def _of_series(facts: Facts) -> Iterable[tuple[str, object]]:
    for series in facts.series.values():
        yield series.code, asdict(series)
    for access in facts.accesses:
        if access.holder_type != "employee":
            yield access.series, access


def _fingerprints(known: Iterable[tuple[str, object]]) -> dict[str, str]:
    about: dict[str, list[object]] = defaultdict(list)
    for key, fact in known:
        about[key].append(fact)
    return {key: _fingerprint(known_of) for key, known_of in about.items()}


def _fingerprint(known: object) -> str:
    return hashlib.blake2b(json.dumps(known).encode(), digest_size=16).hexdigest()
