"""Logs of real products that are XML or binary Windows event logs, and what must come of them."""

from tests.audit.logs.real_logs import RealLog

REAL_XML: list[RealLog] = []
