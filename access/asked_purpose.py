"""Which purpose is meant where somebody asks about an access that no log has: as an audit would read it in a log."""

from collections.abc import Callable, Collection
from itertools import islice

from access.purpose_map import PurposeMap
from access.rules import normal_purpose
from config.errors import Invalid


class PurposeReader:
    """Reads the purposes of questions by the purpose map.

    Args:
        described: Gives the purposes that some work access or duty lists, in the form in which they compare.
    """

    def __init__(self, meant: PurposeMap, described: Callable[[], Collection[str]]) -> None:
        self._meant = meant
        self._described = described

    def read(self, typed: str, sources: Collection[str] | None) -> str:
        """Give the purpose that a text means: in the logs of one source, what its map says, else the text itself.

        Where it may be of several sources, it means what the maps of some of them say and no other says otherwise. But
        where one of them has no row for it, and some work access lists the text itself, that is what it means.

        Args:
            sources: In whose logs the access would stand; None = nobody says.

        Raises:
            Invalid: It means different purposes in the logs of these sources.
        """
        asked = self._meant.sources if sources is None else sources
        found = {source: self._meant.of(source, typed) for source in sorted(asked)}
        said = {normal_purpose(purpose): (source, purpose) for source, purpose in found.items() if purpose is not None}
        may_stand = sources is None or None in found.values()  # in logs of which no map speaks of it
        if not said or (may_stand and normal_purpose(typed) in self._described()):
            return typed
        if len(said) > 1:
            (one, first), (other, second) = islice(said.values(), 2)
            raise Invalid(
                f'"{typed}" means {first} in the logs of {one} and {second} in those of {other}; say of which source '
                "it is."
            )
        ((_, purpose),) = said.values()
        return purpose
