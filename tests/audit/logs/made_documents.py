"""JSON and XML documents as products and converters write them by other ways than the real ones that are tried."""

import json

from tests.audit.logs.made_log import MadeLog
from tests.audit.logs.real_logs import Came

_ANN = {"SubjectUserName": "ann", "SubjectDomainName": "CITY", "ObjectName": "D:\\Plan.docx", "ProcessId": "0x4"}
_MESSAGE = (
    "An object was accessed.\r\n\r\nSubject:\r\n\tSecurity ID:\t\tS-1-5-21\r\n\tAccount Name:\t\tann\r\n"
    "\tAccount Domain:\t\tCITY\r\n\r\nObject:\r\n\tObject Name:\t\tD:\\Plan.docx\r\n\tHandle ID:\t\t0x50\r\n\r\n"
    "Process Information:\r\n\tProcess ID:\t\t0x4\r\n\r\nAccess Request Information:\r\n\tAccess Mask:\t\t0x2"
)
_WROTE = ("CITY\\ann", "D:\\Plan.docx", "modify", "4663 0x2", "", "")


def _event(event: int, record: int) -> dict[str, object]:
    time = {"#attributes": {"SystemTime": f"2025-03-01T17:00:0{record}.123456Z"}}
    system = {"EventID": event, "TimeCreated": time, "EventRecordID": record, "Channel": "Security", "Computer": "fs1"}
    return {"Event": {"System": system, "EventData": {**_ANN, "HandleId": "0x50", "AccessMask": "0x2"}}}


_SHARED = {"Id": "g1", "CreationTime": "2025-03-01T17:00:01", "UserId": "ann@city.gov", "Operation": "FileAccessed"}
_GRAPH = {
    "@odata.context": "https://graph",
    "value": [
        {
            "id": "g1",
            "createdDateTime": "2025-03-01T17:00:01Z",
            "operation": "FileAccessed",
            "userPrincipalName": "ann@city.gov",
            "clientIp": "10.0.0.7",
            "auditData": {**_SHARED, "ObjectId": "https://city/7.docx", "ClientIP": "10.0.0.7"},
        }
    ],
}
_ATNA = (
    '<AuditMessage><EventIdentification EventActionCode="R" EventDateTime="2025-03-01T17:00:01Z">'
    '<EventID code="110103" displayName="DICOM Instances Accessed"/></EventIdentification>'
    '<ActiveParticipant UserID="ann" UserIsRequestor="1" NetworkAccessPointID="10.0.0.7"/>'
    '<ParticipantObjectIdentification ParticipantObjectID="P9" ParticipantObjectTypeCode="1" '
    'ParticipantObjectTypeCodeRole="1"/></AuditMessage>'
)
_XML = (
    "<Event><System><EventID Qualifiers=''>4663</EventID><TimeCreated SystemTime='2025-03-01 17:00:01.123456'/>"
    "<EventRecordID>7</EventRecordID><Channel>Security</Channel><Computer>fs1</Computer></System><EventData>"
    "<Data Name='SubjectUserName'>ann</Data><Data Name='SubjectDomainName'>CITY</Data>"
    "<Data Name='ObjectName'>D:\\Plan.docx</Data><Data Name='AccessMask'>0x2</Data></EventData></Event>"
)

MADE_DOCUMENTS = [
    MadeLog(
        "windows-security-json",
        json.dumps([_event(4656, 1), _event(4663, 2), _event(4658, 3)], indent=1),
        Came(3, 1, 0, 0, 2),
        [("2025-03-01 17:00:02.123456", *_WROTE, "fs1")],
    ),
    MadeLog(
        "windows-security-xml",
        f"Record 7\n{_XML}\n",
        Came(1, 1, 0, 0, 0),
        [("2025-03-01 17:00:01.123456", *_WROTE, "fs1")],
    ),
    MadeLog(
        "windows-powershell-json",
        json.dumps([{"Id": 4663, "TimeCreated": "/Date(1740848401123)/", "MachineName": "fs1", "Message": _MESSAGE}]),
        Came(1, 1, 0, 0, 0),
        [("2025-03-01 17:00:01.123000", *_WROTE, "fs1")],
    ),
    MadeLog(
        "windows-powershell-csv",
        "#TYPE System.Diagnostics.Eventing.Reader.EventLogRecord\r\n"
        f'"Message","Id","MachineName","TimeCreated"\r\n"{_MESSAGE}","4663","fs1","3/1/2025 11:00:01 AM"\r\n',
        Came(1, 1, 0, 0, 0),
        [("2025-03-01 17:00:01", *_WROTE, "fs1")],
    ),
    MadeLog(
        "windows-event-viewer-csv",
        f'Event ID,Level,Date and Time,Source\r\n4663,Information,3/1/2025 11:00:01 AM,Audit,"{_MESSAGE}"\r\n',
        Came(1, 1, 0, 0, 0),
        [("2025-03-01 17:00:01", *_WROTE, "")],
    ),
    MadeLog(
        "m365-management-activity",
        json.dumps(_GRAPH, indent=1),
        Came(1, 1, 0, 0, 0),
        [
            (
                "2025-03-01 17:00:01",
                "ann@city.gov",
                "https://city/7.docx",
                "view",
                "FileAccessed",
                "",
                "",
                "10.0.0.7",
            )
        ],
    ),
    MadeLog(
        "atna-xml",
        _ATNA,
        Came(1, 1, 0, 0, 0),
        [("2025-03-01 17:00:01", "ann", "DICOM Instances Accessed", "view", "R 110103", "P9", "", "10.0.0.7")],
    ),
    MadeLog(
        "sql-server-audit",
        "Date,Event Time,Action ID,Server Principal Name,Session ID,Database Name,Object Name,Sequence Number\n"
        "3/1/2025 5:00:01 PM,17:00:01.1234567,SELECT,CITY\\ann,55,City,People,1\n",
        Came(1, 1, 0, 0, 0),
        [("2025-03-01 17:00:01", "CITY\\ann", "City.People", "view", "SELECT", "", "", "")],
    ),
    MadeLog(
        "laserfiche-audit-trail",
        "Event,User,Entry ID,Entry Path,Date,Time\nOpen document,ANN,7,\\Case,3/1/2025,11:00:01 AM\n",
        Came(1, 1, 0, 0, 0),
        [("2025-03-01 17:00:01", "ANN", "\\Case #7", "view", "Open document", "", "", "")],
    ),
]
