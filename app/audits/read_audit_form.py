"""Read what an audit is asked for: of which time, and as known when."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from audit.run_audit import AuditRequest
from config.clock import read_end, read_start

_READERS = {"from": read_start, "to": read_end, "known_at": read_start, "logs_known_at": read_start}


def read_audit_form(typed: Mapping[str, str], zone: ZoneInfo) -> tuple[AuditRequest, dict[str, str]]:
    """Give the audit that is asked for, and what is wrong by field; it counts only where nothing is.

    Args:
        typed: Of `from`, `to`, `known_at` and `logs_known_at` what was typed; empty = not said.
    """
    faults, instants = dict[str, str](), {}
    for name, read in _READERS.items():
        text = typed.get(name, "").strip()
        try:
            instants[name] = read(text, zone) if text else None
        except ValueError as error:
            faults[name] = f"This cannot be read; expected {error}."
            instants[name] = None
    request = AuditRequest(instants["from"], instants["to"], instants["known_at"], instants["logs_known_at"])
    if request.start is not None and request.end is not None and request.end <= request.start:
        faults["to"] = "The last day is before the first one."
    return request, faults
