"""Logs of real products that are lines of text, and what must come of them."""

from tests.audit.logs.real_logs import RealLog

REAL_LINES: list[RealLog] = []
