"""What a change of grants would make of them: the change is made, looked at, and taken back by whoever tries it."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from access.facts import Access, Duty, Facts
from access.load_facts import StatedGrants, load_grants
from access.rules import GrantKind
from config.texts import compare_form
from config.work import Work

_OF_TEXT = "inventory:"


@dataclass(frozen=True)
class Tried:
    """The grants of some series before a change and after it.

    Args:
        series: Their codes.
    """

    series: frozenset[str]
    before: StatedGrants
    after: StatedGrants

    @property
    def gone(self) -> StatedGrants:
        """What was granted so, and is no longer."""
        return less(self.before, self.after)

    @property
    def new(self) -> StatedGrants:
        """What is granted so since."""
        return less(self.after, self.before)


def try_grants(work: Work, series: Collection[str] | None, make: Callable[[], object]) -> Tried:
    """Make a change of grants, and say what it makes of those of some series.

    Args:
        work: Is taken back by the caller (`Installation.tried`).
        series: Their codes; None = of those whose grants it changes.
        make: Makes the change; what it refuses is refused.
    """
    graces = work.settings.graces()
    before = load_grants(work.session, at=work.now, graces=graces, series=series)
    make()
    work.session.flush()
    after = load_grants(work.session, at=work.now, graces=graces, series=series)
    codes = _changed(before, after) if series is None else frozenset(series)
    return Tried(codes, _of(before, codes), _of(after, codes))


def _changed(before: StatedGrants, after: StatedGrants) -> frozenset[str]:
    return frozenset(
        row.series for grants in (less(before, after), less(after, before)) for rows in grants for row in rows
    ) - {"*"}


def _of(grants: StatedGrants, series: frozenset[str]) -> StatedGrants:
    return StatedGrants(
        tuple(one for one in grants.accesses if one.series in series),
        tuple(one for one in grants.duties if one.series in series),
        tuple(one for one in grants.officer_duties if one.series in {"*", *series}),
    )


def with_texts(facts: Facts, grants: StatedGrants, series: Collection[str]) -> StatedGrants:
    """Give grants of some series with those that the texts of the inventory make."""
    by_text = [one for code in sorted(series) for one in facts.accesses_to.get(code, ()) if _is_of_text(one)]
    return grants._replace(accesses=(*grants.accesses, *by_text))


def people_of(facts: Facts, *several: StatedGrants) -> frozenset[str]:
    """Give the employees whom some grants reach at some time."""
    found = set[str]()
    for grants in several:
        found |= {duty.employee_id for duty in (*grants.duties, *grants.officer_duties)}
        for access in set(_holders(grants.accesses)):
            found |= _reached(facts, *access)
    return frozenset(found & facts.employees.keys())


def _is_of_text(one: Access) -> bool:
    return one.grant_id.startswith(_OF_TEXT)


def _holders(accesses: Collection[Access]) -> Iterator[tuple[str, str]]:
    return ((one.holder_type, one.holder) for one in accesses)


def _reached(facts: Facts, kind: str, holder: str) -> set[str]:
    if kind == GrantKind.EMPLOYEE:
        return {holder}
    if kind == GrantKind.EVERYONE:
        return {one.employee_id for one in facts.employments}
    codes = {holder}
    if kind == GrantKind.DEPARTMENT:
        form = compare_form(holder)
        codes = {code for code, one in facts.positions.items() if compare_form(one.department) == form}
    return {one.employee_id for one in facts.holdings if one.position_code in codes}


def less(some: StatedGrants, others: StatedGrants) -> StatedGrants:
    """Give what some grants state and others do not."""
    return StatedGrants(
        _without(some.accesses, others.accesses),
        _without_duties(some.duties, others.duties),
        _without_duties(some.officer_duties, others.officer_duties),
    )


def _without(some: tuple[Access, ...], others: tuple[Access, ...]) -> tuple[Access, ...]:
    known = set(others)
    return tuple(one for one in some if one not in known)


def _without_duties(some: tuple[Duty, ...], others: tuple[Duty, ...]) -> tuple[Duty, ...]:
    known = set(others)
    return tuple(one for one in some if one not in known)
