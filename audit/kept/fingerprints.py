"""Fingerprints of what decisions rest on, by whom or what it is about: where two are equal, so are the answers.

A decision rests on what its account's employee is and was given, on the series with what is granted of it to more than
one employee, on whose the account is, and on what the resource maps to. What is known of each is one fingerprint.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from access.accounts import AccountNormalising, normal_system
from access.facts import Facts
from audit.build_cases import holder_in_words

# Under this all forms of a login are one, whatever of it a source's profile keeps.
_LOOSEST = AccountNormalising()
_PART = "\x1f"


@dataclass(frozen=True)
class Fingerprints:
    """What is known, in fingerprints.

    Args:
        employees: By employee's id: all that is known of the employee, and was given to the employee alone or through
            a position or an office; the names of the employee and of the supervisor.
        series: By code: the series, and who may reach it but for single employees.
        holders: By code of a series: who may reach it, as sentences name them.
        logins: By `login_key`: whose it is, and when.
        patterns: Of all patterns together.
    """

    employees: Mapping[str, str]
    series: Mapping[str, str]
    holders: Mapping[str, str]
    logins: Mapping[str, str]
    patterns: str


def fingerprints_of(facts: Facts) -> Fingerprints:
    """Give the fingerprints of what is known."""
    return Fingerprints(
        _fingerprints(_of_employees(facts)),
        _fingerprints(_of_series(facts)),
        _fingerprints((one.series, holder_in_words(facts, one)) for one in facts.accesses),
        _fingerprints((login_key(one.system, one.login), one) for one in facts.logins),
        _fingerprint(facts.patterns),
    )


def differing(before: Mapping[str, str], now: Mapping[str, str]) -> frozenset[str]:
    """Give the keys of two sets of fingerprints under which they differ."""
    return frozenset(key for key in before.keys() | now.keys() if before.get(key) != now.get(key))


def login_key(system: str, login: str) -> str:
    """Give the key of a login, equal for all that any source of the system takes for one."""
    return f"{normal_system(system)}{_PART}{_LOOSEST.key(login)}"


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
