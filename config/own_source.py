"""The name of the source, and of the system, of this service's own log: who looked at what in it."""

from config.texts import compare_form

OWN_SOURCE = "thirteen"
# Who looks could else say of themselves whose looks these were, or that they are none.
OWN_KEPT = "is this service itself, which keeps by itself whose its accounts are and what is looked at in it"


def is_own(name: str) -> bool:
    """Say whether a name of a source or of a system is that of this service's own log."""
    return compare_form(name) == OWN_SOURCE
