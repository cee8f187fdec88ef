"""Compare what a file states with what stands, and record the difference: a change closes one row and opens another."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlmodel import Session, insert, update

from config.database import Recorded
from config.tables.kind import Contradiction, Importer, Owner, Plan, Plans, StatedTable, standing_rows
from config.tables.read_rows import ReadFile

_CLOCK_COLUMNS = {"id", "recorded_at", "recorded_by", "superseded_at", "superseded_by"}
_ROWS_AT_ONCE = 500  # well below the number of values that either database takes in one statement
_SHOWN = 80


class Outcome(StrEnum):
    """What became of a row."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do.

    Args:
        read: The file; rows that contradict others are among the refused ones.
        plans: What changes, table by table.
        outcomes: What becomes of each row that is taken.
    """

    read: ReadFile
    plans: Plans
    outcomes: Mapping[int, Outcome]


class _Compared(NamedTuple):
    """A row as it is compared; its number in the file is 0 where it stands already."""

    number: int
    row: Any
    content: tuple[object, ...]
    identity: tuple[object, ...]


_ByTable = Mapping[type[Recorded], Sequence[_Compared]]


def plan_import(session: Session, importer: Importer, read: ReadFile) -> ImportPlan:
    """Work out what a file would change, refusing the rows that contradict others until none does."""
    standing = {model: _standing(session, model, table) for model, table in importer.tables.items()}
    facts = _facts(importer, read)
    refused = dict(read.refused)
    while True:
        stated = {model: [fact for fact in rows if fact.number not in refused] for model, rows in facts.items()}
        plans, outcomes = _plan_tables(importer.tables, standing, stated)
        contradictions = _clashes(importer, read, stated) or list(importer.check(plans))
        if not contradictions:
            taken = {number: rows for number, rows in read.stated.items() if number not in refused}
            return ImportPlan(replace(read, stated=taken, refused=refused), plans, outcomes)
        for contradiction in contradictions:
            refused.setdefault(contradiction.number, read.sentence(contradiction))


def apply_plans(session: Session, plans: Plans, *, now: datetime, by: str) -> None:
    """Record what an import changes: superseded rows are closed at the instant at which the new ones are recorded."""
    for model, plan in plans.items():
        table: Any = model
        ids = [row.id for row in plan.closed]
        for first in range(0, len(ids), _ROWS_AT_ONCE):
            chosen = table.id.in_(ids[first : first + _ROWS_AT_ONCE])
            session.execute(update(table).where(chosen).values(superseded_at=now, superseded_by=by))
        names = _compared(model)
        opened = [{name: getattr(row, name) for name in names} for _, row in plan.opened]
        if opened:
            session.execute(insert(table), [{**values, "recorded_at": now, "recorded_by": by} for values in opened])
    session.flush()
    session.expire_all()  # what the session holds of these rows is out of date


def _compared(model: type[Recorded]) -> tuple[str, ...]:
    return tuple(name for name in model.model_fields if name not in _CLOCK_COLUMNS)


def _standing(session: Session, model: type[Recorded], table: StatedTable) -> list[_Compared]:
    names = _compared(model)
    rows = standing_rows(session, model)
    return [_Compared(0, row, table.values_of(row, names), table.values_of(row, table.identity)) for row in rows]


def _facts(importer: Importer, read: ReadFile) -> _ByTable:
    names = {model: _compared(model) for model in importer.tables}
    facts: dict[type[Recorded], list[_Compared]] = {model: [] for model in importer.tables}
    for number, stated in read.stated.items():
        for fact in stated:
            table = importer.tables[fact.model]
            content = table.values_of(fact, names[fact.model])
            facts[fact.model].append(_Compared(number, fact, content, table.values_of(fact, table.identity)))
    return facts


def _clashes(importer: Importer, read: ReadFile, stated: _ByTable) -> list[Contradiction]:
    """Find the rows that say otherwise of one thing than an earlier row of the file."""
    found: dict[int, Contradiction] = {}
    for model, table in importer.tables.items():
        first: dict[tuple[object, ...], _Compared] = {}
        for fact in stated[model] if table.unique else ():
            earlier = first.setdefault(fact.identity, fact)
            if earlier.content != fact.content and fact.number not in found:
                found[fact.number] = _clash(importer, read, table, fact, earlier)
    return list(found.values())


def _clash(
    importer: Importer, read: ReadFile, table: StatedTable, fact: _Compared, earlier: _Compared
) -> Contradiction:
    here, there = read.rows[fact.number], read.rows[earlier.number]
    names = [name for name in _compared(fact.row.model) if name not in table.identity]
    fields = {name for name in names if getattr(fact.row, name) != getattr(earlier.row, name)}
    differing = [column.name for column in importer.columns if here.text(column.name) != there.text(column.name)]
    # a column mostly has its field's name; where it has not, what is said of the other column is true as well
    column = next((name for name in differing if name in fields or f"{name}_text" in fields), [*differing, ""][0])
    said = f'"{there.text(column)[:_SHOWN]}"' if there.text(column) else "nothing"
    values = ((name, getattr(earlier.row, name)) for name in table.identity)
    named = ", ".join(f"{name} {value}" for name, value in values if value and isinstance(value, str))
    clash = f"contradicts row {earlier.number}, which says {said} of {named}; keep one of the two"
    return Contradiction(fact.number, column, clash if here.text(column) else f"is empty; it {clash}")


def _plan_tables(
    tables: Mapping[type[Recorded], StatedTable], standing: _ByTable, stated: _ByTable
) -> tuple[Plans, dict[int, Outcome]]:
    plans: Plans = {}
    outcomes: dict[int, Outcome] = {}
    for model, table in tables.items():
        plan = _compare(standing[model], stated[model], table, outcomes)
        if table.owner:
            plan.closed += _rows_that_owners_lack(standing[model], stated[model], table.owner, stated)
        closed = {row.id for row in plan.closed}
        plan.kept = [one.row for one in standing[model] if one.row.id not in closed]
        plans[model] = plan
    return plans, outcomes


def _compare(
    standing: Sequence[_Compared], stated: Sequence[_Compared], table: StatedTable, outcomes: dict[int, Outcome]
) -> Plan:
    recorded = {one.content for one in standing}
    seen = {fact.content for fact in stated if fact.content in recorded}
    earlier: dict[tuple[object, ...], list[Any]] = defaultdict(list)
    for one in standing:
        if one.content not in seen:
            earlier[one.identity].append(one.row)
    plan = Plan()
    for fact in stated:
        if fact.content in seen:
            continue
        seen.add(fact.content)
        replaced = earlier[fact.identity][:1]
        del earlier[fact.identity][:1]
        plan.closed += replaced
        plan.opened.append((fact.number, fact.row))
        # what belongs to another row is a part of it: a new part changes its owner
        outcome = Outcome.CHANGED if replaced or table.owner else Outcome.ADDED
        outcomes[fact.number] = _stronger(outcomes.get(fact.number, Outcome.UNCHANGED), outcome)
    return plan


def _stronger(one: Outcome, other: Outcome) -> Outcome:
    return max(one, other, key=(Outcome.UNCHANGED, Outcome.CHANGED, Outcome.ADDED).index)


def _rows_that_owners_lack(
    standing: Sequence[_Compared], stated: Sequence[_Compared], owner: Owner, all_stated: _ByTable
) -> list[Any]:
    owners = {getattr(fact.row, owner.key) for fact in all_stated[owner.model]}
    named = {fact.identity for fact in stated}
    return [one.row for one in standing if getattr(one.row, owner.column) in owners and one.identity not in named]
