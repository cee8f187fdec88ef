"""Random changes of the town: all that an audit's answers rest on moves, by the product's own imports and undoings."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import col, select

from access.import_kinds import IMPORT_KINDS
from access.models import TemporaryDuty, WorkAccess
from access.undo_import import undo_import
from access.withdraw_grant import withdraw_grant
from audit.logs.import_log import import_logs
from audit.logs.keeping.compact_store import compact_store
from audit.logs.sources import SourceChange, SourceRequest, add_source, set_source
from audit.logs.undo_logs import is_of_log, undo_logs
from audit.models import Finding, FindingFigures
from audit.statuses import Status
from config.applied_imports import AppliedImport
from config.recorded import current
from config.tables.import_file import ImportRequest, import_table
from config.tables.options import ImportOptions
from inventory.models import Entity
from tests.cities.dice import Dice
from tests.importing import CHICAGO
from tests.installing import installed
from tests.town import NOW, Town

_ACCOUNTS = ("aolson", "blarson", r"CITY\blarson", "cdale", "frontdesk", "ghost", "AOLSON@elm.gov", "newbie", "")
_RESOURCES = (
    *("case/1", "case/17", "pay/1", "agenda/3", "bid/1", "bid/17", "bid/204", "health", "archive/9", "Archive/9"),
    *("permit/7", "bid"),
)
_EMPLOYEES, _SERIES, _POSITIONS = ("E1", "E2", "E3"), ("S1", "S2", "S3", "S4"), ("P1", "P2", "P3", "P4")
_DAYS = ("2025-02-03", "2025-03-05", "2025-03-31", "2025-04-01", "2025-04-08", "2025-05-01", "2025-06-10", "2025-07-20")
_CLOCKS = ("00:00:00", "09:00:00", "10:00:00.25", "23:59:59.999999")
_PURPOSES = ("", "payroll", "audit", "Payroll ")
_ACTIONS = ("view", "modify", "export", "other")


def change_town(town: Town, dice: Dice, at: datetime) -> str:
    """Change something; say what."""
    change = dice.one_of(_CHANGES)
    change(town, dice, at)
    return change.__name__


def _log(town: Town, dice: Dice, at: datetime) -> None:
    source, system = dice.one_of([("cad", "cad"), ("cad", "cad"), ("radio", "cad"), ("permits", "permits")])
    lines = [
        f"{dice.one_of(_DAYS)} {dice.one_of(_CLOCKS)},{dice.one_of(_ACCOUNTS)},{dice.one_of(_RESOURCES)},"
        f"{dice.one_of(_ACTIONS)},{dice.one_of(['', 'C-1', 'E1'])},{dice.one_of(_PURPOSES)}"
        for _ in range(dice.integer(1, 25))
    ]
    name = f"{source}-{at:%j%H}.csv"
    path = town.write(name, "\n".join(["time,account,resource,action,subject,purpose", *lines]))
    add_source(town.session, SourceRequest(source, "csv", "", "America/Chicago", system), now=at, by="test")
    import_logs(installed(town.session, town.settings, at), [path], source)
    town.session.expire_all()


def _read_anew(town: Town, dice: Dice, at: datetime) -> None:
    files = sorted(town.folder.glob("*-*.csv"))
    zone = dice.one_of(["America/Chicago", "America/Denver", "UTC"])
    set_source(town.session, "cad", SourceChange(time_zone=zone), now=at, by="test")
    wanted = [path for path in files if path.name.startswith("cad-") and dice.chance(70)]
    if wanted:
        import_logs(installed(town.session, town.settings, at), wanted, "cad")
    town.session.expire_all()


def _undo(town: Town, dice: Dice, at: datetime) -> None:
    # the town itself was entered at one instant, by which an undoing tells what to take back
    later = select(AppliedImport.number).where(AppliedImport.applied_at > NOW)
    newest = town.session.exec(later.order_by(col(AppliedImport.number).desc()).limit(6)).all()
    if not newest:
        return
    number = dice.one_of(newest)
    if not is_of_log(town.session, number):
        undo_import(town.session, number, now=at, by="test")
        return
    with installed(town.session, town.settings, at).change() as work:
        undo_logs(work, number)
    town.session.expire_all()


def _compact(town: Town, dice: Dice, at: datetime) -> None:
    compact_store(installed(town.session, town.settings, at), drop_at_once=dice.chance(50))
    town.session.expire_all()


def _work_access(town: Town, dice: Dice, at: datetime) -> None:
    kind = dice.one_of(["employee", "position", "department", "everyone"])
    holders = {"employee": _EMPLOYEES, "position": _POSITIONS, "department": ("Police", "Finance"), "everyone": ("",)}
    holder = dice.one_of(holders[kind])
    cells = (dice.one_of(_SERIES), kind, holder, _actions(dice), dice.one_of(["", "payroll", "audit;payroll"]))
    start, end = _period(dice)
    _enter(town, "work-access", ",".join((*cells, start, end, "order")), at, dice)


def _duty(town: Town, dice: Dice, at: datetime) -> None:
    start, end = _period(dice)
    cells = (dice.one_of(_EMPLOYEES), dice.one_of(_SERIES), _actions(dice), dice.one_of(["", "payroll"]))
    revoked = dice.one_of(["", "", "2025-04-01", "2025-05-01"])
    recorded = dice.one_of(["", "2025-02-01", "2025-04-02"])
    rest = (start or "2025-01-01", end or "2025-12-31", "E2", "covers", recorded, revoked)
    _enter(town, "temporary-duties", ",".join((*cells, *rest)), at, dice)


def _officer(town: Town, dice: Dice, at: datetime) -> None:
    start, end = _period(dice)
    employee = dice.one_of(_EMPLOYEES)
    _enter(town, "officers", f"hr_manager,{employee},{start or '2025-01-01'},{end}", at, dice)
    series = dice.one_of(["*", *_SERIES])
    _enter(
        town, "officer-duties", f"{employee},{series},request,{start or '2025-01-01'},{end or '2025-12-31'},", at, dice
    )


def _assignment(town: Town, dice: Dice, at: datetime) -> None:
    start, end = _period(dice)
    row = f"{dice.one_of(_EMPLOYEES)},{dice.one_of(_POSITIONS)},{start or '2020-01-01'},{end},"
    _enter(town, "assignments", row, at, dice)


def _employee(town: Town, dice: Dice, at: datetime) -> None:
    number = dice.integer(1, 5)
    name = dice.one_of(["Ann Olson", "Bo Larson", "Cy Dale", "Di Berg"])
    left = dice.one_of(["", "", "2025-03-31", "2025-05-01"])
    _enter(town, "employees", f"E{number},{name},,{dice.one_of(['E2', 'E1', ''])},2020-01-01,{left}", at, dice)


def _position(town: Town, dice: Dice, at: datetime) -> None:
    title, department = (
        dice.one_of(["Police Clerk", "Clerk", "Detective"]),
        dice.one_of(["Police", "POLICE", "Finance"]),
    )
    _enter(town, "positions", f"{dice.one_of(_POSITIONS)},{title},{department}", at, dice)


def _account(town: Town, dice: Dice, at: datetime) -> None:
    start, end = _period(dice)
    login, kind = (
        dice.one_of(["aolson", "blarson", "ghost", "newbie", "frontdesk"]),
        dice.one_of(["personal", "shared"]),
    )
    employee = "" if kind == "shared" else dice.one_of(["E1", "E2", "E3", ""])
    system = dice.one_of(["cad", "cad", "permits"])
    _enter(town, "accounts", f"{system},{login},{employee},{kind},{start},{end}", at, dice, replaces=75)


def _pattern(town: Town, dice: Dice, at: datetime) -> None:
    pattern = dice.one_of(["archive/*", "bid/1*", "bid/*", "bid/17", "pay/*", "permit/*", "case/1", "*", "bid"])
    series = dice.one_of([*_SERIES, "public", "ignore"])
    _enter(town, "resources", f"{dice.one_of(['cad', 'cad', 'permits'])},{pattern},{series}", at, dice)


def _purpose(town: Town, dice: Dice, at: datetime) -> None:
    typed = dice.one_of(["audit", "PAYROLL ", "p*", "*", "?udit", "pay*l"])
    match = "pattern" if dice.chance(60) else "text"
    source, purpose = dice.one_of(["cad", "cad", "radio", "permits"]), dice.one_of(["payroll", "audit", "fun"])
    _enter(town, "purposes", f"{source},{typed},{match},{purpose}", at, dice)


def _series(town: Town, dice: Dice, at: datetime) -> None:
    code = dice.one_of([*_SERIES, "S5"])
    name = dice.one_of([f"Files {code}", f"Records {code}"])
    access = dice.one_of(["", "Police Clerk", "All employees", "certain employees as needed", "Finance"])
    _enter(
        town, "inventory", f"{name},,{dice.one_of(['Private', 'Public', 'Nonpublic'])},13.43,{access},{code}", at, dice
    )


def _withdraw(town: Town, dice: Dice, at: datetime) -> None:
    kind, model = dice.one_of(_TABLES)
    ids = town.session.exec(select(model.id).where(current(model)).order_by(col(model.id))).all()
    grant = f"{kind}:{dice.one_of(ids or [0])}"
    withdraw_grant(town.session, grant, reason="never so", zone=CHICAGO, now=at, by="test")


def _entity(town: Town, dice: Dice, at: datetime) -> None:
    entity = town.session.exec(select(Entity).where(col(Entity.superseded_at).is_(None))).one()
    if dice.chance(50):
        entity.went_live_at = at
    else:
        entity.time_zone = dice.one_of(["America/Chicago", "America/Denver"])


def _close_findings(town: Town, dice: Dice, at: datetime) -> None:
    del at
    asked = select(Finding, FindingFigures).join(FindingFigures, col(FindingFigures.id) == col(Finding.figures_id))
    for finding, figures in town.session.exec(asked.order_by(col(Finding.id))).all():
        if dice.chance(50):
            finding.take(Status.DISMISSED)
            finding.closed_events = figures.events


_TABLES: tuple[tuple[str, type[WorkAccess] | type[TemporaryDuty]], ...] = (
    ("work-access", WorkAccess),
    ("temporary-duty", TemporaryDuty),
)
_CHANGES: tuple[Callable[[Town, Dice, datetime], None], ...] = (
    *(_log, _log, _log, _undo, _undo, _read_anew, _compact, _compact, _work_access, _work_access, _duty, _duty),
    *(_officer, _assignment, _employee, _position, _account, _account, _pattern, _pattern, _purpose, _purpose),
    *(_series, _withdraw, _entity, _close_findings),
)
_COLUMNS = {
    "work-access": "series,holder_type,holder,actions,purposes,start_date,end_date,authority",
    "temporary-duties": "employee_id,series,actions,purposes,start,end,granted_by,reason,recorded_at,revoked_at",
    "officers": "office,employee_id,start,end",
    "officer-duties": "employee_id,series,duty,start,end,recorded_at",
    "assignments": "employee_id,position_code,start_date,end_date,recorded_at",
    "employees": "employee_id,name,email,manager_id,hire_date,separation_date",
    "positions": "position_code,title,department",
    "accounts": "system,login,employee_id,kind,start,end",
    "resources": "system,pattern,series",
    "purposes": "source,typed,match,purpose",
    "inventory": "name,description,classification,citation,work_access,code",
}
_REPLACING = {
    "assignments",
    "employees",
    "accounts",
    "work-access",
    "temporary-duties",
    "officers",
    "officer-duties",
    "purposes",
}


def _enter(town: Town, kind: str, row: str, at: datetime, dice: Dice, *, replaces: int = 30) -> None:
    options = ImportOptions(replace=kind in _REPLACING and dice.chance(replaces), yes=True)
    request = ImportRequest(kind, town.write(f"{kind}.csv", f"{_COLUMNS[kind]}\n{row}"), {}, options=options)
    # no two changes of one record have the same instant
    now = at + timedelta(seconds=1) if kind == "officer-duties" else at
    import_table(town.session, IMPORT_KINDS[kind](town.session, CHICAGO, options), request, now=now, by="test")


def _actions(dice: Dice) -> str:
    return dice.one_of(["*", "view", "view;modify", "export"])


def _period(dice: Dice) -> tuple[str, str]:
    start, end = sorted([dice.one_of(_DAYS), dice.one_of(_DAYS)])
    return dice.one_of(["", start]), dice.one_of(["", end])
