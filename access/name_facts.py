"""What of a state of knowledge maps the names in logs to one employee and to series; it grants nothing."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from access.accounts import AccountNormalising
from access.facts import Facts, Login, Period


class NameFacts:
    """Narrows facts to those that map names; what several narrowings ask for is looked up once."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._by_employee: dict[str, list[Login]] | None = None
        self._by_form = dict[AccountNormalising, Mapping[str, Sequence[Login]]]()

    def of(self, employee_id: str, normalisings: Collection[AccountNormalising]) -> Facts:
        """Give what maps the names in logs, as far as they can be an employee's.

        Args:
            normalisings: In which ways accounts compare in the logs.
        """
        forms = {how: forms_of(self._logins_of(employee_id), how) for how in normalisings}
        return self._narrowed({employee_id}, forms)

    def of_account(self, form: str, normalisings: Collection[AccountNormalising]) -> Facts:
        """Give what maps the names in logs, as far as they can be an account in the form in which it compares."""
        return self._narrowed(set(), dict.fromkeys(normalisings, (form,)))

    def of_forms(self, forms: Mapping[AccountNormalising, Collection[str]]) -> Facts:
        """Give what maps the names in logs, as far as they can be accounts in the forms in which they compare."""
        return self._narrowed(set(), forms)

    def _narrowed(self, people: set[str], forms: Mapping[AccountNormalising, Collection[str]]) -> Facts:
        found = [login for how, some in forms.items() for form in some for login in self._alike(how).get(form, ())]
        logins = tuple(dict.fromkeys(found))
        named, facts = people | {login.employee_id for login in logins}, self._facts
        return replace(
            facts,
            employees={one: facts.employees[one] for one in named if one in facts.employees},
            employments=_of(named, facts.employments_of),
            offices=_of(named, facts.offices_of),
            logins=logins,
            holdings=(),
            accesses=(),
            duties=(),
            officer_duties=(),
            positions={},
        )

    def _logins_of(self, employee_id: str) -> Sequence[Login]:
        if self._by_employee is None:
            by_employee = defaultdict[str, list[Login]](list)
            for login in self._facts.logins:
                by_employee[login.employee_id].append(login)
            self._by_employee = dict(by_employee)
        return self._by_employee.get(employee_id, ())

    def _alike(self, how: AccountNormalising) -> Mapping[str, Sequence[Login]]:
        """Give the logins by the form in which they compare so."""
        if how not in self._by_form:
            by_form = defaultdict[str, list[Login]](list)
            for login in self._facts.logins:
                by_form[how.key(login.login)].append(login)
            self._by_form[how] = dict(by_form)
        return self._by_form[how]


def forms_of(logins: Iterable[Login], how: AccountNormalising) -> set[str]:
    """Give the forms in which some logins compare."""
    return {how.key(login.login) for login in logins}


def _of(people: Iterable[str], periods: Mapping[str, Sequence[Period]]) -> tuple[Period, ...]:
    return tuple(period for one in people for period in periods.get(one, ()))
