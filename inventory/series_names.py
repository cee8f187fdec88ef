"""Finds a data series by what people call it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from config.errors import Conflict, NotFound
from config.texts import compare_form


class _Named(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...


S = TypeVar("S", bound=_Named)


class SeriesNames(Generic[S]):
    """Finds a data series by its code or its exact name, in the form in which texts compare."""

    def __init__(self, series: Sequence[S]) -> None:
        self._by_code = {compare_form(found.code): found for found in series}
        self._by_name: dict[str, list[S]] = defaultdict(list)
        for found in series:
            self._by_name[compare_form(found.name)].append(found)

    def find(self, text: str) -> S:
        """Find the series that a code or an exact name means.

        Raises:
            NotFound: The inventory has no such series.
            Conflict: Several series have this name.
        """
        key = compare_form(text)
        if key in self._by_code:
            return self._by_code[key]
        named = self._by_name.get(key, [])
        if not named:
            raise NotFound(f'The inventory has no data series with the code or name "{text}".')
        if len(named) > 1:
            codes = ", ".join(found.code for found in named)
            raise Conflict(f'Several data series are named "{text}"; give the code of the one meant: {codes}.')
        return named[0]
