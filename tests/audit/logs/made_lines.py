"""Logs of lines as products write them by other settings and versions than the real ones that are tried."""

from tests.audit.logs.made_log import MadeLog
from tests.audit.logs.real_logs import Came

_AT = '[01/Mar/2025:11:00:0{} -0600] "GET /case/7 HTTP/1.1" 200 5 "-" "curl"'
_VIEWED = ("view", "GET", "", "")
_PG = ',"ann","city",1,"10.0.0.5:99",67c2.1,{},"SELECT",2025-03-01 10:00:00 CST,3/4,0,LOG,00000,"{}",,,,,,,,,"psql"'
_CSVLOG = [
    "2025-03-01 11:00:01.000 CST" + _PG.format(1, "statement: select 1\nfrom people"),
    "2025-03-01 11:00:02.000 CST" + _PG.format(2, 'AUDIT: SESSION,1,1,WRITE,UPDATE,TABLE,public.people,""x""'),
    "2025-03-01 11:00:03.000 CST" + _PG.format(3, "statement: select 1") + ',"client backend",,0',
]
_SYSCALL = "type=SYSCALL msg=audit({}) : arch=x86_64 syscall=openat a2=O_WRONLY|O_CREAT auid=ann uid=root comm=vi \n"
_VAULT = (
    "Cyber-Ark|Vault|12.0|295|{0}Action=Retrieve password{1}usrName=ann{1}File=pw{1}Safe=S{1}"
    "devTime=Mar 01 2025 11:00:0{2}"
)
_FETCHED = ("ann", "S/pw", "view", "Retrieve password", "", "", "")

