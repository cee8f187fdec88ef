"""Shipped profiles of products of which no real log is at hand, on logs as their makers describe them."""

from audit.logs.profiles.reading import shipped_profiles
from tests.audit.logs.importing_logs import Logs, counts


def test_the_access_log_of_a_bucket_is_read(logs: Logs) -> None:
    logs.change_source(shipped_profiles()["s3-access"], log_format="lines")
    head = "c0ffee records-bucket [01/Mar/2025:17:00:00 +0000] 10.0.0.7"
    ann = "arn:aws:sts::111122223333:assumed-role/clerk/ann@city.gov"

    receipt = logs.add(
        f'{head} {ann} R1 REST.GET.OBJECT people/7.pdf "GET /records-bucket/people/7.pdf" 200 - 5 5 7 6 "-" "x" -\n'
        f'{head} - R2 REST.GET.ACL - "GET /records-bucket?acl HTTP/1.1" 403 AccessDenied 5 - 7 - "-" "x" -\n'
        f"{head} AmazonS3 R3 S3.EXPIRE.OBJECT people/1.pdf - - - - - - - - - -\n"
    )

    assert counts(receipt) == (3, 2, 0, 0, 1)
    assert [(event.account, event.resource, event.action) for event in logs.events()] == [
        (ann, "records-bucket/people/7.pdf", "view"),
        ("", "records-bucket", "view"),
    ]


def test_the_audit_of_aix_is_read(logs: Logs) -> None:
    logs.change_source(shipped_profiles()["aix-audit"], zone="America/Chicago", log_format="lines")

    receipt = logs.add(
        "event           login    status      time                     command\n"
        "--------------- -------- ----------- ------------------------ -------\n"
        "FILE_Open       ann      OK          Sat Mar 01 11:00:00 2025 cat    Global\n"
        "        flags: 67108864 mode: 0 fd: 3 filename /srv/people/7\n"
        "FILE_Unlink     ben      FAIL_PRIV   Sat Mar 01 11:00:01 2025 rm     Global\n"
        "        filename /srv/people/8\n"
        "USER_Login      cal      OK          Sat Mar 01 11:00:02 2025 tsm    Global\n"
        "        user: cal tty: /dev/pts/1\n"
    )

    assert counts(receipt) == (5, 2, 0, 0, 3)
    assert [(event.time, event.account, event.resource, event.action) for event in logs.events()] == [
        ("2025-03-01 17:00:00", "ann", "/srv/people/7", "view"),
        ("2025-03-01 17:00:01", "ben", "/srv/people/8", "delete"),
    ]
