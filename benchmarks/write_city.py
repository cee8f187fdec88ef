"""Writes the city that is measured, once for each size: `python -m benchmarks.write_city FOLDER SIZE-AS-JSON`."""

import json
import sys
from pathlib import Path

from app.sample_city.write_sample_city import write_sample_city
from benchmarks.measured import answer


def main() -> None:
    """Write the city and name its files in the order of their import."""
    folder, size = Path(sys.argv[1]), json.loads(sys.argv[2])
    city = write_sample_city(folder, seed=13, one_log=True, **size)
    (log,) = city.logs
    answer(
        entity=city.entity,
        files=[[kind, str(path)] for kind, path in city.files.items()],
        log=str(log.path),
        system=log.system,
        bytes=log.path.stat().st_size,
    )


if __name__ == "__main__":
    main()
