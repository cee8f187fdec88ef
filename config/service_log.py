"""What a running service writes to standard error: JSON, a line an event, without persons, findings or secrets.

A line has the time in UTC, a level, what happened, and figures. Of a fault it has the kind and the places in the
program, never its message, as that may hold what was looked at; for the same reason what other libraries log is given
without what they filled in.
"""

import json
import logging
import sys
import threading
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import TextIO

_OURS = "thirteen"
_LAST_FRAMES = 12


class JsonLines(logging.Formatter):
    """Writes a record of a log as a line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line."""
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        line: dict[str, object] = {"time": when, "level": record.levelname.lower(), "event": str(record.msg).strip()}
        if record.name != _OURS:
            line["of"] = record.name
        line |= getattr(record, "figures", {})
        if record.exc_info and record.exc_info[0] is not None:
            kind, _, trace = record.exc_info
            line |= {"fault": kind.__qualname__, "at": _places(trace)}
        return json.dumps(line, ensure_ascii=False)


def start_log(level: str, stream: TextIO | None = None) -> None:
    """Let this process log as JSON lines from a level on, and let nothing else write to standard error."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger(_OURS).setLevel(level.upper())
    logging.captureWarnings(capture=True)
    sys.excepthook = _log_end
    threading.excepthook = lambda ended: _log_end(ended.exc_type, ended.exc_value, None)


def log_event(event: str, *, level: int = logging.INFO, fault: BaseException | None = None, **figures: object) -> None:
    """Log that something happened.

    Args:
        event: What happened, without anything that is told apart.
        fault: What was raised, if it is a fault of the program.
        figures: Numbers, ids of requests and jobs, and words of the program itself; nothing that a person entered.
    """
    exc_info = (type(fault), fault, fault.__traceback__) if fault is not None else None
    logging.getLogger(_OURS).log(level, event, exc_info=exc_info, extra={"figures": figures})


def _log_end(kind: type[BaseException], fault: BaseException | None, _trace: TracebackType | None) -> None:
    log_event("a process or thread ended by a fault", level=logging.CRITICAL, fault=fault or kind())


def _places(trace: TracebackType | None) -> list[str]:
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)[-_LAST_FRAMES:]]
