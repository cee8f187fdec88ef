"""Each format's records: read as an import reads them, and the same file merely parsed by others."""

from pathlib import Path

from benchmarks.measured import run_module
from benchmarks.progress import say
from benchmarks.rounds import Figures
from benchmarks.write_format_logs import FormatLog, write_format_logs


def measure_formats(folder: Path, records: int, runs: int) -> list[Figures]:
    """Measure every format so many times, ours and the peer in turns.

    Raises:
        RuntimeError: The two do not find the same number of records.
    """
    logs = write_format_logs(folder, records)
    rounds = []
    for number in range(runs):
        say(f"Formats, run {number + 1}")
        rounds.append({log.path.name.rpartition("-")[0]: _both(log) for log in logs})
    return rounds


def _both(log: FormatLog) -> Figures:
    peer = run_module("bare_parse", log.peer, log.path)
    ours = run_module("read_format", log.profile, log.path)
    if peer["records"] != ours["records"]:
        raise RuntimeError(f"{log.path} has {ours['records']:,} records for us, and {peer['records']:,} for the peer.")
    say(f"  {log.path.name}: {peer['processor'] / ours['processor']:.2f} x")
    return {"ours": ours, "peer": peer}
