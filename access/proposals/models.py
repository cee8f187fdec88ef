"""Changes of work access that were proposed, and how each was answered; neither is ever overwritten.

A row of `work_access` reaches decisions, so what waits for a second official has its row here instead, and gets one
there, recorded then, when it is confirmed.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from config.database import UtcDateTime


class ProposedAct(StrEnum):
    """What is proposed to be done."""

    STATE = "state"
    CHANGE = "change"
    WITHDRAW = "withdraw"  # as never having been so
    TAKE_BACK = "take back"  # one of these, once it was made


class ProposalState(StrEnum):
    """How far a proposal has come."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # by who proposed it


class AccessProposal(SQLModel, table=True):
    """A change of work access that was proposed.

    Args:
        act: See ProposedAct.
        number: Of the statement that would be changed or withdrawn, as grants are named by it; None where it is new.
        series: What work access would say, as its own table has it, and so the columns up to `stated_recorded_at`; of
            a withdrawal what it says, and of a taking back what would stand again, or else what would not any more.
        reason: Why, as the proposer put it.
        meaning: What it was said to mean when it was proposed, one sentence a line.
        proposed_by: The login.
        proposer: The employee id; empty where they are no employee.
        takes_back: The change that would be taken back, by its number in the list of imports; None where none would be.
    """

    __tablename__ = "access_proposals"

    id: int = Field(default=None, primary_key=True)
    act: str
    number: int | None = Field(default=None)
    series: str = Field(index=True)
    holder_type: str
    holder: str
    actions: str
    purposes: str
    start: datetime | None = Field(default=None, sa_type=UtcDateTime)
    end: datetime | None = Field(default=None, sa_type=UtcDateTime)
    authority: str = ""
    stated_recorded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = Field(sa_type=Text)
    meaning: str = Field(sa_type=Text)
    proposed_at: datetime = Field(sa_type=UtcDateTime)
    proposed_by: str
    proposer: str
    takes_back: int | None = Field(default=None)

    @property
    def grant(self) -> str | None:
        """The grant that it is about, as decisions name it; None where it is new."""
        return None if self.number is None else f"work-access:{self.number}"


class ProposalAnswer(SQLModel, table=True):
    """How a proposal was answered, which is done once.

    Args:
        answer: See ProposalState; never that it waits.
        import_number: Of the change that was made, in the list of imports, by which it can be taken back.
    """

    __tablename__ = "proposal_answers"
    __table_args__ = (UniqueConstraint("proposal_id"),)

    id: int = Field(default=None, primary_key=True)
    proposal_id: int = Field(foreign_key="access_proposals.id")
    answer: str
    note: str = Field(sa_type=Text)
    import_number: int | None = Field(default=None, foreign_key="imports.number")
    answered_at: datetime = Field(sa_type=UtcDateTime)
    answered_by: str
