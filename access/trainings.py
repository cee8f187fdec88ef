"""Which trainings an employee has on the record, and whether each still counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from access.models import Training
from config.clock import end_text, start_text
from config.recorded import known_at
from config.texts import compare_form


@dataclass(frozen=True)
class HeldTraining:
    """A training as it was last completed: it counts during [completed, expires), None = without an end."""

    training: str
    completed: datetime
    expires: datetime | None

    def has_expired(self, instant: datetime) -> bool:
        """Say whether it counts no longer."""
        return self.expires is not None and self.expires <= instant

    def sentence(self, instant: datetime, zone: ZoneInfo) -> str:
        """Say to a person whether it counts at an instant."""
        if self.expires is None:
            return f"Training {self.training} was completed on {start_text(self.completed, zone)}; it does not expire."
        held = end_text(self.expires, zone)
        if self.has_expired(instant):
            return f"Training {self.training} expired: it counted {held}."
        return f"Training {self.training} counts {held}."


def trainings_of(session: Session, employee_id: str, now: datetime) -> list[HeldTraining]:
    """Give the trainings that an employee completed, each once as it counts longest, by name."""
    chosen = select(Training).where(known_at(Training, now), Training.employee_id == employee_id, Training.start <= now)
    return as_held(session.exec(chosen.order_by(col(Training.start), col(Training.id))))


def as_held(rows: Iterable[Training]) -> list[HeldTraining]:
    """Give what the trainings of one employee come to, in the order in which they were completed."""
    held = dict[str, Training]()
    for row in rows:
        form = compare_form(row.training)
        stands = held.get(form)
        if stands is None or row.end is None or (stands.end is not None and row.end >= stands.end):
            held[form] = row
    return [HeldTraining(row.training, row.start, row.end) for _, row in sorted(held.items())]


def training_sentences(session: Session, employee_id: str, now: datetime, zone: ZoneInfo) -> Sequence[str]:
    """Say what one who grants access to an employee should know of their trainings: those that expired come first.

    Nothing is said while the record holds no training of anybody.
    """
    held = trainings_of(session, employee_id, now)
    if not held:
        is_kept = session.exec(select(Training.id).where(known_at(Training, now)).limit(1)).first() is not None
        return ["No training of theirs is on the record."] if is_kept else []
    return [one.sentence(now, zone) for one in sorted(held, key=lambda one: not one.has_expired(now))]
