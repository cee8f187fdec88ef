"""Compare what a file states with what is current, and record it: a change closes one row and opens another."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Any

from sqlmodel import Session, insert, update

from config.tables.facts import Owner, Plan, Plans, Stated, StatedTable
from config.tables.kind import Contradiction, Importer, Row
from config.tables.read_rows import FactsByTable, ReadFile, refused_row, rows_numbered
from config.texts import shortened

_ROWS_AT_ONCE = 500  # well below the number of values that either database takes in one statement
_INSERTED_AT_ONCE = 10_000

_Facts = Mapping[int, Any]


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
        outcomes: What becomes of each row that is taken; one that is not here stays unchanged.
    """

    read: ReadFile
    plans: Plans
    outcomes: Mapping[int, Outcome]


def plan_import(importer: Importer, read: ReadFile) -> ImportPlan:
    """Work out what a file would change, refusing the rows that contradict others until none does."""
    there = {table: importer.current(table) for table in importer.tables}
    stated: FactsByTable = read.stated
    refused: dict[int, Contradiction] = {}
    while True:
        plans, outcomes = _plan_tables(there, stated)
        # what says nothing new contradicts nothing, as what is current was looked at when it was recorded
        found = () if plans.change_nothing else _clashes(importer, read, stated) or tuple(importer.check(plans))
        if not found:
            return ImportPlan(_without(read, importer, refused), plans, outcomes)
        for contradiction in found:
            refused.setdefault(contradiction.number, contradiction)
        stated = {table: facts.without(refused) for table, facts in read.stated.items()}


def apply_plans(session: Session, plans: Plans, *, now: datetime, by: str) -> None:
    """Record what an import changes: superseded rows are closed at the instant at which the new ones are recorded."""
    connection = session.connection()
    for table, plan in plans.each():
        columns: Any = table.model
        ids = list(plan.closed)
        for first in range(0, len(ids), _ROWS_AT_ONCE):
            chosen = columns.id.in_(ids[first : first + _ROWS_AT_ONCE])
            connection.execute(update(columns).where(chosen).values(superseded_at=now, superseded_by=by))
        # each has all that a fact states, the empty too: rows of other columns would be other statements
        opened = ({**fact._asdict(), "recorded_at": now, "recorded_by": by} for fact in plan.opened.facts)
        while rows := list(islice(opened, _INSERTED_AT_ONCE)):
            connection.execute(insert(columns.__table__), rows)
    session.expire_all()  # what the session holds of these rows is out of date


def _without(read: ReadFile, importer: Importer, refused: Mapping[int, Contradiction]) -> ReadFile:
    """Move rows from those that are taken to those that are refused."""
    if not refused:
        return read
    rows = rows_numbered(read.table, importer, read.columns, refused.keys())
    late = {number: refused_row(read.table, read.columns, rows[number], fault) for number, fault in refused.items()}
    taken = [number for number in read.taken if number not in refused]
    return replace(read, taken=taken, refused={**read.refused, **late})


def _clashes(importer: Importer, read: ReadFile, stated: FactsByTable) -> list[Contradiction]:
    """Find the rows that say otherwise of one thing than an earlier row of the file."""
    found: dict[int, tuple[StatedTable[Any], Any, int, Any]] = {}
    for table in importer.tables:
        if table.unique:
            for number, fact, earlier, earlier_fact in _say_otherwise(table, stated[table]):
                found.setdefault(number, (table, fact, earlier, earlier_fact))
    numbers = {*found, *(earlier for _, _, earlier, _ in found.values())}
    rows = rows_numbered(read.table, importer, read.columns, numbers) if found else {}
    return [
        Contradiction(number, *_clash(importer, table, (rows[number], fact), (rows[earlier], earlier_fact)))
        for number, (table, fact, earlier, earlier_fact) in found.items()
    ]


