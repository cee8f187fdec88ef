"""The source of this service's own log: who looked at what in it. Nobody else adds to it or changes how it is read."""

from config.errors import Conflict
from config.own_source import OWN_SOURCE, is_own


def refuse_own_source(name: str) -> None:
    """Keep others away from the service's own log.

    Raises:
        Conflict: It is the one that is named.
    """
    if is_own(name):
        raise Conflict(
            f"The source {OWN_SOURCE} is the log of who looked at what in this service, which it keeps by itself. "
            "Nothing was changed; choose another name for a source of yours."
        )
