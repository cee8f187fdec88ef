"""Logs of products of which no real one is at hand, as their makers describe them."""

import json

from tests.audit.logs.made_log import MadeLog
from tests.audit.logs.real_logs import Came

_VAULT = (
    "VAULT CEF:0|Cyber-Ark|Vault|12.6.0000|{0}|{1}|5|act={1} suser=ann fname=Root\\\\db1 shost=10.0.0.7 dhost= duser="
)
_SAFE = ' reason={0} cs1Label="Affected User Name" cs1= cs2Label="Safe Name" cs2="Police" cs3Label="Device Type" cs3=\n'
_HANDLE = {
    "SubjectDomainName": "CITY",
    "SubjectUserName": "ann",
    "ObjectName": "D:\\people\\7.pdf",
    "HandleId": "0x50",
    "ProcessId": "0x4",
    "AccessMask": "0x1",
}
_BEAT_6 = {"computer_name": "fs1", "log_name": "Security", "beat": {"version": "6.8.0"}, "event_data": _HANDLE}
_BEAT_8 = {"computer_name": "fs1", "channel": "Security", "event_data": _HANDLE}
_ISE = "<181>Mar  1 11:00:0{0} ise1 CISE_{1} 00000000{0} 1 0 2025-03-01 11:00:0{0}.123 -06:00 0000000099 {2} NOTICE "


def _looked_up(number: int, name: str, at: float | str, **whole: object) -> dict[str, object]:
    return {
        "EventId": f"e{number}",
        "EventName": name,
        "EventSource": "iam.amazonaws.com",
        "Username": "ann",
        "EventTime": at,
        "Resources": [{"ResourceType": "AWS::IAM::User", "ResourceName": "bo"}] * (number == 1),
        "CloudTrailEvent": json.dumps(whole),
    }


def _beat(second: int, **parts: object) -> str:
    return json.dumps({"@timestamp": f"2025-03-01T17:00:0{second}.000Z", **parts}) + "\n"


