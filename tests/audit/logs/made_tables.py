"""Tables of products of which no real log can be shown: made up, with the columns that their makers document."""

from tests.audit.logs.made_log import MadeLog
from tests.audit.logs.real_logs import Came

_FLOCK = (
    "ID,Name,Org Name,Total Networks Searched,Time Frame,License Plate,Reason,Case #,Filters,Search Time,Search Type\n"
    'a1,A. Olson,Larkfield PD,12,"03/01/2025, 05:00:00 AM UTC\n03/01/2025, 06:00:00 AM UTC",ABC123,Theft,25-7,,'
    '"3/1/2025, 05:17:09 PM UTC",lookup\n'
    'a2,***,Larkfield PD,12,,***,,,,"03/01/2025, 12:00:00 AM UTC",lookup\n'
    'a1,A. Olson,Larkfield PD,12,"03/01/2025, 05:00:00 AM UTC\n03/01/2025, 06:00:00 AM UTC",ABC123,Theft,25-7,,'
    '"3/1/2025, 05:17:09 PM UTC",lookup\n'
)
_SEARCH = ("license plate search", "search", "search")
_CRIMESTAR = (
    "Time                Mod Reference    User   Machine      Windows User Key\n"
    "03/01/2025 11:00:00 NAM OLSON, ANN   AOLSON PD-WS-1      aolson       4711\n"
)

MADE_TABLES = [
    MadeLog(
        "flock-searches",
        _FLOCK,
        Came(3, 2, 1, 0, 0),
        [
            ("2025-03-01 17:17:09", "A. Olson", *_SEARCH, "ABC123", "Theft, case 25-7", "Larkfield PD"),
            ("2025-03-01 00:00:00", "", *_SEARCH, "", "", "Larkfield PD"),
        ],
    ),
    MadeLog(
        "flock-searches-without-headings",
        'A. Olson,Larkfield PD,12,0,,ABC123,Theft,,,"03/01/2025, 05:17:09 PM UTC",lookup\n',
        Came(1, 1, 0, 0, 0),
        [("2025-03-01 17:17:09", "A. Olson", *_SEARCH, "ABC123", "Theft", "Larkfield PD")],
    ),
    MadeLog(
        "crimestar-views",
        _CRIMESTAR,
        Came(1, 1, 0, 0, 0),
        [("2025-03-01 17:00:00", "AOLSON", "NAM/4711", "view", "view", "OLSON, ANN", "", "PD-WS-1")],
    ),
    MadeLog(
        "laserfiche-audit-trail",
        "Event Class,Event,User,Entry Path,Entry ID,Date\n"
        "Entry,Open document,CITY\\aolson,\\Personnel\\Olson,812,3/1/2025 11:00:00 AM\n"
        "Entry,Print document,CITY\\aolson,\\Personnel\\Olson,812,3/1/2025 11:01:00 AM\n",
        Came(2, 2, 0, 0, 0),
        [
            ("2025-03-01 17:00:00", "CITY\\aolson", "\\Personnel\\Olson #812", "view", "Open document", "", "", ""),
            ("2025-03-01 17:01:00", "CITY\\aolson", "\\Personnel\\Olson #812", "print", "Print document", "", "", ""),
        ],
    ),
    MadeLog(
        "touchworks-audit-log",
        "ID,UserID,RecordID,RecordType,TypeofAction,JustificationText,AccessedDTTM,AuditMode,DeviceUsed,VTBKey,PatientID\n"
        "9,aolson,77,Chart,R,Larson,2025-03-01 11:00:00,1,WS-1,0,4711\n",
        Came(1, 1, 0, 0, 0),
        [("2025-03-01 17:00:00", "aolson", "Chart/77", "view", "R", "4711", "", "WS-1")],
    ),
    MadeLog(
        "record-access-list",
        "Date,User,Session,Patient,Event Name,Record Type,Event Detail\n"
        "3/1/2025 11:00 AM,aolson,s1,Ann Larson,Viewed chart,Chart,\n",
        Came(1, 1, 0, 0, 0),
        [("2025-03-01 17:00:00", "aolson", "Chart", "view", "Viewed chart", "Ann Larson", "", "s1")],
    ),
    MadeLog(
        "evidence-audit-trail",
        "Date,Time,User,Action,Evidence ID,Evidence Title,IP Address\n"
        "03/01/2025,11:00:00 AM,A. Olson,Evidence viewed,4711,Traffic stop,10.0.0.7\n",
        Came(1, 1, 0, 0, 0),
        [("2025-03-01 17:00:00", "A. Olson", "evidence/4711", "view", "Evidence viewed", "", "", "10.0.0.7")],
    ),
    MadeLog(
        "sql-server-audit",
        "event_time,sequence_number,action_id,session_id,server_principal_name,server_instance_name,database_name,"
        "schema_name,object_name,statement,client_ip\n"
        "2025-03-01 17:00:00.1234567,1,SL  ,51,CITY\\aolson,SQL1,hr,dbo,pay,select * from pay,10.0.0.7\n"
        "2025-03-01 17:00:00.1234567,2,SL  ,51,CITY\\aolson,SQL1,hr,dbo,pay,where 1 = 1,10.0.0.7\n"
        "2025-03-01 17:01:00.0000000,1,LGIS,51,CITY\\aolson,SQL1,,,,,10.0.0.7\n",
        Came(3, 1, 0, 0, 2),
        [("2025-03-01 17:00:00.123456", "CITY\\aolson", "hr.dbo.pay", "view", "SL", "", "", "10.0.0.7")],
    ),
]