MADE_LINES = [
    MadeLog(
        "web-access",
        f"www.city.gov 10.0.0.7 - ann {_AT.format(1)}\n"
        f"10.0.0.7, 10.0.0.1 - Ann Olson {_AT.format(2)}\n"
        f"<134>Mar  1 11:00:03 web1 nginx[12]: 10.0.0.7 - ann {_AT.format(3)}\n"
        f'10.0.0.7 - "" {_AT.format(4).replace("/case/7", "/case 7")}\n'
        '10.0.0.7 - - [2025-03-01T11:00:05-06:00] "-" 408 -\n',
        Came(5, 5, 0, 0, 0),
        [
            ("2025-03-01 17:00:01", "ann", "www.city.gov/case/7", *_VIEWED, "10.0.0.7"),
            ("2025-03-01 17:00:02", "Ann Olson", "/case/7", *_VIEWED, "10.0.0.7"),
            ("2025-03-01 17:00:03", "ann", "/case/7", *_VIEWED, "10.0.0.7"),
            ("2025-03-01 17:00:04", "", "/case 7", *_VIEWED, "10.0.0.7"),
            ("2025-03-01 17:00:05", "", "no request", "other", "unreadable request", "", "", "10.0.0.7"),
        ],
    ),
    MadeLog(
        "vsftpd",
        'Sat Mar  1 11:00:01 2025 [pid 6] [ann] OK DOWNLOAD: Client "10.0.0.7", "/case "7".pdf", 12 bytes\n'
        'Sat Mar  1 11:00:02 2025 [pid 6] [ann] DEBUG: Client "10.0.0.7", "Connection terminated."\n',
        Came(2, 1, 0, 0, 1),
        [("2025-03-01 17:00:01", "ann", '/case "7".pdf', "view", "DOWNLOAD", "", "", "10.0.0.7")],
    ),
    MadeLog(
        "aix-audit",
        "FILE_Open       ann      OK          Sat Mar 01 11:00:01 2025 cat\n"
        "        flags: 0 mode: 0 fd: 3 filename /srv/case 7.pdf\n"
        "FILE_Rename     ann      OK          Sat Mar 01 11:00:02 2025 mv\n"
        "        frompath: /srv/a b topath: /srv/c\n",
        Came(2, 2, 0, 0, 0),
        [
            ("2025-03-01 17:00:01", "ann", "/srv/case 7.pdf", "view", "FILE_Open", "", "", ""),
            ("2025-03-01 17:00:02", "ann", "/srv/a b", "modify", "FILE_Rename", "", "", ""),
        ],
    ),
    MadeLog(
        "linux-audit",
        "----\ntype=PROCTITLE msg=audit(03/01/2025 11:00:01.123:7) : proctitle=vi case 7 \n"
        "type=PATH msg=audit(03/01/2025 11:00:01.123:7) : item=1 name=/srv/case 7 inode=2 nametype=CREATE \n"
        "type=PATH msg=audit(03/01/2025 11:00:01.123:7) : item=0 name=/srv inode=1 nametype=PARENT \n"
        + _SYSCALL.format("03/01/2025 11:00:01.123:7"),
        Came(1, 1, 0, 0, 0),
        [("2025-03-01 17:00:01.123000", "ann", "/srv/case 7", "create", "openat to create", "", "", "")],
    ),
    MadeLog(
        "postgresql-csvlog",
        "".join(f"{line}\n" for line in _CSVLOG),
        Came(3, 3, 0, 0, 0),
        [
            ("2025-03-01 17:00:01", "ann", "city", "view", "select", "", "", "10.0.0.5:99"),
            ("2025-03-01 17:00:02", "ann", "city/public.people", "modify", "WRITE", "", "", "10.0.0.5:99"),
            ("2025-03-01 17:00:03", "ann", "city", "view", "select", "", "", "10.0.0.5:99"),
        ],
    ),
    MadeLog(
        "postgresql-jsonlog",
        '{"timestamp": "2025-03-01 11:00:01.000 CST", "user": "ann", "dbname": "city", "session_id": "67c2.1", '
        '"line_num": 3, "ps": "SELECT", "remote_host": "10.0.0.7", "message": "statement: select 1"}\n'
        '{"timestamp": "2025-03-01 11:00:02.000 CST", "session_id": "67c2.2", "line_num": 1, "message": "ready"}\n',
        Came(2, 1, 0, 0, 1),
        [("2025-03-01 17:00:01", "ann", "city", "view", "select", "", "", "10.0.0.7")],
    ),
    MadeLog(
        "postgresql-stderr",
        "2025-03-01 11:00:01.000 CST [42] ann@city LOG:  statement: SELECT 1\n\tFROM people\n"
        "2025-03-01 11:00:02 CST [42-3] ann@city LOG:  execute S_1: DELETE FROM people\n"
        "1740848403.000 [42] user=ann olson,db=city,client=10.0.0.7 LOG:  statement: COPY people TO STDOUT\n"
        "2025-03-01 11:00:04 CST ann city LOG:  statement: SELECT 1\n",
        Came(4, 3, 0, 1, 0),
        [
            ("2025-03-01 17:00:01", "ann", "city", "view", "SELECT", "", "", ""),
            ("2025-03-01 17:00:02", "ann", "city", "delete", "DELETE", "", "", ""),
            ("2025-03-01 17:00:03", "ann olson", "city", "export", "COPY", "", "", "10.0.0.7"),
        ],
    ),
    MadeLog(
        "postgresql-syslog",
        "2025-03-01T11:00:01-06:00 db1 postgres[42]: [7-1] 2025-03-01 11:00:01 CST ann@city LOG:  statement: SELECT\n"
        "2025-03-01T11:00:01-06:00 db1 postgres[42]: [7-2] #011a FROM people\n"
        "2025-03-01T11:00:02-06:00 db1 cron[9]: (root) CMD (x)\n"
        "2025-03-01T11:00:03-06:00 db1 postgres[42]: [8-1] ann city: statement: SELECT 1\n",
        Came(3, 1, 0, 1, 1),
        [("2025-03-01 17:00:01", "ann", "city", "view", "SELECT", "", "", "db1")],
    ),
    MadeLog(
        "syslog-general",
        "<13>Mar  1 2025 11:00:01 srv1 app[1]: user=ann read case 7\n"
        "2025-03-01 11:00:02,500 srv1 app: x\n"
        "2025-03-01T11:00:03-06:00 app[1]: without a host\n"
        '1 2025-03-01T17:00:04Z srv1 app 1 ID [a@1 b="c"]\n',
        Came(4, 4, 0, 0, 0),
        [
            ("2025-03-01 17:00:01", "ann", "srv1/app", "other", "message", "", "", "srv1"),
            ("2025-03-01 17:00:02.500000", "", "srv1/app", "other", "message", "", "", "srv1"),
            ("2025-03-01 17:00:03", "", "app", "other", "message", "", "", ""),
            ("2025-03-01 17:00:04", "", "srv1/app", "other", "ID", "", "", "srv1"),
        ],
    ),
    MadeLog(
        "cyberark-vault",
        "LEEF:2.0|" + _VAULT.format("\t|", "\t", 1) + "\nLEEF:1.0|" + _VAULT.format("", "#011", 2)
        + "\nLEEF:1.0|" + _VAULT.format("", "  ", 3) + "\nLEEF:2.0|" + _VAULT.format("x5E|", "^", 4) + "\n",
        Came(4, 4, 0, 0, 0),
        [(f"2025-03-01 17:00:0{second}", *_FETCHED) for second in range(1, 5)],
    ),
    MadeLog(
        "wallix-bastion",
        '<13>Mar  1 2025 11:00:02 bastion wabaudit: action="edit" type="User" object="bo" user="ann" '
        'client_ip="10.0.0.7"\n',
        Came(1, 1, 0, 0, 0),
        [("2025-03-01 17:00:02", "ann", "User/bo", "modify", "edit", "", "", "10.0.0.7")],
    ),
    MadeLog(
        "nextcloud",
        '{"time": "March 01, 2025 17:00:01", "user": "ann", "message": '
        '"File with id \\"17\\" accessed: \\"/case 7.pdf\\""}\n'
        '{"time": "2025-03-01T17:00:02+00:00", "user": "ann", "message": '
        '"The file \\"/case 7.pdf\\" with ID \\"17\\" has been shared via link with permissions \\"1\\""}\n',
        Came(2, 2, 0, 0, 0),
        [
            ("2025-03-01 23:00:01", "ann", "/case 7.pdf", "view", "file accessed", "", "", ""),
            ("2025-03-01 17:00:02", "ann", "/case 7.pdf", "share", "has been shared", "", "", ""),
        ],
    ),
]  # fmt: skip
