"""How many events a data folder holds: `python -m benchmarks.count_events DATA-FOLDER`."""

import sys
from pathlib import Path

from benchmarks.loaded import load
from benchmarks.measured import answer


def main() -> None:
    """Count them, as an audit of everything would find them."""
    answer(events=load(Path(sys.argv[1])).store.events)


if __name__ == "__main__":
    main()
