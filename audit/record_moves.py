"""Moves of findings as officials send them: of the version they saw, and recorded once however often they are sent."""

from datetime import datetime
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field
from sqlmodel import Session, col, select

from audit.find_finding import find_finding
from audit.models import Finding, FindingMove
from audit.move_finding import Move, move_finding, move_findings
from audit.own_findings import MovedBy
from config.clock import read_end
from config.errors import InvalidFields
from config.web.once import once
from config.web.signed_in import SignedIn
from config.web.versions import check_version, version_of
from config.work import Installation, Work

MOST_AT_ONCE = 1_000


class MoveRequest(BaseModel):
    """What to make of a finding: another status, a note, or both."""

    status: str | None = Field(default=None, examples=["under_review"])
    note: str = Field(default="", examples=["Asked her supervisor"])
    reason: str = ""
    owner: str = ""
    exception_ends: str | None = Field(default=None, description="of a day its last moment counts")
    referred_to: str = ""
    assignee: str = Field(default="", description="who is to review it, where it is under review")
    asks: str = Field(
        default="", description="the id or name of an employee who is to explain it; the note is the question"
    )
    due: str | None = Field(default=None, description="until when they are to; of a day its last moment counts")

    def move(self, zone: ZoneInfo) -> Move:
        """Give it as the use case takes it, days being those of the entity's zone.

        Raises:
            InvalidFields: An end cannot be read.
        """
        faults = dict[str, str]()
        exception_ends, due = (_end(name, getattr(self, name), zone, faults) for name in ("exception_ends", "due"))
        if faults:
            raise InvalidFields(faults)
        return Move(
            self.status,
            self.note,
            self.reason,
            self.owner,
            exception_ends,
            self.referred_to,
            self.assignee,
            self.asks,
            due,
        )


def _end(name: str, text: str | None, zone: ZoneInfo, faults: dict[str, str]) -> datetime | None:
    try:
        return read_end(text, zone) if text else None
    except ValueError as error:
        faults[name] = f"A last day cannot be read; expected {error}."
    return None


class MovesRequest(MoveRequest):
    """What to make of several findings alike."""

    keys: list[str] = Field(max_length=MOST_AT_ONCE)


class MovedJson(BaseModel):
    """How one finding of several was moved, or why not; `waits` where its dismissal needs a second official."""

    key: str
    status: str = ""
    waits: bool = False
    refusal: str = ""


class MovesAnswer(BaseModel):
    """The answer for each finding, in the order of the keys."""

    moves: list[MovedJson]


def record_moves(installation: Installation, official: SignedIn, asked: MovesRequest, sent_as: str) -> MovesAnswer:
    """Move several findings alike; each is moved or refused by itself.

    Args:
        sent_as: The key of the request; what bears the same key again is answered and not recorded again.

    Raises:
        KeyUsed: The key was used for something else.
    """

    def make(work: Work) -> MovesAnswer:
        moved = move_findings(work.session, asked.keys, asked.move(work.zone), now=work.now, by=moved_by(official))
        return MovesAnswer(
            moves=[
                MovedJson(key=one.key, status=one.status, waits=one.waits, refusal=str(one.refusal or ""))
                for one in moved
            ]
        )

    return MovesAnswer.model_validate(once(installation, official, sent_as, asked, make))


def record_move(
    installation: Installation, official: SignedIn, key: str, asked: MoveRequest, *, version: str, sent_as: str
) -> None:
    """Move one finding, made of the version of it that the official saw.

    Raises:
        VersionStale: The finding has changed since.
        KeyUsed: The key was used for something else.
    """

    def make(work: Work) -> MoveRequest:
        check_version(version, version_of_finding(work.session, find_finding(work.session, key)))
        move_finding(work.session, key, asked.move(work.zone), now=work.now, by=moved_by(official))
        return asked

    once(installation, official, sent_as and f"{key} {sent_as}", asked, make)


def moved_by(official: SignedIn) -> MovedBy:
    """Give an official as one who moves findings."""
    return MovedBy(official.login, official.employee_id)


def version_of_finding(session: Session, finding: Finding) -> str:
    """Give the version of a finding as it stands: another one after each move, and each audit that counts it anew."""
    newest = select(FindingMove.id).where(FindingMove.finding_id == finding.id).order_by(col(FindingMove.id).desc())
    return version_of(finding.key, finding.status, finding.figures_id, session.exec(newest.limit(1)).first())
