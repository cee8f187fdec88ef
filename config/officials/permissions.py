"""What a role may do in this service: the policy file, asked through Casbin."""

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import casbin


class Scope(StrEnum):
    """To which of the things that a permission names it reaches."""

    ALL = "all"
    PEOPLE_BELOW = "people_below"
    OWN = "own"


class Role(StrEnum):
    """What an official is here; several at once where need be."""

    RESPONSIBLE_AUTHORITY = "responsible_authority"
    COMPLIANCE_OFFICIAL = "compliance_official"
    HR = "hr"
    MANAGER = "manager"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    EMPLOYEE = "employee"


# What one may do to a thing; `run` starts an audit, an import, a report or a job.
ACTS = ("read", "change", "export", "run")
# The wider scope comes first: who has several roles reaches as far as the farthest of them.
_WIDEST_FIRST = (Scope.ALL, Scope.PEOPLE_BELOW, Scope.OWN)


def scope_of(roles: Iterable[str], act: str, thing: str) -> Scope | None:
    """Say how far officials of some roles reach with an act; None where they may not do it at all."""
    scopes = {_scope_of_role(role, act, thing) for role in roles}
    return next((scope for scope in _WIDEST_FIRST if scope in scopes), None)


@lru_cache(None)
def _scope_of_role(role: str, act: str, thing: str) -> Scope | None:
    allowed, line = _enforcer().enforce_ex(role, act, thing)
    return Scope(line[3]) if allowed else None


@lru_cache(1)
def _enforcer() -> "casbin.Enforcer":
    import casbin  # noqa: PLC0415 - slow to load, and most commands ask nothing of it
    from casbin.persist.adapters.string_adapter import StringAdapter  # noqa: PLC0415 - the same

    folder = files("config").joinpath("officials")
    model = casbin.Enforcer.new_model(text=folder.joinpath("policy.conf").read_text("utf-8"))
    return casbin.Enforcer(model, StringAdapter(folder.joinpath("policy.csv").read_text("utf-8")))
