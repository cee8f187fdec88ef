"""What the formats make of a log."""

import pytest

from config.errors import Invalid
from tests.audit.logs.importing_logs import LINE, Logs

GOOD = (LINE, LINE.replace("aolson", "blarson"), LINE.replace("aolson", "cdale"))
NEVER_CLOSED = "opens a quotation mark that is never closed"


def refusal(logs: Logs, content: str | bytes, name: str = "log.csv") -> str:
    with pytest.raises(Invalid) as refused:
        logs.add(content, name)
    assert logs.stored() == []
    return str(refused.value)


def accounts(logs: Logs) -> list[str]:
    return [event.account for event in logs.events()]
