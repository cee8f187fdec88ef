"""How what a question about the past found differs from the findings that stood when it was asked."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, select

from audit.question_models import QuestionFinding


class Difference(StrEnum):
    """How a question's finding differs from what stands."""

    NONE = ""
    MORE = "does not stand"
    OTHERWISE = "counted otherwise"
    MISSING = "stands, but would not be there"


@dataclass(frozen=True)
class Differences:
    """How many findings that stand would not be there, how many more would, and how many are counted otherwise."""

    missing: int = 0
    more: int = 0
    otherwise: int = 0


def differences_of(session: Session, run_id: int) -> Differences:
    """Give how a question that was asked differs from what stood then."""
    told = Counter(session.exec(select(QuestionFinding.difference).where(QuestionFinding.run_id == run_id)))
    return Differences(told[Difference.MISSING], told[Difference.MORE], told[Difference.OTHERWISE])
