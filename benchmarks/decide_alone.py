"""Our own deciding, without starting, loading or findings: `python -m benchmarks.decide_alone DATA-FOLDER`."""

import sys
from pathlib import Path

from audit.decided import Decided
from audit.pick_accesses import pick_accesses
from audit.tally import Tally
from benchmarks.loaded import load
from benchmarks.measured import answer
from benchmarks.watch import Lap, Watch


class _Timed(Decided):
    """Tells mapping names from what deciding begins with."""

    mapping = Lap(0, 0)

    def _open(self) -> None:
        self.mapping = WATCH.lap()
        super()._open()


WATCH = Watch()


def main() -> None:
    """Resolve all grants, map all names, decide every event and pick the sample, exactly as an audit does."""
    loaded = load(Path(sys.argv[1]))
    loading = WATCH.lap()
    policy = loaded.resolve()
    resolving = WATCH.lap()
    decided = _Timed(policy, loaded.store, loaded.normalising)
    tally = Tally.of_nothing(loaded.settings.cross_examined)
    pick_accesses(decided, tally)
    deciding = WATCH.lap()
    answer(
        loading=loading._asdict(),
        resolving=resolving._asdict(),
        mapping=decided.mapping._asdict(),
        deciding=deciding._asdict(),
        events=tally.events,
        counts=tally.by_reason,
    )


if __name__ == "__main__":
    main()
