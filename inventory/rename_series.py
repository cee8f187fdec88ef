"""Give a data series another name; its code, by which all else refers to it, stays."""

from datetime import datetime

from sqlmodel import Session, select

from config.applied_imports import RENAME, AppliedImport, record_import
from config.errors import Conflict, Invalid, NotFound
from config.recorded import current
from config.texts import compare_form
from inventory.models import DataSeries
from inventory.rules import RESERVED_WORDS


def rename_series(session: Session, code: str, name: str, *, now: datetime, by: str) -> AppliedImport:
    """Rename a series, and enter that in the list of imports, by whose number it can be taken back.

    Raises:
        NotFound: There is no series of that code.
        Invalid: The name is empty, or a word that stands for something else.
        Conflict: It has that name already.
    """
    name = " ".join(name.split())
    if not compare_form(name):
        raise Invalid("Give the name that the series is to have.")
    if compare_form(name) in RESERVED_WORDS:
        raise Invalid(f'"{name}" is a word of its own here, not the name of a series; choose another.')
    series = session.exec(select(DataSeries).where(current(DataSeries))).all()
    found = {compare_form(one.code): one for one in series}.get(compare_form(code))
    if found is None:
        raise NotFound(f'The inventory has no data series with the code "{code}".')
    if found.name == name:
        raise Conflict(f'{found.code} is named "{name}" already.')
    said = found.model_dump(exclude={"id", "superseded_at", "superseded_by", "restores"})
    found.superseded_at, found.superseded_by = now, by
    session.add(DataSeries(**said | {"name": name, "recorded_at": now, "recorded_by": by}))
    receipt = f'{found.code} is renamed from "{found.name}" to "{name}".'
    applied = AppliedImport(kind=RENAME, file_name=found.code, receipt=receipt, applied_at=now, applied_by=by)
    record_import(session, applied)
    return applied
