"""What was audited, and what was found."""

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from config.database import UtcDateTime


class AuditRun(SQLModel, table=True):
    """One audit: what was asked, the digest of its inputs, how it was cross-examined, and what it decided."""

    __tablename__ = "audit_runs"

    id: int = Field(default=None, primary_key=True)
    range_start: datetime | None = Field(default=None, sa_type=UtcDateTime)
    range_end: datetime | None = Field(default=None, sa_type=UtcDateTime)
    known_at: datetime = Field(sa_type=UtcDateTime)
    logs_known_at: datetime = Field(sa_type=UtcDateTime)
    digest: str = Field(index=True)
    stamp: str = Field(description="tells whether anything that its decisions rest on has changed in this record since")
    events: int
    authorized: int
    unauthorized: int
    unresolved: int
    out_of_scope: int
    reasons: str = Field(sa_type=Text, description="JSON: events per reason")
    examined: int
    agreed: int
    findings: int
    run_at: datetime = Field(sa_type=UtcDateTime)
    run_by: str


class Finding(SQLModel, table=True):
    """Accesses of one (who, what, reason, month) that were not authorized or could not be resolved.

    `figures_id` names the figures that stand now; None where the newest audit of the month no longer finds it.
    """

    __tablename__ = "findings"
    __table_args__ = (UniqueConstraint("key"),)

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    key: str
    who: str
    who_is_employee: bool
    what: str
    what_is_series: bool
    reason: str
    verdict: str
    month: str = Field(index=True, description="YYYY-MM in the entity's time zone")
    status: str = "open"
    figures_id: int | None = Field(default=None)


class FindingFigures(SQLModel, table=True):
    """What one audit counted for a finding; a later audit that counts otherwise adds figures, none are overwritten."""

    __tablename__ = "finding_figures"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    finding_id: int = Field(foreign_key="findings.id", index=True)
    run_id: int = Field(foreign_key="audit_runs.id", index=True)
    events: int
    first: datetime = Field(sa_type=UtcDateTime)
    last: datetime = Field(sa_type=UtcDateTime)
    subjects: int
    actions: str
    sources: str
    explanation: str = Field(sa_type=Text)


class FindingNote(SQLModel, table=True):
    """What an official noted on a finding, or that its status changed; none is overwritten."""

    __tablename__ = "finding_notes"

    id: int = Field(default=None, primary_key=True)
    finding_id: int = Field(foreign_key="findings.id", index=True)
    status: str
    note: str = Field(default="", sa_type=Text)
    noted_at: datetime = Field(sa_type=UtcDateTime)
    noted_by: str
