"""What a question about the past found."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from config.database import UtcDateTime


class QuestionFinding(SQLModel, table=True):
    """What a question about the past found, and how that differs from what stood when it was asked.

    What stood and would not be there has a row too, with the figures that stood: `difference` tells them apart.
    """

    __tablename__ = "question_findings"

    run_id: int = Field(foreign_key="audit_runs.id", primary_key=True)
    key: str = Field(primary_key=True)
    who: str
    who_is_employee: bool
    what: str
    what_is_series: bool
    reason: str
    verdict: str
    month: str
    events: int
    first: datetime = Field(sa_type=UtcDateTime)
    last: datetime = Field(sa_type=UtcDateTime)
    subjects: int
    actions: str
    sources: str
    explanation: str = Field(sa_type=Text)
    difference: str = Field(description="see differences.Difference")
