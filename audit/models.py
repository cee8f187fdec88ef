"""What was audited, what was found, and what people made of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Text, UniqueConstraint, false, text
from sqlmodel import Field, SQLModel

from config.database import UtcDateTime

_EMPTY = {"server_default": text("''")}  # as for `is_question`: a default of the database


def _only(which: str) -> dict[str, Any]:
    """Let an index hold only the rows of a condition."""
    return {"sqlite_where": text(which), "postgresql_where": text(which)}


class AuditRun(SQLModel, table=True):
    """One audit: what was asked, the digest of its inputs, how it was cross-examined, and what it decided.

    A question about the past (`is_question`) leaves the findings that stand alone; what it found is in
    `question_findings`.
    """

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
    # with a default of the database, as a table that others refer to cannot be made anew to take it away
    is_question: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    kept: str = Field(
        default="",
        sa_column_kwargs=_EMPTY,
        description="digest of what the cache keeps of it, from which the next audit goes on; empty = nothing",
    )
    days_not_seen: int | None = Field(
        default=None, description="days of its time without expected records, of all sources; None = not counted then"
    )
    not_seen: str = Field(
        default="", sa_type=Text, sa_column_kwargs=_EMPTY, description="what was said of these days, in words"
    )


class Finding(SQLModel, table=True):
    """Accesses of one (who, what, reason, month) that were not authorized or could not be resolved.

    `figures_id` names the figures that stand now; None where the newest audit of the month no longer finds it.
    `accesses` is how many these count, kept here as well: by it the findings of a month lie in the order of their list.
    """

    __tablename__ = "findings"
    # there may be very many: a page of the list is read in the order of an index, and what there are few of is at hand
    __table_args__ = (
        UniqueConstraint("key"),
        Index(None, "accesses"),
        Index(None, "month", "accesses"),
        Index(None, "status", "month", "accesses"),
        Index(None, "what", "what_is_series", "month", "figures_id"),
        Index("ix_findings_proposed", "dismissal_proposed_by", **_only("dismissal_proposed_by <> ''")),
        Index("ix_findings_grown", "accesses", **_only("accesses > closed_events")),
    )

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    key: str
    who: str = Field(index=True)
    who_is_employee: bool
    what: str
    what_is_series: bool
    reason: str
    verdict: str
    month: str = Field(description="YYYY-MM in the entity's time zone")
    status: str = "open"
    figures_id: int | None = Field(default=None)
    accesses: int | None = Field(default=None, description="those that its figures count; None where it has none")
    closed_events: int | None = Field(default=None, description="how many accesses it had when it was closed last")
    exception_ends: datetime | None = Field(default=None, sa_type=UtcDateTime, description="while it is accepted")
    assignee: str = Field(
        default="",
        sa_column_kwargs=_EMPTY,
        description="the official who reviews it, while it is under review",
        index=True,
    )
    dismissal_proposed_by: str = Field(
        default="", sa_column_kwargs=_EMPTY, description="who proposed it, while a second official is waited for"
    )

    def take(self, status: str, *, assignee: str = "", exception_ends: datetime | None = None) -> None:
        """Come to another status; what belonged to the one before ends with it."""
        self.status, self.assignee, self.exception_ends = status, assignee, exception_ends
        self.dismissal_proposed_by = ""


class FindingFigures(SQLModel, table=True):
    """What one audit counted for a finding; a later audit that counts otherwise adds figures, none are overwritten.

    `until_run` is the audit from which on they no longer stood; None while they stand.
    """

    __tablename__ = "finding_figures"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    finding_id: int = Field(foreign_key="findings.id", index=True)
    run_id: int = Field(foreign_key="audit_runs.id", index=True)
    until_run: int | None = Field(default=None)
    events: int
    first: datetime = Field(sa_type=UtcDateTime)
    last: datetime = Field(sa_type=UtcDateTime)
    subjects: int
    actions: str
    sources: str
    explanation: str = Field(sa_type=Text)


class FindingMove(SQLModel, table=True):
    """What was made of a finding: a note, or a move from one status to another; none is overwritten."""

    __tablename__ = "finding_moves"

    id: int = Field(default=None, primary_key=True)
    finding_id: int = Field(foreign_key="findings.id", index=True)
    from_status: str
    to_status: str = Field(description="the same for a note alone")
    note: str = Field(default="", sa_type=Text)
    reason: str = Field(default="", description="why it was dismissed, of a list")
    owner: str = Field(default="", description="who answers for an exception")
    exception_ends: datetime | None = Field(default=None, sa_type=UtcDateTime)
    referred_to: str = Field(default="", description="the case")
    assignee: str = Field(default="", sa_column_kwargs=_EMPTY, description="the official who is to review it")
    proposes: str = Field(
        default="", sa_column_kwargs=_EMPTY, description="the status that waits for a second official"
    )
    asks: str = Field(
        default="",
        sa_column_kwargs=_EMPTY,
        description="the id of the employee whose explanation the note asks for",
        index=True,
    )
    due: datetime | None = Field(default=None, sa_type=UtcDateTime, description="until when it is asked for")
    answers: int | None = Field(default=None, description="the move whose question the note answers")
    moved_at: datetime = Field(sa_type=UtcDateTime)
    moved_by: str
