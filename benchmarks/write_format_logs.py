"""Logs of our own writing in the formats that are read, each as a product that ships a profile writes it."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.measured import answer
from tests.audit.logs.evtx_files import Parts, chunk, event, evtx

_BEGIN = datetime(2025, 3, 1, 12, tzinfo=UTC)
_WORKBOOK_ROWS, _EVENTS_A_CHUNK = 60_000, 30


@dataclass(frozen=True)
class _Access:
    number: int

    @property
    def time(self) -> datetime:
        return _BEGIN + timedelta(seconds=self.number)

    @property
    def user(self) -> str:
        return f"user{self.number * 7919 % 997}"

    @property
    def item(self) -> str:
        return f"case/{self.number * 104_729 % 9_973}"


def main() -> None:
    """Write into a folder what is not there yet, of so many records each; a workbook has fewer.

    What is answered of each log: where it is, the profile that reads it, and what merely parses it, as `bare_parse.py`
    calls it.
    """
    folder, records = Path(sys.argv[1]), int(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    logs = []
    for name, (profile, peer, written) in _LOGS.items():
        path = folder / f"{name}-{records}"
        if not path.exists():
            path.write_bytes(b"".join(written(records)))
        logs.append((str(path), profile, peer))
    answer(logs=logs)


def _lines(line: Callable[[_Access], str], above: str = "", below: str = "") -> Callable[[int], Iterator[bytes]]:
    def written(records: int) -> Iterator[bytes]:
        yield above.encode()
        yield from (line(_Access(number)).encode() for number in range(records))
        yield below.encode()

    return written


def _csv(one: _Access) -> str:
    return f"{one.number},{one.user},{one.time:%Y-%m-%d %H:%M:%S},12,theft of case {one.number % 500}\n"


def _fixed(one: _Access) -> str:
    return f"{one.time:%m/%d/%Y %H:%M:%S} NAM {one.item:<12} {one.user:<6} PD-WS-1      {one.user:<12} {one.number}\n"


def _windows(one: _Access) -> Mapping[str, str]:
    names = {"SubjectUserName": one.user, "SubjectDomainName": "CITY", "ObjectName": f"D:\\{one.item}.docx"}
    return {**names, "HandleId": hex(one.number), "ProcessId": "0x4", "AccessList": "%%4416", "AccessMask": "0x1"}


def _jsonl(one: _Access) -> str:
    time = f"{one.time:%Y-%m-%dT%H:%M:%S}.000Z"
    head = {"EventID": 4663, "@timestamp": time, "Hostname": "fs1", "Channel": "Security", "RecordNumber": one.number}
    return json.dumps({**head, **_windows(one)}) + "\n"


def _json(one: _Access) -> str:
    parameters = {"bucketName": "city-records", "key": one.item}
    record = {
        "eventVersion": "1.08",
        "userIdentity": {"type": "IAMUser", "arn": f"arn:aws:iam::1:user/{one.user}", "userName": one.user},
        "eventTime": f"{one.time:%Y-%m-%dT%H:%M:%SZ}",
        "eventSource": "s3.amazonaws.com",
        "eventName": "GetObject",
        "sourceIPAddress": "10.0.0.7",
        "requestParameters": parameters,
        "eventID": f"e{one.number}",
    }
    return f"{',' if one.number else ''}\n{json.dumps(record)}"


def _xml(one: _Access) -> str:
    cells = "".join(f'<Data Name="{name}">{text}</Data>' for name, text in _windows(one).items())
    return (
        "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><EventID>4663</EventID>"
        f"<TimeCreated SystemTime='{one.time:%Y-%m-%dT%H:%M:%S}.1234567Z'/><EventRecordID>{one.number}</EventRecordID>"
        f"<Channel>Security</Channel><Computer>fs1</Computer></System><EventData>{cells}</EventData></Event>\n"
    )


def _evtx(records: int) -> Iterator[bytes]:
    chunks = (range(first, min(first + _EVENTS_A_CHUNK, records)) for first in range(0, records, _EVENTS_A_CHUNK))
    of = (_Access(number) for number in range(records))
    yield evtx(*(chunk(numbers[0] + 1, [_evtx_event(next(of)) for _ in numbers]) for numbers in chunks))


def _evtx_event(one: _Access) -> Parts:
    return event(one.number + 1, 4663, f"{one.time:%Y-%m-%dT%H:%M:%S}.123456Z", **_windows(one))


def _workbook(records: int) -> Iterator[bytes]:
    from io import BytesIO  # noqa: PLC0415 - only where the file is not there yet

    from openpyxl import Workbook  # noqa: PLC0415 - the same

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    sheet.append(["ID", "AccessedDTTM", "UserID", "RecordType", "RecordID", "TypeofAction", "PatientID", "DeviceUsed"])
    for one in map(_Access, range(min(records, _WORKBOOK_ROWS))):
        time = f"{one.time:%Y-%m-%d %H:%M:%S}"
        sheet.append([one.number, time, one.user, "Note", one.item, "R", f"P{one.number % 5_000}", "PC1"])
    packed = BytesIO()
    workbook.save(packed)
    yield packed.getvalue()


def _web(one: _Access) -> str:
    return (
        f'10.0.0.7 - {one.user} [{one.time:%d/%b/%Y:%H:%M:%S} +0000] "GET /{one.item} HTTP/1.1" 200 512 "-" "x/5.0"\n'
    )


def _postgresql(one: _Access) -> str:
    client = f"user={one.user},db=city,app=psql,client=10.0.0.7"
    said = f"statement: FETCH {one.number} FROM people"
    return f"{one.time:%Y-%m-%d %H:%M:%S} UTC [42]: [{one.number}-1] {client} LOG:  {said}\n"


def _syslog(one: _Access) -> str:
    return f"<134>1 {one.time:%Y-%m-%dT%H:%M:%SZ} srv1 app 42 ID47 - user={one.user} opened {one.item}\n"


def _cef(one: _Access) -> str:
    at, path = int(one.time.timestamp()) * 1000, f"D:\\\\{one.item}"
    return (
        f"CEF:0|ManageEngine|ADAudit Plus|7|1|File Read|3|rt={at} suser={one.user} filePath={path} cat=FileAudit "
        "shost=fs1 cs4=File Read\n"
    )


def _leef(one: _Access) -> str:
    keys = f"Action=Retrieve password\tusrName={one.user}\tFile={one.item}\tSafe=S1\tReason=case 9\tsrc=10.0.0.7"
    return f"LEEF:2.0|Cyber-Ark|Vault|12.0|295|\t|devTime={one.time:%Y-%m-%dT%H:%M:%SZ}\t{keys}\n"


def _pairs(one: _Access) -> str:
    said = f'action="edit" type="User" object="{one.item}" user="{one.user}" client_ip="10.0.0.7"'
    return f"{one.time:%Y-%m-%dT%H:%M:%SZ} bastion wabaudit: {said}\n"


def _auditd(one: _Access) -> str:
    of = f"msg=audit({int(one.time.timestamp())}.123:{one.number}):"
    return (
        f"type=SYSCALL {of} arch=c000003e syscall=257 success=yes exit=3 a0=ffffff9c a1=7ffd a2=0 items=1 ppid=1 pid=2 "
        f'auid={1000 + one.number % 99} uid=0 tty=pts0 ses=3 comm="cat" exe="/usr/bin/cat" key="records"\n'
        f'type=CWD {of} cwd="/srv/records"\ntype=PATH {of} item=0 name="{one.item}" inode=1 nametype=NORMAL\n'
    )


def _iis(one: _Access) -> str:
    return f"{one.time:%Y-%m-%d %H:%M:%S} 10.0.0.1 GET /{one.item} - 443 CITY\\{one.user} 10.0.0.7 x/5.0 - 200 0 0 15\n"


_FIELDS = "date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer)"
_LOGS: Mapping[str, tuple[str, str, Callable[[int], Iterator[bytes]]]] = {
    "csv": ("licence-plate-searches", "csv", _lines(_csv, "id,userId,searchDate,cameraCount,reason\n")),
    "fixed": ("crimestar-views", "fixed", _lines(_fixed)),
    "xlsx": ("touchworks-audit-log", "xlsx", _workbook),
    "jsonl": ("windows-security", "jsonl", _lines(_jsonl)),
    "json": ("aws-cloudtrail", "json", _lines(_json, '{"Records": [', "]}\n")),
    "xml": ("windows-security-xml", "xml", _lines(_xml, "<Events>\n", "</Events>\n")),
    "evtx": ("windows-security-evtx", "evtx", _evtx),
    "lines": ("web-access", "web", _lines(_web)),
    "lines-postgresql": ("postgresql-stderr", "postgresql", _lines(_postgresql)),
    "syslog": ("syslog-general", "syslog", _lines(_syslog)),
    "cef": ("adauditplus", "keys", _lines(_cef)),
    "leef": ("cyberark-vault", "tabs", _lines(_leef)),
    "key-value": ("wallix-bastion", "keys", _lines(_pairs)),
    "auditd": ("linux-audit", "auditd", _lines(_auditd)),
    "w3c": ("iis", "cells", _lines(_iis, f"#Fields: {_FIELDS} sc-status sc-substatus sc-win32-status time-taken\n")),
}


if __name__ == "__main__":
    main()
