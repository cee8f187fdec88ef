"""Logs of products of which no real log can be shown: made up, in the layout in which the product writes them."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from tests.audit.logs.real_logs import Came


class MadeLog(NamedTuple):
    """A log, and what must come of it.

    Args:
        events: The time in UTC, account, resource, action, raw action, subject, purpose and workstation of each event.
    """

    profile: str
    text: str
    came: Came
    events: Sequence[tuple[str, ...]]


def _entry(log: str, who: str, method: str, second: int) -> dict[str, object]:
    return {
        "insertId": f"id{second}",
        "logName": f"projects/city/logs/cloudaudit.googleapis.com%2F{log}",
        "protoPayload": {
            "authenticationInfo": {"principalEmail": who},
            "methodName": method,
            "requestMetadata": {"callerIp": "10.0.0.7"},
            "resourceName": "projects/_/buckets/case-files/objects/7.pdf",
            "serviceName": "storage.googleapis.com",
        },
        "timestamp": f"2025-03-01T17:00:0{second}.123456789Z",
    }


_FILE = "storage.googleapis.com/projects/_/buckets/case-files/objects/7.pdf"

MADE_LOGS = [
    MadeLog(
        "google-cloud-audit",
        json.dumps(
            [
                _entry("data_access", "ann@city.gov", "storage.objects.get", 1),
                _entry("activity", "bo@city.gov", "storage.setIamPermissions", 2),
                {"logName": "projects/city/logs/syslog", "timestamp": "2025-03-01T17:00:03Z", "textPayload": "up"},
            ],
            indent=2,
        ),
        Came(3, 2, 0, 0, 1),
        [
            ("2025-03-01 17:00:01.123456", "ann@city.gov", _FILE, "view", "storage.objects.get", "", "", "10.0.0.7"),
            (
                "2025-03-01 17:00:02.123456",
                "bo@city.gov",
                _FILE,
                "share",
                "storage.setIamPermissions",
                "",
                "",
                "10.0.0.7",
            ),
        ],
    ),
]
