"""The tables of this folder that decide, as they are read to be decided by."""

from config.known_rows import KnownTable

_PERIOD = frozenset({"start", "end"})
_STATED = _PERIOD | {"stated_recorded_at"}

POSITIONS = KnownTable("positions", ("position_code", "title", "department"))
EMPLOYEES = KnownTable("employees", ("employee_id", "name", "manager_id"))
EMPLOYMENTS = KnownTable("employments", ("employee_id", "start", "end"), _PERIOD)
OFFICERS = KnownTable("officers", ("employee_id", "start", "end"), _PERIOD)
ASSIGNMENTS = KnownTable(
    "assignments",
    ("employee_id", "position_code", "start", "end", "stated_recorded_at"),
    _STATED,
    thing=("employee_id", "position_code"),
)
WORK_ACCESS = KnownTable(
    "work_access",
    (
        *("series", "holder_type", "holder", "actions", "purposes"),
        *("start", "end", "authority", "stated_recorded_at"),
    ),
    _STATED,
    thing=("series", "holder_type", "holder"),
)
TEMPORARY_DUTIES = KnownTable(
    "temporary_duties",
    (
        *("employee_id", "series", "actions", "purposes", "start", "end"),
        *("granted_by", "reason", "stated_recorded_at", "revoked_at"),
    ),
    _STATED | {"revoked_at"},
    thing=("employee_id", "series"),
)
OFFICER_DUTIES = KnownTable(
    "officer_duties",
    ("employee_id", "series", "duty", "start", "end", "stated_recorded_at"),
    _STATED,
    thing=("employee_id", "series"),
)
ACCOUNTS = KnownTable("accounts", ("system", "login", "kind", "employee_id", "start", "end"), _PERIOD)
PURPOSE_MEANINGS = KnownTable("purpose_meanings", ("source", "match", "typed", "purpose"))
KNOWN_TABLES = (
    *(POSITIONS, EMPLOYEES, EMPLOYMENTS, OFFICERS, ASSIGNMENTS, WORK_ACCESS, TEMPORARY_DUTIES, OFFICER_DUTIES),
    *(ACCOUNTS, PURPOSE_MEANINGS),
)
