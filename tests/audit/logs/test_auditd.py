"""The audit log of Linux: lines of one event together, hexadecimal values as text, what was touched and done."""

from pathlib import Path

import pytest

from audit.logs.formats.auditd_words import call_in_words
from audit.logs.profiles.reading import shipped_profiles
from tests.audit.logs.importing_logs import Logs, counts
from tests.audit.logs.records_of import read_log

PROFILE = (
    "format: auditd\nfields: {event_id: id, time: time, account: [AUID, auid, acct], resource: [object, cmd], "
    "action: did, subject: types, purpose: PROCTITLE.proctitle, workstation: node}\n"
)
OPENED = [
    (
        "type=SYSCALL msg=audit(1740848400.100:7): arch=c000003e syscall=257 a1=1 a2=0 items=2 auid=1007 uid=0 "
        'key="records"\x1dSYSCALL=openat AUID="aolson" UID="root"'
    ),
    'type=CWD msg=audit(1740848400.100:7): cwd="/srv/records"',
    'type=PATH msg=audit(1740848400.100:7): item=0 name="2025/" nametype=PARENT',
    "type=PATH msg=audit(1740848400.100:7): item=1 name=323032352F412042 nametype=NORMAL",
    "type=PROCTITLE msg=audit(1740848400.100:7): proctitle=636174002F6574632F6D6F7464",
]
OTHER = (
    "type=USER_CMD msg=audit(1740848400.101:8): pid=9 uid=1000 auid=1000 "
    "msg='cwd=\"/\" cmd=6C73202D6C terminal=? res=success'"
)


def test_lines_of_one_event_are_one_record_though_others_stand_between(tmp_path: Path) -> None:
    log = read_log(tmp_path, "\n".join([*OPENED[:2], OTHER, *OPENED[2:]]), PROFILE)

    opened, other = log.records
    assert opened.parts == {
        "id": "1740848400.100:7",
        "time": "1740848400.100",
        "AUID": "aolson",
        "auid": "1007",
        "object": "/srv/records/2025/A B",
        "did": "openat to read",
        "types": "SYSCALL CWD PATH PATH PROCTITLE",
        "PROCTITLE.proctitle": "cat /etc/motd",
    }
    assert (other.parts["cmd"], other.parts["auid"], other.parts["types"]) == ("ls -l", "1000", "USER_CMD")
    assert opened.text == "\n".join(OPENED)


def test_what_is_no_line_of_the_log_is_unreadable_and_an_old_auid_is_not_the_actor(tmp_path: Path) -> None:
    login = "node=db1 type=LOGIN msg=audit(1.2:3): login pid=1 uid=0 old auid=4294967295 new auid=1003 op=x id=55"

    log = read_log(tmp_path, f"{login}\ntype=UNKNOWN[1329] msg=?\n", PROFILE)

    assert (log.records[0].parts["auid"], log.records[0].parts["node"], log.records[0].parts["id"]) == (
        "1003",
        "db1",
        "1.2:3",
    )
    assert log.records[1].fault == "is no line of the audit log: it has no type= and msg=audit(…)"


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ({"arch": "c000003e", "syscall": "2", "a1": "241"}, "open to create"),
        ({"arch": "c00000b7", "syscall": "56", "a2": "2"}, "openat to write"),
        ({"SYSCALL": "unlinkat", "syscall": "263", "a2": "0"}, "unlinkat"),
        ({"arch": "c000003e", "syscall": "44"}, ""),
        ({}, ""),
    ],
)
def test_calls_of_the_system_are_said_in_words(call: dict[str, str], said: str) -> None:
    assert call_in_words(call) == said


def test_the_profile_that_ships_takes_who_touched_what(logs: Logs) -> None:
    logs.change_source(shipped_profiles()["linux-audit"], log_format="auditd")

    receipt = logs.add(
        "\n".join([*OPENED, "type=SERVICE_START msg=audit(1740848401.000:9): pid=1 uid=0 auid=4294967295"])
    )

    assert counts(receipt) == (2, 1, 0, 0, 1)
    (event,) = logs.events()
    assert (event.time, event.account, event.resource, event.action) == (
        "2025-03-01 17:00:00.100000",
        "aolson",
        "/srv/records/2025/A B",
        "view",
    )
