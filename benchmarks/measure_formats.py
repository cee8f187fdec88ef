"""Each format's records: read as an import reads them, and the same file merely parsed by others."""

from pathlib import Path

from benchmarks.measured import run_module
from benchmarks.progress import say
from benchmarks.rounds import Figures


def measure_formats(folder: Path, records: int, runs: int) -> list[Figures]:
    """Measure every format so many times, ours and the peer in turns.

    Raises:
        RuntimeError: The two do not find the same number of records.
    """
    logs = run_module("write_format_logs", folder, records)["logs"]
    rounds = []
    for number in range(runs):
        say(f"Formats, run {number + 1}")
        rounds.append({Path(log).name.rpartition("-")[0]: _both(log, *read_by) for log, *read_by in logs})
    return rounds


def _both(log: str, profile: str, peer: str) -> Figures:
    parsed = run_module("bare_parse", peer, log)
    ours = run_module("read_format", profile, log)
    if parsed["records"] != ours["records"]:
        raise RuntimeError(f"{log} has {ours['records']:,} records for us, and {parsed['records']:,} for the peer.")
    say(f"  {log}: {parsed['processor'] / ours['processor']:.2f} x")
    return {"ours": ours, "peer": parsed}
