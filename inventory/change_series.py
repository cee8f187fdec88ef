"""Change what the inventory says of a data series: its newest version is superseded, and what it said stays known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from config.applied_imports import AppliedImport, record_import
from config.errors import Conflict, InvalidFields, NotFound
from config.recorded import current
from config.texts import compare_form
from inventory.citations import read_citations
from inventory.models import DataSeries, WorkAccessPart
from inventory.rules import RESERVED_WORDS, read_classes, split_work_access

CHANGE = "series"
_LONGEST = 20_000
_COLUMN_OF = {
    **{name: name for name in ("name", "description", "department", "systems", "retention", "purpose", "retired")},
    "classification": "classification_text",
    "citation": "citation_text",
    "work_access": "work_access_text",
}


@dataclass(frozen=True)
class SeriesChange:
    """What the inventory is to say of a series from now on, all of it, each text as in an inventory's file."""

    name: str
    description: str = ""
    classification: str = ""
    citation: str = ""
    work_access: str = ""
    department: str = ""
    systems: str = ""
    retention: str = ""
    purpose: str = ""
    retired: datetime | None = None


def find_series(session: Session, code: str) -> DataSeries:
    """Give the series of a code as it stands.

    Raises:
        NotFound: There is none.
    """
    standing = session.exec(select(DataSeries).where(DataSeries.code == code, current(DataSeries))).first()
    if standing is None:
        every = session.exec(select(DataSeries).where(current(DataSeries)))
        standing = {compare_form(one.code): one for one in every}.get(compare_form(code))
    if standing is None:
        raise NotFound(f'The inventory has no data series with the code "{code}".')
    return standing


def stated_of(series: DataSeries) -> SeriesChange:
    """Give what the inventory says of a series."""
    return SeriesChange(**{name: getattr(series, column) for name, column in _COLUMN_OF.items()})


def change_series(session: Session, code: str, change: SeriesChange, *, now: datetime, by: str) -> DataSeries:
    """Change a series, and enter that in the list of imports, by whose number it can be taken back.

    A class, citation or holder that cannot be read is an issue to resolve, as in an inventory's file.

    Returns:
        The series as it stands then.

    Raises:
        NotFound: There is no series of that code.
        InvalidFields: The name is empty, or a word of its own; or a text cannot be kept.
        Conflict: It says all of this already.
    """
    standing = find_series(session, code)
    _check(change)
    if stated_of(standing) == change:
        raise Conflict(f"The inventory says just this of {standing.code} already; nothing was changed.")
    changed = DataSeries(code=standing.code, recorded_at=now, recorded_by=by, **_columns(change))
    standing.superseded_at, standing.superseded_by = now, by
    session.add(changed)
    _change_parts(session, standing.code, change.work_access, now=now, by=by)
    fields = ", ".join(name.replace("_", " ") for name in _COLUMN_OF if _differs(standing, change, name))
    receipt = f"{standing.code} is changed: {fields}."
    record_import(
        session,
        AppliedImport(kind=CHANGE, file_name=standing.code, receipt=receipt, applied_at=now, applied_by=by),
    )
    return changed


def _columns(change: SeriesChange) -> dict[str, Any]:
    classes, citations = read_classes(change.classification), read_citations(change.citation)
    return {
        **{column: getattr(change, name) for name, column in _COLUMN_OF.items()},
        "classes": "; ".join(classes.classes),
        "unreadable_classes": "; ".join(classes.unreadable),
        "citations": "; ".join(map(str, citations.citations)),
        "unreadable_citations": "; ".join(citations.unreadable),
    }


def _differs(standing: DataSeries, change: SeriesChange, name: str) -> bool:
    return bool(getattr(standing, _COLUMN_OF[name]) != getattr(change, name))


def _check(change: SeriesChange) -> None:
    faults: dict[str, str] = {}
    for name in _COLUMN_OF:
        text = getattr(change, name)
        if isinstance(text, str) and (len(text) > _LONGEST or "\0" in text):
            faults[name] = f"Write at most {_LONGEST:,} letters, and no NUL character."
    if not compare_form(change.name):
        faults["name"] = "Give the name of the series."
    elif compare_form(change.name) in RESERVED_WORDS:
        faults["name"] = f'"{change.name}" is a word of its own here, not the name of a series; choose another.'
    if faults:
        raise InvalidFields(faults)


def _change_parts(session: Session, code: str, text: str, *, now: datetime, by: str) -> None:
    """Let the parts of the text stand, and no others; one that is only spelt in another way stays as it is."""
    parts: Mapping[str, str] = {compare_form(part): part for part in split_work_access(text)}
    stood = select(WorkAccessPart).where(WorkAccessPart.series == code, current(WorkAccessPart))
    kept = set[str]()
    for row in session.exec(stood.order_by(col(WorkAccessPart.id))):
        form = compare_form(row.part)
        if form in parts:
            kept.add(form)
        else:
            row.superseded_at, row.superseded_by = now, by
    for form, part in parts.items():
        if form not in kept:
            session.add(WorkAccessPart(series=code, part=part, recorded_at=now, recorded_by=by))
