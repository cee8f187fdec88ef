"""One finding, and what people made of it: read by text, as the classes of the tables load slowly."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Boolean, bindparam, text

from audit.statuses import CLOSED, NOT_FOUND, Status
from audit.views import FindingView, MoveView
from config.database import Reader, UtcDateTime
from config.errors import Conflict, NotFound
from config.remedies import Advice, Remedy
from config.texts import listed

_MOST_NAMED = 5


class CountingAudit(NamedTuple):
    """The audit that counted a finding as it stands, or as it stood last."""

    id: int
    known_at: datetime
    logs_known_at: datetime


class Noted(NamedTuple):
    """How many notes a finding has, and the newest."""

    notes: int = 0
    newest: str = ""


def find_finding_id(reader: Reader, key: str) -> int:
    """Give the id of the finding that a key, or the beginning of one, means.

    Raises:
        NotFound: There is none.
        Conflict: There are several.
    """
    beginning = key.strip().casefold()
    whole = reader.execute(_WHOLE, {"key": beginning}).scalar()
    if whole is not None:  # as pages and programs ask, and found by the index of keys
        return int(whole)
    asked = {"beginning": beginning, "letters": len(beginning), "most": _MOST_NAMED + 1}
    fitting = reader.execute(_BEGINNING, asked).all() if beginning else []
    if not fitting:
        raise no_finding(key)
    if len(fitting) > 1:
        keys = listed([one.key for one in fitting], _MOST_NAMED)
        raise Conflict(f'The keys of several findings begin with "{key}": {keys}. Write more of the one meant.')
    return int(fitting[0].id)


def no_finding(key: str) -> NotFound:
    """Make the refusal of a key that no finding has, or none that is there for who asks."""
    return NotFound(f'There is no finding with the key "{key}".', remedy=Remedy(Advice.LIST_FINDINGS))


def view_of(reader: Reader, finding_id: int) -> FindingView:
    """Give a finding as it stands; one that is not found any more, with the figures that it had last."""
    (view,) = views_by_ids(reader, [finding_id])
    return view


def counting_audit(reader: Reader, finding_id: int) -> CountingAudit:
    """Give the audit that counted a finding."""
    return CountingAudit(*reader.execute(_COUNTED, {"id": finding_id}).one())


def moves_of(reader: Reader, finding_id: int) -> list[MoveView]:
    """Give what people made of a finding, the oldest first."""
    return [MoveView(*row) for row in reader.execute(_MOVES, {"id": finding_id})]


def views_by_ids(reader: Reader, ids: Sequence[int]) -> list[FindingView]:
    """Give findings as `view_of` does, by month, reason, who and what."""
    noted = notes_on(reader, ids)
    return in_order(view_from(row, noted) for row in reader.execute(_VIEWS, {"ids": ids}))


def in_order(views: Any) -> list[FindingView]:  # noqa: ANN401
    """Sort findings by month, reason, who and what; here, as databases sort text in ways of their own."""
    return sorted(views, key=lambda one: (one.month, one.reason, one.who, one.what, one.key))


def notes_on(reader: Reader, ids: Sequence[int] | None = None) -> dict[int, Noted]:
    """Count the notes on findings, by their ids; None = on all."""
    rows = reader.execute(_NOTES) if ids is None else reader.execute(_NOTES_ON, {"ids": ids})
    noted: dict[int, Noted] = {}
    for finding_id, note in rows:
        noted[finding_id] = Noted(noted.get(finding_id, _NO_NOTES).notes + 1, note)
    return noted


def view_from(row: Any, noted: Mapping[int, Noted]) -> FindingView:  # noqa: ANN401 - a row of a query
    """Make what is shown of a finding from how it stands, and from `SHOWN`."""
    finding_id, is_gone, status, closed_events, assignee, proposed_by, difference, *shown = row
    events = shown[SHOWN.index("events")]
    notes = noted.get(finding_id, _NO_NOTES)
    grown = 0 if closed_events is None or status in CLOSED else max(0, events - closed_events)
    status = NOT_FOUND if is_gone else status or Status.OPEN.value
    return FindingView(
        **dict(zip(SHOWN, shown, strict=True)),
        status=status,
        grown=grown,
        notes=notes.notes,
        last_note=notes.newest,
        difference=difference,
        assignee=assignee or "",
        dismissal_proposed_by=proposed_by or "",
    )


_NO_NOTES = Noted()
_NAMES = [field.name for field in fields(FindingView)]
SHOWN = [name for name in _NAMES[: _NAMES.index("grown")] if name != "status"]
_OF_FIGURES = frozenset({"events", "first", "last", "subjects", "explanation", "actions", "sources"})

_WHOLE = text("SELECT id FROM findings WHERE key = :key")
_BEGINNING = text("SELECT id, key FROM findings WHERE substr(key, 1, :letters) = :beginning ORDER BY key LIMIT :most")
_SHOWN_COLUMNS = ", ".join(f'{"g" if name in _OF_FIGURES else "f"}."{name}"' for name in SHOWN)
_VIEWS = (
    text(f"""
        SELECT f.id, f.figures_id IS NULL AS is_gone, f.status, f.closed_events, f.assignee, f.dismissal_proposed_by,
            '' AS difference, {_SHOWN_COLUMNS}
        FROM findings f JOIN finding_figures g ON g.id = coalesce(
            f.figures_id, (SELECT max(last.id) FROM finding_figures last WHERE last.finding_id = f.id)
        )
        WHERE f.id IN :ids
    """)  # noqa: S608 - our own names
    .bindparams(bindparam("ids", expanding=True))
    .columns(first=UtcDateTime(), last=UtcDateTime(), who_is_employee=Boolean(), what_is_series=Boolean())
)
_COUNTED = text("""
    SELECT r.id, r.known_at, r.logs_known_at FROM audit_runs r JOIN finding_figures g ON g.run_id = r.id
    WHERE g.finding_id = :id ORDER BY g.id DESC LIMIT 1
""").columns(known_at=UtcDateTime(), logs_known_at=UtcDateTime())
_MOVES = text(
    f"SELECT {', '.join(MoveView._fields)} FROM finding_moves WHERE finding_id = :id ORDER BY id"  # noqa: S608 - as above
).columns(exception_ends=UtcDateTime(), due=UtcDateTime(), moved_at=UtcDateTime())
_NOTES = text("SELECT finding_id, note FROM finding_moves WHERE note <> '' ORDER BY id")
_NOTES_ON = text(
    "SELECT finding_id, note FROM finding_moves WHERE note <> '' AND finding_id IN :ids ORDER BY id"
).bindparams(bindparam("ids", expanding=True))
