"""A dry run says beforehand what the import then does: its counts, its lists, and what becomes of each row."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from sqlmodel import Session

from access.import_kinds import IMPORT_KINDS
from access.recorded_tables import STATED_TABLES
from config.tables.facts import StatedTable, find_current
from config.tables.in_words import column_name
from config.tables.options import AS_IT_IS, ImportOptions
from config.tables.receipt import Receipt
from tests.access.known_facts import an_entity
from tests.importing import JULY_1, import_text

REPLACE = ImportOptions(replace=True)


class Step(NamedTuple):
    """A file that is handed in when those before it stand."""

    kind: str
    text: str
    options: ImportOptions = AS_IT_IS
    skip_bad_rows: bool = False


PEOPLE = "employee_id,name,manager_id,hire_date,separation_date\n"
HELD = "employee_id,position_code,start_date,end_date\n"
LOGINS = "system,login,employee_id,kind,start,end\n"
ACCESS = "series,holder_type,holder,actions,purposes,start_date,end_date\n"
DUTIES = "employee_id,series,actions,start,end,granted_by,reason,revoked_at\n"
OFFICES = "office,employee_id,start,end\n"
SERIES = "code,name,classification,work_access,retired\n"
ROSTER = "employee_id,name,title,department,hire_date,manager_id\n"
OTHERS = "".join(f"{number},Officer {number},Officer,Police,1999-03-01,E1\n" for number in range(10, 40))
STEPS = (
    Step("positions", "position_code,title,department\nP1,Clerk,Police\nP2,Officer,Police\nP3,Clerk,Taxes\n"),
    Step("positions", "position_code,title,department\nP1,Records clerk,Police\nP4,Assessor,Taxes\n"),
    Step("employees", f"{PEOPLE}E1,Ann Olson,,2020-01-01,\nE2,Bo Larson,E1,2021-01-01,2024-12-31\n"),
    Step("employees", f"{PEOPLE}E1,Ann Berg,,2020-01-01,\nE2,Bo Larson,E1,2021-01-01,\nE3,Cy Dale,E1,2022-01-01,\n"),
    Step("employees", f"{PEOPLE}E3,Cy Dale,E2,2022-02-01,\n", REPLACE),
    Step("inventory", f"{SERIES}S1,Case files,private,Police; certain employees,\nS2,Tax rolls,public,,\n"),
    Step("inventory", f"{SERIES}S1,Case files,confidential,Taxes,\nS2,Tax roll,public,,2025-06-30\n"),
    Step("assignments", f"{HELD}E1,P1,2020-01-01,\nE2,P2,2021-01-01,2024-12-31\nE3,P3,2022-02-01,\n"),
    Step("assignments", f"{HELD}E1,P1,2020-02-01,\nE2,P2,2021-01-01,\nE3,P9,2022-02-01,\n", skip_bad_rows=True),
    Step("assignments", f"{HELD}E1,P1,2020-03-01,2024-12-31\nE1,P2,2025-01-01,\n", REPLACE),
    Step("accounts", f"{LOGINS}cad,ann,E1,,,\ncad,bo,E2,,2021-01-01,2024-12-31\ncad,desk,,shared,,\n"),
    Step("accounts", f"{LOGINS}CAD,Ann,E1,,,2025-03-31\ncad,bo,E2,,2021-01-01,\ncad,desk,,service,,\n"),
    Step("accounts", f"{LOGINS}cad,ann,E2,,2025-04-01,\n", REPLACE),
    Step("work-access", f"{ACCESS}S1,position,P1,*,,,\nS1,department,Taxes,view,audit,2025-01-01,2025-06-30\n"),
    Step("work-access", f"{ACCESS}S1,position,P1,view,,,\nS1,department,taxes,view,Audit,2025-01-01,\n"),
    Step("work-access", f"{ACCESS}S1,position,P1,view;print,,,\n", REPLACE),
    Step("temporary-duties", f"{DUTIES}E1,S2,view,2025-03-01,2025-03-31,E2,covers,2025-03-10\n"),
    Step("temporary-duties", f"{DUTIES}E1,S2,view,2025-03-01,2025-04-30,E2,covers,\n"),
    Step("temporary-duties", f"{DUTIES}E1,S2,*,2025-04-01,2025-04-30,E2,covers,\n"),
    Step("temporary-duties", f"{DUTIES}E1,S2,view,2025-04-15,2025-04-30,E2,helps,\n", REPLACE),
    Step("officers", f"{OFFICES}hr_manager,E1,2025-01-01,2025-06-30\n"),
    Step("officers", f"{OFFICES}hr_manager,E1,2025-01-01,\nhr_manager,E1,2025-02-01,\n"),
    Step("officer-duties", "employee_id,series,duty,start,end\nE1,*,audits,2025-01-01,2025-06-30\n"),
    Step("officer-duties", "employee_id,series,duty,start,end\nE1,S1,audits,2025-01-01,2025-12-31\n", REPLACE),
    Step("resources", "system,pattern,series\ncad,case/*,S1\ncad,tax/*,S2\n"),
    Step("resources", "system,pattern,series\ncad,Case/*,ignore\ncad,map/*,public\n"),
    Step("roster", f"{ROSTER}E3,Cy Dale,Clerk,Taxes,,E1\n{OTHERS}", ImportOptions(as_of=date(2025, 2, 1), yes=True)),
    Step(
        "roster",
        f"{ROSTER}E3,Cy Dahl,Chief,Taxes,,E1\nE7,Di Ek,Clerk,POLCE,2025-03-01,E3\n{OTHERS.replace('E1', 'E3', 1)}",
        ImportOptions(as_of=date(2025, 3, 1), partial=True),
    ),
    Step("roster", f"{ROSTER}E7,Di Ek,Clerk,Police,,E3\n{OTHERS}", ImportOptions(as_of=date(2025, 5, 1), yes=True)),
    Step("roster", f"{ROSTER}E7,Di Ek,Clerk,Police,,E3\n{OTHERS}", ImportOptions(as_of=date(2025, 6, 1), yes=True)),
)
Rows = dict[tuple[StatedTable[Any], int], Any]


def test_what_a_dry_run_lists_and_counts_is_what_the_import_then_reports_and_does(
    session: Session, tmp_path: Path
) -> None:
    session.add(an_entity())
    session.flush()
    lists, wrong = Counter[str](), list[str]()
    for place, step in enumerate(STEPS):
        before = _rows(session)
        foreseen = _import(session, tmp_path, step, place, dry_run=True)
        if _rows(session) != before:
            wrong.append(f"step {place} changes the record while it runs dry")
        done = _import(session, tmp_path, step, place, dry_run=False)
        if replace(foreseen, changes=()) != replace(done, number=None):
            wrong.append(f"step {place} reports {done}, its dry run {foreseen}")
        if _listed(foreseen) != _happened(before, _rows(session)):
            wrong.append(f"step {place} does {_happened(before, _rows(session))}, its dry run {_listed(foreseen)}")
        lists.update(listing.name for listing in (*foreseen.listings, *foreseen.changes))

    assert wrong == []
    surprising = {"second facts", "reopened", "withdrawn", "added", "changed", "closed", "hired", "left", "moved"}
    assert surprising - lists.keys() == set()


def _import(session: Session, folder: Path, step: Step, place: int, *, dry_run: bool) -> Receipt:
    return import_text(
        session,
        IMPORT_KINDS[step.kind],
        folder,
        step.text,
        dry_run=dry_run,
        skip_bad_rows=step.skip_bad_rows,
        now=JULY_1 + timedelta(minutes=place),
        options=step.options,
    )


def _rows(session: Session) -> Rows:
    """Give what is current, by table and id."""
    return {
        (table, row_id): fact
        for table in STATED_TABLES
        for current in [find_current(session, table)]
        for row_id, fact in zip(current.ids, current.facts, strict=True)
    }


def _listed(receipt: Receipt) -> tuple[int, int, dict[str, int]]:
    """Give how many facts are listed as new, as gone, and how often each column as changed."""
    entries = {one.name: one.entries for one in (*receipt.listings, *receipt.changes)}
    gone = [*entries.get("closed", ()), *entries.get("withdrawn", ())]
    return len(entries.get("added", ())), len(gone), Counter(entry.column for entry in entries.get("changed", ()))


def _happened(before: Rows, after: Rows) -> tuple[int, int, dict[str, int]]:
    """Give the same as the record tells it: a row changed where another of its identity took its place."""
    gone, new = _by_identity(before, before.keys() - after.keys()), _by_identity(after, after.keys() - before.keys())
    pairs = [(key[0], *pair) for key in gone for pair in zip(gone[key], new.get(key, ()), strict=False)]
    columns = Counter(
        column_name(name)
        for table, was, now in pairs
        for name, one, other in zip(table.columns, was, now, strict=True)
        if one != other
    )
    return sum(map(len, new.values())) - len(pairs), sum(map(len, gone.values())) - len(pairs), columns


def _by_identity(rows: Rows, keys: Iterable[tuple[StatedTable[Any], int]]) -> dict[Any, Sequence[Any]]:
    found: dict[Any, list[Any]] = {}
    for table, row_id in sorted(keys, key=lambda key: key[1]):
        (compared,) = table.compared([rows[table, row_id]])
        found.setdefault((table, table.identity_of(compared)), []).append(rows[table, row_id])
    return dict(found)
