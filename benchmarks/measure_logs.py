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
    """List the steps of one round; the plain log stays imported and audited, in its folder `data`.

    Raises:
        RuntimeError: When a step is taken, a data folder does not hold every event of the log.
    """
    plain = logs.plain
    data, quoted = fresh_copy(plain.base), fresh_copy(plain.base, "data-quoted")
    steps = {
        "copy": lambda: run_module("bare_copy", plain.log, plain.folder),
        "import": lambda: _import(plain, plain.log, data),
        "audit": lambda: _audit(data),
        "audit_again": lambda: _checked(plain, data, _audit(data)),
        "quoted_import": lambda: _checked(plain, quoted, _import(plain, logs.quoted, quoted)),
    }
    if logs.larger is None:
        return steps
    larger = audit_steps(logs.larger, fresh_copy(logs.larger.base))
    return {**steps, **{f"larger_{name}": step for name, step in larger.items()}}


def audit_steps(prepared: Prepared, data: Path) -> Steps:
    """List the steps of an import and an audit, and nothing else, in a data folder.

    Raises:
        RuntimeError: When a step is taken, the data folder does not hold every event of the log.
    """
    return {
        "import": lambda: _import(prepared, prepared.log, data),
        "audit": lambda: _checked(prepared, data, _audit(data)),
    }


def _import(prepared: Prepared, log: Path, data: Path) -> Figures:
    """Import, and say by how much the data folder grew."""
    taken = run_thirteen(data, "import", "log", log, "--source", prepared.source).figures()
    return {**taken, "stored_bytes": _size(data) - _size(prepared.base)}


def _audit(data: Path) -> Figures:
    return run_thirteen(data, "audit").figures()


def _checked(prepared: Prepared, data: Path, taken: Figures) -> Figures:
    """Count the events, only now: nobody should have read the folder between an import and the audit that counts."""
    held = run_module("count_events", data)["events"]
    if held != prepared.events:
        raise RuntimeError(f"{data} holds {held:,} events, not {prepared.events:,}.")
    return taken


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
