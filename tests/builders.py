"""Sound by default, changed by keyword, never random: grants, cases and rows of the record for tests."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from access.models import (
    Account,
    Assignment,
    Employee,
    Employment,
    LoginForm,
    Officer,
    OfficerDuty,
    Position,
    TemporaryDuty,
    Training,
    WorkAccess,
)
from access.rules import Grant, GrantKind
from audit.case import Case, Standing, Target
from audit.logs.models import Source
from audit.models import AuditRun
from inventory.models import DataSeries, Entity, PartResolution, ResourcePattern, WorkAccessPart

CHICAGO = ZoneInfo("America/Chicago")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
JANUARY_1 = datetime(2025, 1, 1, 6, tzinfo=UTC)  # midnight in Chicago, as the following
MARCH_1 = datetime(2025, 3, 1, 6, tzinfo=UTC)
APRIL_1 = datetime(2025, 4, 1, 5, tzinfo=UTC)
MAY_1 = datetime(2025, 5, 1, 5, tzinfo=UTC)
JUNE_1 = datetime(2025, 6, 1, 5, tzinfo=UTC)
JULY_2 = datetime(2025, 7, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def a_grant(**changes: Any) -> Grant:  # noqa: ANN401 - any field
    """Give work access of a position, open at both ends, for any action and purpose, timely always."""
    stated: dict[str, Any] = {
        "grant_id": "work-access:1",
        "kind": GrantKind.POSITION,
        "through": "Police Clerk",
        "actions": "*",
        "purposes": "*",
        "start": None,
        "end": None,
        "timely_from": None,
        "authority": "job description of 2024",
    }
    return Grant(**stated | changes)


def a_case(**changes: Any) -> Case:  # noqa: ANN401 - any field
    """Give a view of a private series on 9 April 2025 at 12:00 UTC, by an employee who has no grant of it."""
    stated: dict[str, Any] = {
        "time": datetime(2025, 4, 9, 12, tzinfo=UTC),
        "zone": CHICAGO,
        "account": "aolson",
        "resource": "case/17",
        "action": "view",
        "purpose": "",
        "target": Target.SERIES,
        "standing": Standing.EMPLOYEE,
        "series_name": "Case files",
        "employee_name": "Ann Olson",
        "supervisor": "Bo Larson",
        "holders": "Investigator (Police)",
    }
    return Case(**stated | changes)


_DEFAULTS: dict[type, dict[str, Any]] = {
    Entity: {"name": "City of Springfield"},
    Position: {"position_code": "P1", "title": "Police Clerk", "department": "Police"},
    Employee: {"employee_id": "E1", "name": "Ann Olson", "manager_id": "E2"},
    Employment: {"employee_id": "E1"},
    Assignment: {"employee_id": "E1", "position_code": "P1"},
    Account: {"system": "cad", "login": "aolson", "employee_id": "E1"},
    DataSeries: {"code": "S1", "name": "Case files", "classes": "private"},
    WorkAccessPart: {"series": "S1", "part": "Police Clerk"},
    PartResolution: {"series": "S1", "part": "certain employees", "holder_type": "position", "holder": "P1"},
    WorkAccess: {"series": "S1", "holder_type": "position", "holder": "P1", "actions": "*", "purposes": "*"},
    TemporaryDuty: {
        "employee_id": "E1",
        "series": "S1",
        "actions": "*",
        "purposes": "*",
        "start": MARCH_1,
        "end": APRIL_1,
        "granted_by": "Bo Larson",
        "reason": "covers for a colleague",
    },
    Training: {"employee_id": "E1", "training": "CJIS", "start": LONG_AGO},
    Officer: {"office": "responsible_authority", "employee_id": "E1"},
    OfficerDuty: {"employee_id": "E1", "series": "*", "duty": "answer a request", "start": MARCH_1, "end": APRIL_1},
    LoginForm: {"source": "cad", "system": "cad", "strip_domain_prefix": True, "strip_domain_suffix": True},
    Source: {"name": "cad", "system": "cad", "format": "csv", "time_zone": "America/Chicago", "profile": ""},
    ResourcePattern: {"system": "cad", "pattern": "case/*", "series": "S1"},
}


def a_row(model: Any, **changes: Any) -> Any:  # noqa: ANN401 - a row of any table of the record
    """Give a row of a table, recorded long ago: Ann Olson, E1, holds P1, and so on."""
    return model(**{"recorded_at": LONG_AGO, "recorded_by": "clerk"} | _DEFAULTS[model] | changes)


_RUN: dict[str, Any] = {
    "known_at": JULY_2,
    "logs_known_at": JULY_2,
    "run_at": JULY_2,
    "run_by": "auditor",
    "digest": "",
    "stamp": "",
    "reasons": "{}",
    "events": 9,
    "authorized": 0,
    "unauthorized": 0,
    "unresolved": 0,
    "out_of_scope": 9,
    "examined": 1,
    "agreed": 1,
    "findings": 0,
}


def a_run(start: datetime | None, end: datetime | None, **changes: Any) -> AuditRun:  # noqa: ANN401 - any field
    """Give an audit that left nine events out."""
    return AuditRun(**_RUN | {"range_start": start, "range_end": end} | changes)
