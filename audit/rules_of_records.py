"""Notes the rule of each record: one byte each, from the first to the last record of an import that was decided."""

from dataclasses import dataclass, field

import numpy as np

from audit.decide_events import Numbers, Rules
from audit.rules import REASONS

_AT_ONCE = 1 << 20
_NOTHING = np.zeros(0, np.uint8)


@dataclass(frozen=True)
class RulesFrom:
    """The rules of an import's records, from the one with the ordinal `first` on; 0 = none was decided."""

    first: int
    rules: Rules


@dataclass
class RulesOfRecords:
    """The rules of the records of imports; room for further ones may follow the last."""

    by_import: dict[int, RulesFrom] = field(default_factory=dict)

    def note(self, imports: Numbers, records: Numbers, rules: Rules) -> None:
        """Note the rules of some records."""
        if len(imports) and (imports == imports[0]).all():
            self._note(int(imports[0]), records, rules)
            return
        for import_id in np.unique(imports).tolist():
            rows = np.flatnonzero(imports == import_id)
            self._note(import_id, records[rows], rules[rows])

    def of(self, imports: Numbers, records: Numbers) -> Rules:
        """Give the rules of some records, 0 where none was decided."""
        rules = np.zeros(len(records), np.uint8)
        for import_id in np.unique(imports).tolist():
            noted = self._of(import_id)
            places = records - noted.first
            rows = np.flatnonzero((imports == import_id) & (places >= 0) & (places < len(noted.rules)))
            rules[rows] = noted.rules[places[rows]]
        return rules

    def counts_of(self, import_id: int) -> Numbers:
        """Count an import's records by rule."""
        counts = np.zeros(len(REASONS) + 1, np.int64)
        noted = self._of(import_id).rules
        for start in range(0, len(noted), _AT_ONCE):  # each is counted as a number of eight bytes
            counts += np.bincount(noted[start : start + _AT_ONCE], minlength=len(counts))
        counts[0] = 0  # records that are no events, or out of the range
        return counts

    def _of(self, import_id: int) -> RulesFrom:
        return self.by_import.get(import_id, RulesFrom(0, _NOTHING))

    def _note(self, import_id: int, records: Numbers, rules: Rules) -> None:
        noted = self._room_for(import_id, int(records.min()), int(records.max()))
        noted.rules[records - noted.first] = rules

    def _room_for(self, import_id: int, lowest: int, highest: int) -> RulesFrom:
        before = self.by_import.get(import_id, RulesFrom(lowest, _NOTHING))
        has_room = before.first <= lowest and highest < before.first + len(before.rules)
        if has_room and before.rules.flags.writeable:  # what was read from a file can only be read
            return before
        first, end = min(before.first, lowest), max(before.first + len(before.rules), highest + 1)
        spare = 0 if has_room else (end - first) // 2
        rules = np.zeros(end - first + spare, np.uint8)
        rules[before.first - first :][: len(before.rules)] = before.rules
        self.by_import[import_id] = RulesFrom(first, rules)
        return self.by_import[import_id]