MADE_PRODUCTS = [
    MadeLog(
        "cyberark-vault-cef",
        f"<5>1 2025-03-01T17:00:01Z {_VAULT.format(295, 'Retrieve password')}{_SAFE.format('(Action: Show)case 25-1')}"
        f"<5>1 2025-03-01T17:00:02Z {_VAULT.format(7, 'Logon')}{_SAFE.format('')}",
        Came(2, 1, 0, 0, 1),
        [
            (
                *("2025-03-01 17:00:01", "ann", "Police/Root\\db1", "view", "Retrieve password", ""),
                *("(Action: Show)case 25-1", "10.0.0.7"),
            )
        ],
    ),
    MadeLog(
        "google-workspace-console-csv",
        "Date,Event,Description,Actor,Document ID,Title,IP address\n"
        "2025-03-01T11:00:01-06:00,View,Ann viewed an item,ann@city.gov,d7,Case 7,10.0.0.7\n"
        '"Mar 1, 2025, 11:00:02\u202fAM CST",Download,Ann downloaded an item,ann@city.gov,,Case 8,\n',
        Came(2, 2, 0, 0, 0),
        [
            ("2025-03-01 17:00:01", "ann@city.gov", "drive/d7", "view", "View", "", "", "10.0.0.7"),
            ("2025-03-01 17:00:02", "ann@city.gov", "drive/Case 8", "export", "Download", "", "", ""),
        ],
    ),
    MadeLog(
        "sentinel-office-activity-csv",
        'TenantId,Application,"TimeGenerated [UTC]",OfficeId,UserId,Operation,OfficeObjectId,Client_IPAddress\n'
        't,,"3/1/2025, 5:00:01.123 PM",o1,ann@city.gov,FileAccessed,https://city/7.pdf,10.0.0.7\n'
        't,,"3/1/2025, 5:00:02 PM",o2,ann@city.gov,FileDownloaded,https://city/8.pdf,\n',
        Came(2, 2, 0, 0, 0),
        [
            (
                *("2025-03-01 17:00:01.123000", "ann@city.gov", "https://city/7.pdf", "view", "FileAccessed"),
                *("", "", "10.0.0.7"),
            ),
            ("2025-03-01 17:00:02", "ann@city.gov", "https://city/8.pdf", "export", "FileDownloaded", "", "", ""),
        ],
    ),
    MadeLog(
        "sentinel-security-event-csv",
        "TimeGenerated [UTC],Computer,EventID,SubjectDomainName,SubjectUserName,ObjectName,ProcessId,HandleId,"
        "AccessMask\n"
        '"3/1/2025, 5:00:01.123 PM",fs1,4656,CITY,ann,D:\\7.pdf,0x4,0x50,0x1\n'
        '"3/1/2025, 5:00:02.123 PM",fs1,4663,CITY,ann,D:\\7.pdf,0x4,0x50,0x1\n'
        '"3/1/2025, 5:00:03.123 PM",fs1,4658,CITY,ann,,0x4,0x50,\n',
        Came(3, 1, 0, 0, 2),
        [("2025-03-01 17:00:02.123000", "CITY\\ann", "D:\\7.pdf", "view", "4663 0x1", "", "", "fs1")],
    ),
    MadeLog(
        "aws-cloudtrail-lookup",
        json.dumps(
            {
                "Events": [
                    _looked_up(1, "DeleteUser", 1740848401.0, sourceIPAddress="10.0.0.7"),
                    _looked_up(2, "ListUsers", "2025-03-01T11:00:02-06:00", userIdentity={"arn": "arn:1:ann"}),
                ],
                "NextToken": "x",
            },
            indent=4,
        ),
        Came(2, 2, 0, 0, 0),
        [
            ("2025-03-01 17:00:01", "ann", "iam.amazonaws.com/bo", "delete", "DeleteUser", "", "", "10.0.0.7"),
            ("2025-03-01 17:00:02", "arn:1:ann", "iam.amazonaws.com", "view", "ListUsers", "", "", ""),
        ],
    ),
    MadeLog(
        "xferlog",
        "Sat Mar  1 11:00:01 2025 1 10.0.0.7 12 /srv/case 7.pdf b _ o r ann ftp 0 * c\n"
        "Sat Mar  1 11:00:02 2025 12 10.0.0.7 0 /srv/8.pdf a C i a ann@city.gov ftp 0 * i\n",
        Came(2, 2, 0, 0, 0),
        [
            ("2025-03-01 17:00:01", "ann", "/srv/case 7.pdf", "view", "o", "", "", "10.0.0.7"),
            ("2025-03-01 17:00:02", "ann@city.gov", "/srv/8.pdf", "create", "i", "", "", "10.0.0.7"),
        ],
    ),
    MadeLog(
        "exchange-message-tracking",
        "#Software: Microsoft Exchange Server\n#Version: 15.02.1118.7\n#Log-type: Message Tracking Log\n"
        "#Date: 2025-03-01T17:00:00.000Z\n"
        "#Fields: date-time,client-ip,event-id,message-id,recipient-address,message-subject,sender-address\n"
        '2025-03-01T17:00:01.123Z,10.0.0.7,DELIVER,<m1>,bo@city.gov,"Case 7, and ""8""",ann@city.gov\n'
        "2025-03-01T17:00:02.123Z,,RECEIVE,<m1>,bo@city.gov,Case 7,ann@city.gov\n",
        Came(2, 1, 0, 0, 1),
        [("2025-03-01 17:00:01.123000", "ann@city.gov", "mail/bo@city.gov", "share", "DELIVER", "", "", "10.0.0.7")],
    ),
    MadeLog(
        "cisco-ise",
        _ISE.format(1, "Administrative_and_Operational_Audit", 52001)
        + "Configuration-Changes: Changed configuration, ConfigVersionId=9, AdminInterface=GUI, "
        "AdminIPAddress=10.0.0.7, AdminName=ann olson, ObjectType=NetworkDevice, ObjectName=sw1,\n"
        + _ISE.format(2, "Passed_Authentications", 5200)
        + "Passed-Authentication: Authentication succeeded, UserName=bo, Protocol=Radius,\n",
        Came(2, 1, 0, 0, 1),
        [
            (
                *("2025-03-01 17:00:01.123000", "ann olson", "NetworkDevice/sw1", "modify", "Changed configuration"),
                *("", "", "10.0.0.7"),
            )
        ],
    ),
    MadeLog(
        "windows-winlogbeat",
        _beat(1, **_BEAT_6, event_id=4663, record_number="1")
        + _beat(2, winlog={**_BEAT_8, "record_id": 2, "event_id": 4663})
        + _beat(3, winlog={**_BEAT_8, "record_id": "3", "event_id": "4624"}, event={"code": "4624"}),
        Came(3, 2, 0, 0, 1),
        [
            (f"2025-03-01 17:00:0{second}", "CITY\\ann", "D:\\people\\7.pdf", "view", "4663 0x1", "", "", "fs1")
            for second in (1, 2)
        ],
    ),
]
