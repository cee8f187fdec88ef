"""Our own deciding, without starting, loading or findings: `python -m benchmarks.decide_alone DATA-FOLDER`."""

import sys
from pathlib import Path

from audit.decide_events import decide_events, map_events
from audit.pick_accesses import pick_accesses
from benchmarks.loaded import Watch, load
from benchmarks.measured import answer


def main() -> None:
    """Resolve all grants, map all names, decide every event and pick the sample, exactly as an audit does."""
    watch = Watch()
    loaded = load(Path(sys.argv[1]))
    loading = watch.lap()
    policy = loaded.resolve()
    resolving = watch.lap()
    map_events(policy, loaded.stored, loaded.normalising)
    mapping = watch.lap()
    decide_events(policy)
    counts, _ = pick_accesses(policy, loaded.settings.cross_examined)
    deciding = watch.lap()
    answer(
        loading=loading,
        resolving=resolving,
        mapping=mapping,
        deciding=deciding,
        events=sum(counts.values()),
        counts=counts,
    )


if __name__ == "__main__":
    main()