def _say_otherwise(table: StatedTable[Any], stated: Stated[Any]) -> list[tuple[int, Any, int, Any]]:
    """Give the facts that differ from the first of their identity, each with the number of its row, and that first."""
    contents = table.compared(stated.facts)
    identities = list(map(table.identity_of, contents))
    if len(set(identities)) == len(set(contents)):
        return []
    first: dict[object, int] = {}
    found = []
    for place, identity in enumerate(identities):
        earlier = first.setdefault(identity, place)
        if contents[earlier] != contents[place]:
            here, there = stated.numbers[place], stated.numbers[earlier]
            found.append((here, stated.facts[place], there, stated.facts[earlier]))
    return found


def _clash(
    importer: Importer, table: StatedTable[Any], here: tuple[Row, Any], there: tuple[Row, Any]
) -> tuple[str, str]:
    """Give the column in which a row contradicts an earlier one, and the reason."""
    (row, fact), (earlier, earlier_fact) = here, there
    fields = {
        name
        for name in table.columns
        if name not in table.identity and getattr(fact, name) != getattr(earlier_fact, name)
    }
    differing = [column.name for column in importer.columns if row.text(column.name) != earlier.text(column.name)]
    # a column mostly has its field's name; where it has not, what is said of the other column is true as well
    column = next((name for name in differing if name in fields or f"{name}_text" in fields), [*differing, ""][0])
    said = f'"{shortened(earlier.text(column))}"' if earlier.text(column) else "nothing"
    values = ((name, getattr(earlier_fact, name)) for name in table.identity)
    named = ", ".join(f"{name} {shortened(value)}" for name, value in values if value and isinstance(value, str))
    clash = f"contradicts row {earlier.number}, which says {said} of {named}; keep one of the two"
    return column, clash if row.text(column) else f"is empty; it {clash}"


def _plan_tables(there: Mapping[StatedTable[Any], _Facts], stated: FactsByTable) -> tuple[Plans, dict[int, Outcome]]:
    plans: dict[StatedTable[Any], Plan[Any]] = {}
    outcomes: dict[int, Outcome] = {}
    for table, facts in there.items():
        plan = _compare(table, facts, stated[table], outcomes)
        if table.owner:
            plan.closed |= _rows_that_owners_lack(table, table.owner, facts, stated)
        plan.kept = [fact for row_id, fact in facts.items() if row_id not in plan.closed]
        plans[table] = plan
    return Plans(plans), outcomes


def _compare(table: StatedTable[Any], there: _Facts, stated: Stated[Any], outcomes: dict[int, Outcome]) -> Plan[Any]:
    contents = table.compared(stated.facts)
    recorded = table.compared(list(there.values()))
    settled = set(recorded).intersection(contents)
    plan = Plan[Any]()
    replaceable = _by_identity(table, there, recorded, settled)
    for number, fact, content in zip(stated.numbers, stated.facts, contents, strict=True):
        if content in settled:
            continue
        settled.add(content)
        plan.opened.add(number, fact)
        outcome = Outcome.CHANGED if table.owner else Outcome.ADDED  # a new part of a row changes that row
        if replaceable and (ids := replaceable.get(table.identity_of(content))):
            row_id = ids.pop(0)
            plan.closed[row_id] = there[row_id]
            outcome = Outcome.CHANGED
        if outcome is Outcome.ADDED or number not in outcomes:
            outcomes[number] = outcome
    return plan


def _by_identity(
    table: StatedTable[Any],
    there: Collection[int],
    recorded: Sequence[tuple[object, ...]],
    restated: Collection[tuple[object, ...]],
) -> dict[object, list[int]]:
    """Give by identity the ids of the rows that a file does not restate, and so may change."""
    ids: dict[object, list[int]] = defaultdict(list)
    for row_id, content in zip(there, recorded, strict=True):
        if content not in restated:
            ids[table.identity_of(content)].append(row_id)
    return ids


def _rows_that_owners_lack(
    table: StatedTable[Any], owner: Owner, there: _Facts, stated: FactsByTable
) -> dict[int, Any]:
    owners = {getattr(fact, owner.key) for fact in stated[owner.table].facts}
    named = set(map(table.identity_of, table.compared(stated[table].facts)))
    contents = table.compared(list(there.values()))
    return {
        row_id: fact
        for (row_id, fact), content in zip(there.items(), contents, strict=True)
        if getattr(fact, owner.column) in owners and table.identity_of(content) not in named
    }
