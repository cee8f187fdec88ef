"""Say to one who grants access what the record says of the trainings of all whom that reaches."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from access.models import Employee, Training
from access.trainings import HeldTraining, as_held, training_sentences
from config.recorded import known_at
from config.texts import counted, listed

_MOST_NAMED = 10


def trainings_of_people(
    session: Session, employee_ids: Collection[str], now: datetime, zone: ZoneInfo
) -> Sequence[str]:
    """Say of one person what they are trained for; of several whose trainings expired, and who has none on the record.

    Nothing is said where nobody is reached, or while the record holds no training of anybody.
    """
    if len(employee_ids) <= 1:
        return [said for one in employee_ids for said in training_sentences(session, one, now, zone)]
    held = _held(session, now)
    if not held:
        return []
    names = dict(session.exec(select(Employee.employee_id, Employee.name).where(known_at(Employee, now))).all())
    expired, untrained = list[str](), list[str]()
    for one in sorted(employee_ids, key=lambda one: (names.get(one, one), one)):
        gone = [training.training for training in held.get(one, ()) if training.has_expired(now)]
        if gone:
            expired.append(f"{names.get(one, one)} ({', '.join(gone)})")
        elif one not in held:
            untrained.append(names.get(one, one))
    of = f"Of the {counted(len(employee_ids), 'person', 'people')} whom it reaches"
    return [
        *_said(expired, f"{of}, trainings of {len(expired):,} have expired"),
        *_said(untrained, f"{of}, {len(untrained):,} have no training on the record"),
    ] or [f"{of}, each has trainings on the record, and none has expired."]


def _held(session: Session, now: datetime) -> Mapping[str, Sequence[HeldTraining]]:
    rows = defaultdict[str, list[Training]](list)
    chosen = select(Training).where(known_at(Training, now), Training.start <= now)
    for row in session.exec(chosen.order_by(col(Training.start), col(Training.id))):
        rows[row.employee_id].append(row)
    return {employee_id: as_held(own) for employee_id, own in rows.items()}


def _said(names: Sequence[str], sentence: str) -> Sequence[str]:
    return [f"{sentence}: {listed(names, _MOST_NAMED)}."] if names else []
