"""Import and audit, as the log is, quoted, and of three times the events."""

from dataclasses import dataclass
from pathlib import Path

from benchmarks.fresh_copy import fresh_copy
from benchmarks.measured import run_module, run_thirteen
from benchmarks.prepare import Prepared
from benchmarks.rounds import Figures, Steps


@dataclass(frozen=True)
class Logs:
    """What is imported.

    Args:
        quoted: The same log in quotes and with CRLF.
        larger: The city with more events; None leaves it out.
    """

    plain: Prepared
    quoted: Path
    larger: Prepared | None


def log_steps(logs: Logs) -> Steps:
    """List the steps of one round; the plain log stays imported and audited, in its folder `data`."""
    plain = logs.plain
    data, quoted = fresh_copy(plain.base), fresh_copy(plain.base, "data-quoted")
    steps = {
        "copy": lambda: run_module("bare_copy", plain.log, plain.folder),
        "import": lambda: _import(plain, plain.log, data),
        "audit": lambda: run_thirteen(data, "audit").figures(),
        "audit_again": lambda: run_thirteen(data, "audit").figures(),
        "quoted_import": lambda: _import(plain, logs.quoted, quoted),
    }
    if logs.larger is None:
        return steps
    larger, larger_data = logs.larger, fresh_copy(logs.larger.base)
    return {
        **steps,
        "larger_import": lambda: _import(larger, larger.log, larger_data),
        "larger_audit": lambda: run_thirteen(larger_data, "audit").figures(),
    }


def _import(prepared: Prepared, log: Path, data: Path) -> Figures:
    """Import, and say how much the data folder grew by it and how many events it then holds."""
    taken = run_thirteen(data, "import", "log", log, "--source", prepared.source).figures()
    return {**taken, "stored_bytes": _size(data) - _size(prepared.base), **run_module("count_events", data)}


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
