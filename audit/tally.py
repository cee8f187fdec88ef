"""What is counted and noted of decided events, batch by batch: reasons, each record's rule, which may be sampled."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from audit.decide_events import Numbers
from audit.decided import FLAGGED, DecidedBatch
from audit.least import FAR, Least, Marks
from audit.map_events import DAY
from audit.rules import REASONS
from audit.rules_of_records import RulesOfRecords

# Of each rule so many are listed for one that is wanted, so that a later audit can leave some out.
_RESERVE = 2
_IS_FLAGGED = np.isin(np.arange(len(REASONS) + 1), FLAGGED)


@dataclass
class Tally:
    """What is known of the decided events, all of which it is told of in the end.

    Args:
        wanted: How many are cross-examined of each of the two lists.
        counts: The events by rule.
        at_random: Those with the least numbers by chance, the same at every audit.
        near_an_edge: Those nearest to an edge of a grant of the employee to the series, and within a day of it.
    """

    wanted: int
    counts: Numbers
    rules: RulesOfRecords
    at_random: Least
    near_an_edge: Least

    @classmethod
    def of_nothing(cls, wanted: int) -> "Tally":
        """Give the tally of no events."""
        most = wanted * _RESERVE
        return cls(wanted, np.zeros(len(REASONS) + 1, np.int64), RulesOfRecords(), Least(most), Least(most))

    @property
    def events(self) -> int:
        """How many events there are."""
        return int(self.counts.sum())

    @property
    def by_reason(self) -> Mapping[str, int]:
        """The events by reason, in the order of the decision table; reasons that there are."""
        return {reason: int(self.counts[rule]) for rule, reason in enumerate(REASONS, 1) if self.counts[rule]}

    def take(self, batch: DecidedBatch) -> Marks:
        """Be told of some events; give which are flagged, or may be sampled."""
        rule = batch.decisions.rule
        self.counts += np.bincount(rule, minlength=len(self.counts))
        imports, records = (batch.events.column(name).to_numpy() for name in ("import_id", "record"))
        self.rules.note(imports, records, rule)
        place, chance = _places(imports, records)
        wanted: Marks = _IS_FLAGGED[rule] | self.at_random.take(rule, chance, place)
        return wanted | self.near_an_edge.take(rule, _nearness(batch, chance), place)

    def listed(self) -> list[int]:
        """Give the places of all that may be sampled, now or by a later audit."""
        return sorted({*self.at_random.places(), *self.near_an_edge.places()})

    def sampled(self) -> list[int]:
        """Give the places of those that are cross-examined: each rule is heard in turn."""
        return sorted({*self.at_random.in_turns(self.wanted), *self.near_an_edge.in_turns(self.wanted)})

    def has_sample(self) -> bool:
        """Say whether the sample is known: that it is the one an audit of all events would take."""
        return self.at_random.has(self.wanted) and self.near_an_edge.has(self.wanted)


def place_of(imports: Numbers, records: Numbers) -> Numbers:
    """Give the places of events in the store: import and record in one number."""
    return (imports.astype(np.int64) << 40) + records


def _places(imports: Numbers, records: Numbers) -> tuple[Numbers, Numbers]:
    """Give the place of each event in the store, and a number by chance, the same at every run."""
    place = place_of(imports, records)
    mixed = place.astype(np.uint64) * np.uint64(0x9E37_79B9_7F4A_7C15)
    return place, (mixed >> np.uint64(2)).astype(np.int64)


def _nearness(batch: DecidedBatch, chance: Numbers) -> Numbers:
    """Give how near to an edge of its grants each event is, and of those equally near, by chance; else FAR."""
    near = np.full(len(chance), FAR)
    rows = np.flatnonzero(batch.decisions.span >= 0)
    start, end = batch.lookups.edges(batch.decisions.span[rows])
    instant = batch.events.column("instant").to_numpy()[rows]
    distance = np.minimum(instant - start, end - instant)
    near[rows] = np.where(distance < DAY, (distance << 20) + (chance[rows] & 1_048_575), FAR)
    return near
