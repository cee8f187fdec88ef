"""Every way in which an access can be in order: who may open what, by which login, during which time."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.sample_city.chance import Chance
from app.sample_city.city import Account, City
from app.sample_city.reach import Grant, Reach
from app.sample_city.resources import place_of, published_place
from app.sample_city.systems import CANONICAL_ACTIONS
from app.sample_city.words import Words
from app.sample_city.year import CLOCKS_BACK, HOUR, YEAR_END, YEAR_START

SHIFTS = ("day", "evening", "round")
PERMIT = np.dtype(
    [
        ("start", np.int64),  # instants in milliseconds: an access is in order from the start until before the end
        ("end", np.int64),
        ("weight", np.float64),  # how often it is used, against others
        ("shift", np.int8),
        ("system", np.int8),
        ("account", np.int32),  # this and the following: numbers of words
        ("place", np.int32),
        ("actions", np.int32),  # a row of the options
        ("purposes", np.int32),  # a row of the options
        ("subject", np.int32),  # the first of a run of words
        ("subjects", np.int32),  # the length of that run
        ("workstation", np.int32),
    ]
)
_SHARES = {"assigned": 0.88, "public": 0.08, "ignored": 0.04}
_USUAL = {"view": 9, "search": 5, "create": 2, "modify": 3, "print": 2, "export": 1, "share": 1, "delete": 1}
_OPTIONS = 24
_NOBODY = (0, 1)  # the run of the empty word


class Permits(NamedTuple):
    """The permits, and the rows of words from which their actions and purposes are drawn."""

    rows: NDArray[np.void]
    assigned: int  # so many at the beginning rest on grants
    options: NDArray[np.int32]


class _Options:
    """Rows of equally many words, so that a draw is one look into a table."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._rows: dict[tuple[str, ...], int] = {}

    def row(self, texts: Sequence[str]) -> int:
        """Give the row of these words, each as often as it stands among them."""
        return self._rows.setdefault(tuple(texts), len(self._rows))

    def table(self) -> NDArray[np.int32]:
        rows = [[self._words.number(row[n % len(row)]) for n in range(_OPTIONS)] for row in self._rows]
        return np.array(rows, dtype=np.int32)


class _Collector:
    """Gathers permits, one kind of them after the other."""

    def __init__(self, city: City, words: Words, chance: Chance) -> None:
        self.options = _Options(words)
        self._city, self._words, self._chance = city, words, chance
        self._activity = [chance.lognormvariate(0, 0.6) for _ in city.employees]
        self._public = _public_places(city)

    def assigned(self, reach: Reach) -> Iterator[tuple[float | int, ...]]:
        """Give the permits that rest on grants, where and while a login makes use of them possible."""
        favour = self._favour(reach)
        for employee, grants in enumerate(reach.grants):
            total = max(1.0, sum(favour[series] for series in grants))
            for series, own in grants.items():
                weight = self._activity[employee] * favour[series] / total
                for system in (self._city.system_numbers[name] for name in self._city.series[series].systems):
                    for account in self._city.accounts_of.get((employee, system), []):
                        for grant in own:
                            yield from self._under_grant(account, series, grant, weight / len(own))

    def _favour(self, reach: Reach) -> list[float]:
        """Draw how much each series is used by one who may; what everyone may open is opened now and then."""
        holders = Counter(series for grants in reach.grants for series in grants)
        rare = [holders[series] * 2 > len(reach.grants) for series in range(len(self._city.series))]
        return [self._chance.paretovariate(1.5) * (0.01 if seldom else 1.0) for seldom in rare]

    def _under_grant(
        self, account: Account, series: int, grant: Grant, weight: float
    ) -> Iterator[tuple[float | int, ...]]:
        for start, end in _windows(self._city, account, max(grant.start, grant.timely_from), grant.end):
            purposes = _spellings(grant.purposes) if grant.purposes else ("", "", *self._city.series[series].purposes)
            place = place_of(self._city, account.system, series)
            actions = self._actions(account.system, grant.actions)
            subjects = self._subjects(account, grant.purposes or self._city.series[series].purposes, series)
            yield self._permit((start, end, weight), account, place, (actions, purposes), subjects)

    def public(self) -> Iterator[tuple[float | int, ...]]:
        """Give the permits to read what is public, with whatever login."""
        for account in self._city.accounts:
            for start, end in _windows(self._city, account, YEAR_START, YEAR_END):
                place = self._chance.choice(self._public[account.system])
                actions = self._actions(account.system, ("view", "search", "print"))
                yield self._permit((start, end, self._weight(account)), account, place, (actions, ("",)), _NOBODY)

    def ignored(self) -> Iterator[tuple[float | int, ...]]:
        """Give the permits to do what is no access to data, such as signing in."""
        for account in self._city.accounts:
            for start, end in _windows(self._city, account, YEAR_START, YEAR_END):
                place = self._city.systems[account.system].ignored
                actions = self._actions(account.system, ("view", "other"))
                yield self._permit((start, end, self._weight(account)), account, place, (actions, ("",)), _NOBODY)

    def _weight(self, account: Account) -> float:
        return 1.0 if account.employee is None else self._activity[account.employee]

    def _actions(self, system: int, actions: tuple[str, ...] | None) -> list[str]:
        """Give the log's words for some actions, the usual ones more often; None means any action."""
        raw = self._city.systems[system].actions
        return [raw[one] for one in actions or CANONICAL_ACTIONS for _ in range(_USUAL.get(one, 1))]

    def _subjects(self, account: Account, purposes: Sequence[str], series: int) -> tuple[int, int]:
        """Give the words for those whose data are looked at: oneself, where that is what the purpose says."""
        first, count = self._words.subjects[self._city.series[series].subject]
        if account.employee is not None and purposes[0].startswith("own "):
            return first + account.employee, 1
        return first, count

    def _permit(
        self,
        window: tuple[int, int, float],
        account: Account,
        place: str,
        choices: tuple[Sequence[str], Sequence[str]],
        subjects: tuple[int, int],
    ) -> tuple[float | int, ...]:
        number = self._words.number
        return (
            *window,
            SHIFTS.index(shift_of(self._city, account)),
            account.system,
            number(self._chance.choice(account.logged)),
            number(place),
            self.options.row(choices[0]),
            self.options.row(choices[1]),
            *subjects,
            number(workstation_of(self._city, account)),
        )


