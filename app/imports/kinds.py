"""The kinds of files that can be sent, and who may: the thing of the policy file that each kind is."""

from collections.abc import Mapping

from config.applied_imports import LOG
from config.errors import NotPermitted
from config.web.signed_in import SignedIn

_PEOPLE, _INVENTORY, _WORK_ACCESS = "people imports", "inventory imports", "work access imports"
# in the order of access/import_kinds.py, which is that in which files can be imported
THING_OF: Mapping[str, str] = {
    "inventory": _INVENTORY,
    "positions": _PEOPLE,
    "employees": _PEOPLE,
    "assignments": _PEOPLE,
    "roster": _PEOPLE,
    "accounts": _PEOPLE,
    "work-access": _WORK_ACCESS,
    "temporary-duties": _WORK_ACCESS,
    "officers": _WORK_ACCESS,
    "officer-duties": _WORK_ACCESS,
    "resources": _INVENTORY,
    "purposes": _INVENTORY,
    "cases": _INVENTORY,
    "trainings": _PEOPLE,
    LOG: "log imports",
}


def kinds_of(official: SignedIn) -> list[str]:
    """Give the kinds of tables that an official may import."""
    return [kind for kind, thing in THING_OF.items() if kind != LOG and official.may("run", thing)]


def refuse_other_kinds(official: SignedIn, kind: str) -> None:
    """Refuse a kind that an official may not import.

    Raises:
        NotPermitted: It is one.
    """
    if not official.may("run", THING_OF[kind]):
        raise NotPermitted(f"Your role here may not import {kind.replace('-', ' ')}.")
