"""Who is told: the officials who may sign in, found by what they may do, who they are, and whose people are whose."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from sqlmodel import col, select

from access.delegations import delegations
from access.models import Employee
from app.people.reach import reach_of
from config.officials.officials import all_officials
from config.officials.permissions import Scope
from config.recorded import current
from config.web.signed_in import SignedIn, as_signed_in
from config.work import Work

_DUTIES = "temporary duties"


class Recipients:
    """The officials of one state of the record who may sign in."""

    def __init__(self, work: Work) -> None:
        self._work = work
        standing = [one for one in all_officials(work.session) if not one.disabled]
        self.addresses: Mapping[str, str] = {one.login: one.email for one in standing if one.email}
        self._by_login = {one.login: as_signed_in(one) for one in standing}
        self._by_employee = defaultdict[str, list[SignedIn]](list)
        for official in self._by_login.values():
            self._by_employee[official.employee_id].append(official)
        self._known = dict[str, Collection[str] | None]()

    def named(self, name: str) -> list[SignedIn]:
        """Give who has a login, or an employee's id."""
        official = self._by_login.get(name)
        return [official] if official else self.of_employee(name)

    def of_employee(self, employee_id: str) -> list[SignedIn]:
        """Give who is an employee."""
        return self._by_employee.get(employee_id, []) if employee_id else []

    def in_place_of(self, manager: str) -> list[SignedIn]:
        """Give a manager, by employee id, and who stands in for them now."""
        return [one for each in (manager, *self._stand_ins.get(manager, ())) for one in self.of_employee(each)]

    def who_may(self, act: str, thing: str) -> list[SignedIn]:
        """Give who may do an act to all of a thing."""
        return [one for one in self._by_login.values() if one.reach(act, thing) is Scope.ALL]

    def may_look_at_duty(self, official: SignedIn, employee_id: str) -> bool:
        """Say whether an official may look at the temporary duties of an employee."""
        if official.login not in self._known:
            self._known[official.login] = self._people_of(official)
        known = self._known[official.login]
        return known is None or employee_id in known

    def deciders(self, employee_id: str, *, but: Collection[str] = ()) -> list[SignedIn]:
        """Give who decides about an employee's duties: the nearest manager above who signs in here, and who stands in.

        Where there is none, all who may decide about everybody's, so that nothing waits for nobody.

        Args:
            but: Ids or logins of those who may not, beside the employee.
        """
        out = {employee_id, *but}
        for manager in self._managers_above(employee_id):
            near = {manager, *self._stand_ins.get(manager, ())} - out
            found = [one for each in sorted(near) for one in self.of_employee(each) if one.login not in out]
            if deciding := [one for one in found if one.may("change", _DUTIES)]:
                return deciding
        return [one for one in self.who_may("change", _DUTIES) if not {one.login, one.employee_id} & out]

    def _people_of(self, official: SignedIn) -> Collection[str] | None:
        """Give the employees at whose duties an official may look; None = everybody's."""
        scope = official.reach("read", _DUTIES)
        if scope is None:
            return ()
        people = reach_of(self._work, replace(official, scope=scope)).people()
        return None if people is None else {official.employee_id, *self._work.session.exec(people)}

    def _managers_above(self, employee_id: str) -> Iterator[str]:
        seen = {employee_id, ""}
        while (manager := self._managers.get(employee_id, "")) not in seen:
            seen.add(manager)
            yield manager
            employee_id = manager

    @cached_property
    def _managers(self) -> Mapping[str, str]:
        columns = select(Employee.employee_id, Employee.manager_id)
        chosen = columns.where(current(Employee), col(Employee.manager_id) != "")
        return dict(iter(self._work.session.exec(chosen)))

    @cached_property
    def _stand_ins(self) -> Mapping[str, list[str]]:
        found = defaultdict[str, list[str]](list)
        for one in delegations(self._work.session, self._work.now):
            if one.start <= self._work.now:
                found[one.manager_id].append(one.delegate_id)
        return found