def list_permits(city: City, reach: Reach, words: Words, chance: Chance) -> Permits:
    """List the permits; each kind has its share of the weight."""
    collector = _Collector(city, words, chance)
    kinds = [
        np.array(list(rows), dtype=PERMIT)
        for rows in (collector.assigned(reach), collector.public(), collector.ignored())
    ]
    for rows, share in zip(kinds, _SHARES.values(), strict=True):
        rows["weight"] *= share / rows["weight"].sum()
    rows = np.concatenate(kinds)
    _keep_out_of_repeated_hour(city, rows)
    return Permits(rows, len(kinds[0]), collector.options.table())


def shift_of(city: City, account: Account) -> str:
    """Say when the holder of a login works."""
    if account.employee is None:
        return "round"
    return city.departments[city.employees[account.employee].department].shift


def workstation_of(city: City, account: Account) -> str:
    """Name the machine on which a login is used."""
    if account.employee is None:
        return f"COUNTER-{account.system + 1:02d}"
    return f"WS-{city.employees[account.employee].department + 1:03d}-{account.employee + 1:05d}"


def _windows(city: City, account: Account, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a time to the year, to the login's period and to the employments of its holder."""
    start, end = max(start, account.period.start, YEAR_START), min(end, account.period.end, YEAR_END)
    if account.employee is None:
        yield start, end
        return
    for employment in city.employees[account.employee].employments:
        first, last = max(start, employment.start), min(end, employment.end)
        if first < last:
            yield first, last


def _public_places(city: City) -> list[list[str]]:
    places: list[list[str]] = [[] for _ in city.systems]
    for number, series in enumerate(city.series):
        for system in (city.system_numbers[name] for name in series.systems):
            published = published_place(city, system, number)
            if series.public or published:
                places[system].append(published or place_of(city, system, number))
    return places


def _spellings(purposes: Sequence[str]) -> tuple[str, ...]:
    """Give purposes as people type them; blanks around them and capitals mean nothing."""
    return (*purposes, *purposes, *(text.upper() for text in purposes), *(f" {text.title()} " for text in purposes))


def _keep_out_of_repeated_hour(city: City, rows: NDArray[np.void]) -> None:
    """Begin no permit in the hours that a log without offsets can confuse when the clocks go back."""
    without_offset = [number for number, system in enumerate(city.systems) if system.clock == "local"]
    confused = np.isin(rows["system"], without_offset)
    confused &= (rows["start"] > CLOCKS_BACK - HOUR) & (rows["start"] < CLOCKS_BACK + HOUR)
    rows["start"][confused] = CLOCKS_BACK + HOUR
