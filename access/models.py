"""Who works here, in which position, with which login, and what their work assignments let them reach.

Every row carries two clocks: the period in which it holds ([start, end), None = open) and the time at which the service
came to know it (`recorded_at`). `stated_recorded_at` is what a file itself claims about when it was recorded.
"""

from datetime import datetime

from sqlmodel import Field

from config.database import UtcDateTime
from config.recorded import Recorded


class Position(Recorded, table=True):
    """A job, with a code, a title and a department."""

    __tablename__ = "positions"

    id: int = Field(default=None, primary_key=True)
    position_code: str = Field(index=True)
    title: str
    department: str


class Employee(Recorded, table=True):
    """A person who works, or worked, for the entity."""

    __tablename__ = "employees"

    id: int = Field(default=None, primary_key=True)
    employee_id: str = Field(index=True)
    name: str
    email: str = ""
    manager_id: str = Field(default="", index=True)


class Employment(Recorded, table=True):
    """One period of employment; a rehire is a second one."""

    __tablename__ = "employments"

    id: int = Field(default=None, primary_key=True)
    employee_id: str = Field(index=True)
    start: datetime | None = Field(default=None, sa_type=UtcDateTime)
    end: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Assignment(Recorded, table=True):
    """An employee holds a position during a period."""

    __tablename__ = "assignments"

    id: int = Field(default=None, primary_key=True)
    employee_id: str = Field(index=True)
    position_code: str = Field(index=True)
    start: datetime | None = Field(default=None, sa_type=UtcDateTime)
    end: datetime | None = Field(default=None, sa_type=UtcDateTime)
    stated_recorded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Account(Recorded, table=True):
    """A login in a system: an employee's for a period, or a shared or service one that names nobody."""

    __tablename__ = "accounts"

    id: int = Field(default=None, primary_key=True)
    system: str
    login: str = Field(index=True)
    employee_id: str = ""
    kind: str = "personal"
    start: datetime | None = Field(default=None, sa_type=UtcDateTime)
    end: datetime | None = Field(default=None, sa_type=UtcDateTime)


class LoginForm(Recorded, table=True):
    r"""How logins compare to one source of logs of a system: whether `DOMAIN\` and `@domain` count."""

    __tablename__ = "login_forms"

    id: int = Field(default=None, primary_key=True)
    source: str = Field(index=True)
    system: str
    strip_domain_prefix: bool
    strip_domain_suffix: bool


class WorkAccess(Recorded, table=True):
    """The statement that a holder's work assignment reasonably requires a series (13.05 subd. 5).

    `actions` and `purposes` are `*` or a list joined with `;`; purposes are trimmed and case-folded.
    """

    __tablename__ = "work_access"

    id: int = Field(default=None, primary_key=True)
    series: str = Field(index=True)
    holder_type: str
    holder: str
    actions: str
    purposes: str
    start: datetime | None = Field(default=None, sa_type=UtcDateTime)
    end: datetime | None = Field(default=None, sa_type=UtcDateTime)
    authority: str = ""
    stated_recorded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class TemporaryDuty(Recorded, table=True):
    """Work access that a manager assigns to one employee for a limited time, or until revoked."""

    __tablename__ = "temporary_duties"

    id: int = Field(default=None, primary_key=True)
    employee_id: str = Field(index=True)
    series: str = Field(index=True)
    actions: str
    purposes: str
    start: datetime = Field(sa_type=UtcDateTime)
    end: datetime = Field(sa_type=UtcDateTime)
    granted_by: str
    reason: str
    stated_recorded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Officer(Recorded, table=True):
    """An employee holds one of the few offices that may reach all not public data if necessary for specified duties."""

    __tablename__ = "officers"

    id: int = Field(default=None, primary_key=True)
    office: str
    employee_id: str = Field(index=True)
    start: datetime | None = Field(default=None, sa_type=UtcDateTime)
    end: datetime | None = Field(default=None, sa_type=UtcDateTime)


class OfficerDuty(Recorded, table=True):
    """A specified duty of a designated officer: which series (or `*`), what for, and when."""

    __tablename__ = "officer_duties"

    id: int = Field(default=None, primary_key=True)
    employee_id: str = Field(index=True)
    series: str
    duty: str
    start: datetime = Field(sa_type=UtcDateTime)
    end: datetime = Field(sa_type=UtcDateTime)
    stated_recorded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PurposeMeaning(Recorded, table=True):
    """Which purpose is meant where people type something else as their reason, in the logs of a source.

    Args:
        typed: What they type, or a shell-style pattern that matches it.
        match: Whether `typed` is the whole text, or a pattern; see `purpose_map.py`.
    """

    __tablename__ = "purpose_meanings"

    id: int = Field(default=None, primary_key=True)
    source: str = Field(index=True)
    typed: str
    match: str
    purpose: str


class ListedCase(Recorded, table=True):
    """A case of a list of cases, by which a number that people give as their reason is known or not.

    Args:
        system: Whose logs name it; empty = those of any.
        start: When it was opened; `end` is when it was closed.
    """

    __tablename__ = "listed_cases"

    id: int = Field(default=None, primary_key=True)
    case_number: str
    system: str = ""
    start: datetime | None = Field(default=None, sa_type=UtcDateTime)
    end: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Training(Recorded, table=True):
    """A training that an employee completed; it counts from `start`, its completion, until `end`, None = for good."""

    __tablename__ = "trainings"

    id: int = Field(default=None, primary_key=True)
    employee_id: str = Field(index=True)
    training: str
    start: datetime = Field(sa_type=UtcDateTime)
    end: datetime | None = Field(default=None, sa_type=UtcDateTime)
