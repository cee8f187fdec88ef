"""Refuse to take an import back where a later change rests on it, and say which."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from access.accounts import normal_system
from access.import_changes import Change, change_in_words, current_rows
from access.models import Account
from access.recorded_tables import REFERENCES, STATED_TABLES, Reference
from access.stated import ACCOUNTS
from access.stated_login_forms import SystemLogins, logins_by_system
from config.errors import Conflict
from config.recorded import Recorded
from config.tables.facts import StatedTable
from config.tables.in_words import subject_in_words
from config.texts import compare_form

_BEGINNING, _END = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def refuse_what_rests_on(session: Session, number: int, changes: Sequence[Change]) -> None:
    """Refuse to take back an import on which a later change rests.

    Raises:
        Conflict: A row that the import opened was changed or closed since, something else stands where an earlier row
            would stand again, or a row names what would no longer be there.
    """
    for change in changes:
        _refuse_later_versions(session, number, change)
    for change in changes:
        if change.model is Account:
            _refuse_taken_logins(session, number, change)
        else:
            _refuse_taken_places(session, number, change)
    for reference in REFERENCES:
        _refuse_lost_names(session, number, reference, {change.model: change for change in changes})


def _refuse_later_versions(session: Session, number: int, change: Change) -> None:
    later = [row for row in change.opened if row.superseded_at is not None]
    if later:
        row = min(later, key=lambda row: row.superseded_at)
        by = change_in_words(session, row.superseded_at, row.superseded_by)
        raise Conflict(f"Import {number} cannot be taken back: {by} changed {len(later):,} of its rows since.")


def _refuse_taken_places(session: Session, number: int, change: Change) -> None:
    table = next((table for table in STATED_TABLES if table.model is change.model), None)
    if table is None or not change.closed:
        return
    key = table.cells_of(table.identity)
    restored = {key(content): row for content, row in zip(_contents(table, change.closed), change.closed, strict=True)}
    staying = [row for row in current_rows(session, table.model) if row.id not in change.opened_ids]
    for content, row in zip(_contents(table, staying), staying, strict=True):
        if key(content) in restored:
            raise _taken(session, number, table, row)


def _taken(session: Session, number: int, table: StatedTable[Any], row: Any) -> Conflict:  # noqa: ANN401 - any table's
    by = change_in_words(session, row.recorded_at, row.recorded_by)
    subject = subject_in_words(table, row, ZoneInfo("UTC"))
    return Conflict(f"Import {number} cannot be taken back: of {subject}, {by} recorded something else since.")


def _refuse_taken_logins(session: Session, number: int, change: Change) -> None:
    """Refuse where a login would belong to two at a time, compared as the sources of its system compare it."""
    systems = logins_by_system(session)
    restored: dict[object, list[Any]] = defaultdict(list)
    for row in change.closed:
        for key in _login_keys(systems, row):
            restored[key].append(row)
    staying = [row for row in current_rows(session, Account) if row.id not in change.opened_ids]
    for row in staying if restored else ():
        for key in _login_keys(systems, row):
            if any(_overlap(row, other) and not _one_persons_two(systems, row, other) for other in restored[key]):
                raise _taken(session, number, ACCOUNTS, row)


def _login_keys(systems: Mapping[str, SystemLogins], row: Any) -> Iterator[object]:  # noqa: ANN401 - an account's row
    system = normal_system(row.system)
    return ((system, form, form.key(row.login)) for form in systems.get(system, SystemLogins()).forms)


def _one_persons_two(systems: Mapping[str, SystemLogins], row: Any, other: Any) -> bool:  # noqa: ANN401 - the same
    """Say whether two logins are one to some source and two to another, and belong to the same person."""
    logins = systems.get(normal_system(row.system), SystemLogins())
    whose = (row.employee_id, row.kind) == (other.employee_id, other.kind)
    return whose and logins.tell_apart(row.login) != logins.tell_apart(other.login)


def _contents(table: StatedTable[Any], rows: Sequence[Any]) -> Iterator[tuple[object, ...]]:
    facts = (table.fact._make(getattr(row, name) for name in table.columns) for row in rows)
    return iter(table.compared(facts))


def _overlap(row: Any, other: Any) -> bool:  # noqa: ANN401 - rows of periods
    starts, ends = (row.start or _BEGINNING, other.start or _BEGINNING), (row.end or _END, other.end or _END)
    return max(starts) < min(ends)


def _refuse_lost_names(
    session: Session, number: int, reference: Reference, changes: Mapping[type[Recorded], Change]
) -> None:
    naming, named = changes.get(reference.model), changes.get(reference.target)
    if not (naming and naming.closed) and not (named and named.opened):
        return
    there = {_name(row, reference) for row in _after(session, reference.target, named)}
    lost = {_name(row, reference) for row in (named.opened if named else ())} - there
    for row in _after(session, reference.model, naming) if lost else ():
        name = reference.of(row)
        if name is not None and compare_form(name) in lost:
            by = change_in_words(session, row.recorded_at, row.recorded_by)
            raise Conflict(
                f"Import {number} cannot be taken back: {by} names {reference.named} {name}, which would not be there."
            )
    for row in naming.closed if naming else ():
        name = reference.of(row)
        if name is not None and compare_form(name) not in there:
            raise Conflict(
                f"Import {number} cannot be taken back: it closed a row that names {reference.named} {name}, which is "
                "no longer there; take back first what closed that."
            )


def _name(row: Any, reference: Reference) -> str:  # noqa: ANN401 - a row of the table that is named
    return compare_form(getattr(row, reference.key))


def _after(session: Session, model: type[Recorded], change: Change | None) -> Sequence[Any]:
    """Give what would stand of a table after the import was taken back."""
    standing = current_rows(session, model)
    if change is None:
        return standing
    return [*(row for row in standing if row.id not in change.opened_ids), *change.closed]
