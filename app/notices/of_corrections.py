"""Notices of what one official corrects alone: an import that was taken back, a text whose holders were named."""

from collections.abc import Iterator
from itertools import groupby
from urllib.parse import quote

from sqlmodel import Session, col, select

from app.notices.wanted import LATELY, Gathering, Wanted, for_each
from audit.findings_about import count_by_grants
from config.applied_imports import AppliedImport
from config.clock import day_text
from config.recorded import current
from config.texts import counted
from config.web.signed_in import SignedIn
from inventory.models import DataSeries, PartResolution


def corrected(gathering: Gathering) -> Iterator[Wanted]:
    """Tell those who deal with findings what somebody else did, by which the next audit may decide these otherwise."""
    yield from _taken_back(gathering)
    yield from _resolved(gathering)


def _taken_back(gathering: Gathering) -> Iterator[Wanted]:
    work = gathering.work
    chosen = select(AppliedImport).where(
        col(AppliedImport.undoes).is_not(None), col(AppliedImport.applied_at) > work.now - LATELY
    )
    for undo in work.session.exec(chosen.order_by(col(AppliedImport.number))):
        text = (
            f"Import {undo.undoes} was taken back by {undo.applied_by}. The next audit decides anew what rested on it; "
            f"{undo.number} can be taken back in turn."
        )
        told = _others(gathering, undo.applied_by)
        yield from for_each(told, f"import {undo.undoes}", str(undo.number), text, f"/imports#import-{undo.number}")


def _resolved(gathering: Gathering) -> Iterator[Wanted]:
    """Tell once for a series, a day and who resolved, where findings stand that depend on it."""
    work = gathering.work
    chosen = select(PartResolution).where(current(PartResolution), col(PartResolution.recorded_at) > work.now - LATELY)
    rows = work.session.exec(chosen.order_by(PartResolution.series, PartResolution.recorded_by, col(PartResolution.id)))
    found = count_by_grants(work.session)
    days = ((one.series, one.recorded_by, one.recorded_at.astimezone(work.zone).date()) for one in rows)
    for (series, by, day), _ in groupby(days):
        if not found.get(series):
            continue
        text = (
            f"On {day_text(day)} {by} said whom the work access text of {_name(work.session, series)} means. "
            f"{counted(found[series], 'finding')} of it may be decided otherwise at the next audit."
        )
        occasion = f"{day.isoformat()} {by}"
        yield from for_each(
            _others(gathering, by), f"text {series}", occasion, text, f"/inventory/{quote(series, safe='')}"
        )


def _others(gathering: Gathering, but: str) -> list[SignedIn]:
    return [one for one in gathering.recipients.who_may("change", "findings") if one.login != but]


def _name(session: Session, code: str) -> str:
    return session.exec(select(DataSeries.name).where(DataSeries.code == code, current(DataSeries))).first() or code
