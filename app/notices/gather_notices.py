"""Gather notices: makes those that there ought to be by what the record says, each once, and ends those that are over.

What happens is told nowhere when it happens: whatever was done while nobody gathered is gathered later, and to gather
again makes nothing twice.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel, col, select

from app.notices.choices import Choices
from app.notices.kinds import KINDS, Kind
from app.notices.models import MAILED, Choice, Notice
from app.notices.outbox import ask_for_sending, digests_due, fill_outbox
from app.notices.recipients import Recipients
from app.notices.wanted import Gathering, Wanted
from config.errors import Refusal
from config.jobs.models import Outcome
from config.texts import counted
from config.work import Installation, Work

_Key = tuple[str, str, str]


@dataclass
class Found:
    """What is to be done about the notices.

    Args:
        new: The rows that are not there yet.
        over: The ids of those that are no longer so.
        again: The ids of those that are so again.
        reworded: The ids of those that last, of which another text is true now.
        faults: Why some could not be gathered.
    """

    new: list[Notice] = field(default_factory=list)
    over: list[int] = field(default_factory=list)
    again: list[int] = field(default_factory=list)
    reworded: dict[int, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Say whether there is anything to do."""
        return bool(self.new or self.over or self.again or self.reworded)


def gather_notices(installation: Installation) -> Outcome:
    """Gather all notices, put into the outbox what is to be mailed now, and have it sent."""
    with installation.read() as work:
        found = _find(work)
    with installation.aside() as work:
        _record(work.session, found, now=work.clock)
        mails = fill_outbox(work)
        if mails:
            ask_for_sending(work, by=installation.by)
    new, over = counted(len(found.new), "new notice"), counted(len(found.over), "notice")
    said = f"{new}, {over} over, {counted(mails, 'mail')} to send."
    return Outcome((*found.faults, said))


def is_any_missing(installation: Installation) -> bool:
    """Say whether there is anything to gather, or to put into the outbox."""
    with installation.read() as work:
        return bool(_find(work)) or digests_due(work)


def _find(work: Work) -> Found:
    gathering, choices, found = Gathering(work, Recipients(work)), Choices(work.session), Found()
    for kind in KINDS:
        try:
            wanted = [one for one in kind.gather(gathering) if choices.of(one.recipient, kind.name) is not Choice.NONE]
        except Refusal as refusal:  # such as a file of the store that is missing: what is so is not known then
            found.faults.append(f"Not gathered: {kind.in_words.lower()}. {refusal}")
            continue
        _hold_to_record(found, kind, wanted, gathering, choices)
    return found


def _hold_to_record(found: Found, kind: Kind, wanted: Iterable[Wanted], gathering: Gathering, choices: Choices) -> None:
    """Add what the notices of a kind that are there differ by from those that there ought to be."""
    work = gathering.work
    standing = {_key_of(row): row for row in work.session.exec(select(Notice).where(Notice.kind == kind.name))}
    by_key = {_key_of(one): one for one in wanted}
    for key, one in by_key.items():
        row = standing.get(key)
        if row is None:
            choice = choices.of(one.recipient, kind.name)
            is_mailed = (
                choice in MAILED and work.settings.sends_mail and one.recipient in gathering.recipients.addresses
            )
            found.new.append(Notice(**vars(one), kind=kind.name, mail=choice if is_mailed else "", made_at=work.clock))
        elif kind.lasts and row.text != one.text:
            found.reworded[row.id] = one.text
        if row is not None and row.over_at is not None:
            found.again.append(row.id)
    if kind.lasts:
        found.over += [row.id for key, row in standing.items() if key not in by_key and row.over_at is None]


def _key_of(one: Wanted | Notice) -> _Key:
    return one.thing, one.recipient, one.occasion


def _record(session: Session, found: Found, *, now: datetime) -> None:
    table = SQLModel.metadata.tables["notices"]
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    for notice in found.new:
        values = {**notice.model_dump(exclude={"id"}), "made_at": now}
        session.execute(insert(table).values(values).on_conflict_do_nothing())
    for ids, over_at in ((found.over, now), (found.again, None)):
        session.execute(update(Notice).where(col(Notice.id).in_(ids)).values(over_at=over_at))
    for number, text in found.reworded.items():
        session.execute(update(Notice).where(col(Notice.id) == number).values(text=text))
