"""Accounts that are a machine's or the system's by their form alone, and those that a person may use."""

import pytest

from access.machine_accounts import machine_evidence


@pytest.mark.parametrize(
    "account",
    [
        "CITY\\RECORDS01$",
        "records01$@CITY.LOCAL",
        "NT AUTHORITY\\SYSTEM",
        "Window Manager\\DWM-3",
        "ANONYMOUS LOGON",
        "CITY\\anonymous  logon",
        "S-1-5-18",
        "S-1-5-80-3880718306-3832830129",
        "host/web01.city.example@CITY.EXAMPLE",
        "HealthMailbox0f3c1d9",
        "MSOL_0123456789ab",
        "import@permits.iam.gserviceaccount.com",
        "cloudtrail.amazonaws.com",
        "system:serviceaccount:records:reader",
        "i:0i.t|00000003-0000-0ff1-ce00-000000000000|app@sharepoint",
    ],
)
def test_a_form_that_no_person_has_is_told(account: str) -> None:
    assert machine_evidence(account)


@pytest.mark.parametrize(
    "account",
    [
        "svc_backup",
        "CITY\\svc-records",
        "SYSTEM",
        "root",
        "admin",
        "$",
        "cash$ier",
        "S-1-5-21-1004336348-1177238915-682003330-512",
        "jdoe/admin@CITY.EXAMPLE",
        "anonymous",
        "nobody@city.example",
        "",
    ],
)
def test_an_account_that_a_person_may_use_is_not(account: str) -> None:
    assert not machine_evidence(account)
