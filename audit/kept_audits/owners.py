"""Whose the accounts in logs are at some time, and which accounts' answers can have changed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from access.accounts import AccountNormalising, normal_system
from access.facts import Facts
from audit.kept_audits.fingerprints import Changed, system_and_login
from audit.logs.event_store import Store


class Owners:
    """Knows the owners of accounts as each source compares these.

    Args:
        facts: What is known.
        store: The logs.
        normalising: How accounts compare, by source key.
    """

    def __init__(self, facts: Facts, store: Store, normalising: Mapping[int, AccountNormalising]) -> None:
        self._systems = {key: normal_system(system) for key, system in store.systems.items()}
        self._normalising = normalising
        logins = [(normal_system(one.system), one) for one in facts.logins]
        self._owners: dict[int, dict[str, set[str]]] = {key: defaultdict(set) for key in self._systems}
        for key, system in self._systems.items():
            how = self._how(key)
            for of_system, login in logins:
                if of_system == system:
                    self._owners[key][how.key(login.login)].add(login.employee_id)

    def employees_among(self, names: Iterable[tuple[int, str]]) -> set[str]:
        """Give the employees whose some accounts are: source key and name each."""
        return {employee for key, name in names for employee in self._owners[key].get(self._how(key).key(name), ())}

    def touched_among(self, names: Iterable[tuple[int, str]], changed: Changed) -> Iterator[tuple[int, str]]:
        """Give those of some accounts that are another's than before, or whose employee is known otherwise."""
        forms = {key: self._touched_forms(key, changed) for key in self._systems}
        return ((key, name) for key, name in names if forms[key] and self._how(key).key(name) in forms[key])

    def _touched_forms(self, key: int, changed: Changed) -> set[str]:
        logins = map(system_and_login, changed.logins)
        forms = {self._how(key).key(login) for system, login in logins if system == self._systems[key]}
        return forms | {form for form, owners in self._owners[key].items() if owners & changed.employees}

    def _how(self, key: int) -> AccountNormalising:
        return self._normalising.get(key, AccountNormalising())
