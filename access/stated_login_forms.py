"""How logins compare, as sources say: to each source, and by system for lists of accounts, which know no sources."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Boolean, text

from access.accounts import AccountNormalising, normal_system
from config.database import Reader

# by its name, as the table's class takes long to load
_STATED = text(
    "SELECT source, system, strip_domain_prefix, strip_domain_suffix FROM login_forms WHERE superseded_at IS NULL"
).columns(strip_domain_prefix=Boolean(), strip_domain_suffix=Boolean())


@dataclass(frozen=True)
class SystemLogins:
    """The sources of one system by name, and how its logins compare: to each of them in its own way."""

    forms: tuple[AccountNormalising, ...] = (AccountNormalising(),)
    sources: frozenset[str] = frozenset()

    def tell_apart(self, login: str) -> str:
        """Give the form in which two logins are one: what one of the sources tells apart is two."""
        keeps_prefix = not all(form.strip_domain_prefix for form in self.forms)
        keeps_suffix = not all(form.strip_domain_suffix for form in self.forms)
        return AccountNormalising(not keeps_prefix, not keeps_suffix).key(login)


def logins_by_system(reader: Reader) -> Mapping[str, SystemLogins]:
    """Give how logins compare, by the compare form of the system; one without a source strips domains."""
    stated = defaultdict[str, dict[str, AccountNormalising]](dict)
    for source, system, normalising in _stated(reader):
        stated[normal_system(system)][source] = normalising
    return {
        system: SystemLogins(tuple(sorted(set(forms.values()), key=repr)), frozenset(forms))
        for system, forms in stated.items()
    }


def forms_by_source(reader: Reader) -> dict[str, AccountNormalising]:
    """Give how logins compare to each source, by its name."""
    return {source: normalising for source, _, normalising in _stated(reader)}


def _stated(reader: Reader) -> Iterator[tuple[str, str, AccountNormalising]]:
    for source, system, strips_prefix, strips_suffix in reader.execute(_STATED):
        yield source, system, AccountNormalising(strips_prefix, strips_suffix)
