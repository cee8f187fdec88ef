"""One spelling for texts that compare as equal: that of the record, else the one that was written first."""

from collections.abc import Iterable

from config.texts import compare_form


class Spellings:
    """The spelling of each text of one kind, such as the ids of employees.

    Args:
        recorded: Those that stand, in the order in which they were recorded.
    """

    def __init__(self, recorded: Iterable[str]) -> None:
        self._exact = set(recorded)
        self._by_form: dict[str, str] | None = None

    def find(self, text: str) -> str | None:
        """Give the spelling of a text; None where nothing equal was written yet."""
        if text in self._exact:
            return text
        return self._forms.get(compare_form(text))

    def of(self, text: str) -> str:
        """Give the spelling of a text; where nothing equal was written yet, it is the spelling from now on."""
        found = self.find(text)
        if found is None:
            found = self._forms[compare_form(text)] = text
            self._exact.add(text)
        return found

    @property
    def _forms(self) -> dict[str, str]:
        if self._by_form is None:  # most files spell as the record does, and forms of many texts take their time
            self._by_form = {compare_form(text): text for text in sorted(self._exact)}
        return self._by_form
