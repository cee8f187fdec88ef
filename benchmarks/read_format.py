"""Reads a log's records into fields and instants, as an import does: `python -m benchmarks.read_format PROFILE LOG`."""

import sys
from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from audit.logs.formats import open_log
from audit.logs.profiles.read_times import TimeReader
from audit.logs.profiles.reading import known_profile, shipped_profiles
from audit.logs.read_fields import FieldReader
from benchmarks.measured import answer
from benchmarks.watch import Watch


def main() -> None:
    """Read the log once, in a new process; starting and loading the profile are not counted."""
    profile = known_profile(shipped_profiles()[sys.argv[1]], sys.argv[1])
    with closing(duckdb.connect()) as connection:
        connection.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
        watch, records = Watch(), 0
        _, reader = open_log(Path(sys.argv[2]), profile, None)
        fields = FieldReader(reader.layout, profile, "source", connection)
        times = TimeReader(profile.times, ZoneInfo("UTC"), connection)
        for batch in reader.batches():
            read = fields.read(batch)
            instants = times.read(read.times)
            if instants.unread.any() or (read.faults is not None and read.faults.null_count < len(read.faults)):
                raise RuntimeError(f"A record of {sys.argv[2]} cannot be read.")
            records += batch.rows.num_rows
        answer(**watch.lap()._asdict(), records=records)


if __name__ == "__main__":
    main()
