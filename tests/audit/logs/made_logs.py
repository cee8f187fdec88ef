"""Logs of products of which no real log can be shown: made up, in the layout in which the product writes them."""

import json

from tests.audit.logs.made_documents import MADE_DOCUMENTS
from tests.audit.logs.made_lines import MADE_LINES
from tests.audit.logs.made_log import MadeLog
from tests.audit.logs.made_products import MADE_PRODUCTS
from tests.audit.logs.made_tables import MADE_TABLES
from tests.audit.logs.real_logs import Came


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


def _viewed(second: int, event: int, rest: str) -> str:
    """Give an event as Event Viewer saves it as CSV: its text spans lines, in a cell without a heading."""
    who = "Subject:\r\n\tSecurity ID:\t\tCITY\\ann\r\n\tAccount Name:\t\tann\r\n\tAccount Domain:\t\tCITY\r\n"
    where = "\tHandle ID:\t\t0x50\r\nProcess Information:\r\n\tProcess ID:\t\t0x4\r\n"
    source = "Microsoft-Windows-Security-Auditing"
    return f'Audit Success,3/1/2025 11:00:0{second} AM,{source},{event},File System,"Text.\r\n{who}{rest}{where}"\r\n'


_OBJECT = "\tObject Name:\t\tD:\\Plan.docx\r\n\tAccesses:\t\tWriteData (or AddFile)\r\n\tAccess Mask:\t\t0x2\r\n"
_FILE = "storage.googleapis.com/projects/_/buckets/case-files/objects/7.pdf"

MADE_LOGS = [
    *MADE_TABLES,
    *MADE_LINES,
    *MADE_DOCUMENTS,
    *MADE_PRODUCTS,
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
    MadeLog(
        "windows-event-viewer-csv",
        "Keywords,Date and Time,Source,Event ID,Task Category\r\n"
        + _viewed(3, 4658, "")
        + _viewed(2, 4663, _OBJECT)
        + _viewed(1, 4656, _OBJECT),
        Came(3, 1, 0, 0, 2),
        [("2025-03-01 17:00:02", "CITY\\ann", "D:\\Plan.docx", "modify", "4663 0x2", "", "", "")],
    ),
]
