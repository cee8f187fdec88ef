"""Where a city's data lie, and under which logins its people reach them."""

from tests.cities.dice import Dice
from tests.cities.draft import PURPOSES, TYPED, Draft, draw_series, draw_two_ends, in_odd_case
from tests.reference.facts import folded


def add_accounts(draft: Draft) -> None:
    """Give each employee a login in each system, some reassigned, plus those that name nobody."""
    dice = draft.dice
    for system in draft.systems:
        employees = draft.column("employees", "employee_id")
        for number, employee in enumerate(employees, start=1):
            owners = [employee, dice.one_of(["", *employees])] if dice.chance(20) else [employee]
            _add_login(draft, system, f"user{number}", owners)
        _add_login(draft, system, "straße", [dice.one_of(employees)])
        for login, kind in (("frontdesk", "shared"), ("svc-backup", "service")):
            owner = dice.one_of(employees) if dice.chance(15) else ""
            draft.add("accounts", in_odd_case(dice, system), _as_typed(dice, login), owner, kind, "", "")


def _add_login(draft: Draft, system: str, login: str, owners: list[str]) -> None:
    """Hand one login from owner to owner, with or without a gap, open or closed at either side."""
    dice = draft.dice
    for turn, owner in enumerate(owners):
        start, end = _account_ends(draft, turn, len(owners))
        kind = dice.one_of(["", "", "personal", "shared"]) if len(owners) > 1 else dice.one_of(["", "personal"])
        draft.add("accounts", in_odd_case(dice, system), _as_typed(dice, login), owner, kind, start, end)


def _account_ends(draft: Draft, turn: int, turns: int) -> tuple[str, str]:
    dice = draft.dice
    if turns == 1:
        return draw_two_ends(draft, open_start=True, open_end=True) if dice.chance(15) else ("", "")
    if turn == 0:
        return dice.one_of(["", "2020-02-03"]), dice.one_of(["2025-06-15", "2025-03-08", "2025-03-09T08:00:00Z"])
    return dice.one_of(["2025-06-16", "2025-07-01T12:00:00.000001Z"]), dice.one_of(["", "2026-01-31"])


def _as_typed(dice: Dice, login: str) -> str:
    plain, titled = f"{login}@city.example", f"City\\{login.title()}"
    return dice.one_of([login, login, login.upper(), f"CITY\\{login}", plain, titled, f" {login} "])


def add_resources(draft: Draft) -> None:
    """Map resources `db.s1.list` and the like: one pattern that reaches each series, others that nest in it or tie."""
    dice = draft.dice
    codes = draft.column("inventory", "code")
    for system in draft.systems:
        patterns = {f"db.{code.lower()}.*": code for code in codes if dice.chance(85)}
        near = [shape.format(dice.one_of(codes).lower()) for shape in dice.some_of(PATTERNS, 4)]
        for pattern in near:
            target = draw_series(draft) if dice.chance(75) else dice.one_of(["public", "ignore"])
            if folded(pattern) not in map(folded, patterns):
                patterns[pattern] = target
        for pattern, target in patterns.items():
            draft.add("resources", in_odd_case(dice, system), pattern, target)


# Of `db.s1.x1` the last five of equal length tie; `[`, `*` and capitals sort before small letters.
PATTERNS = (
    *("public/*", "ignored/*", "*.list", "db.*", "db.s[12].*", "db.s[!1].x?", "db.{}.li*", "*.{}.*"),
    *("db.{}.x1", "DB.{}.X?", "db.s?.x1", "*b.{}.x1", "Db.S?.x?"),
    *("db.{}.[[]x]", "db.s1.[x]1"),
)
LEAVES = ("list", "x1", "x2", "X1", "LIST", "[x]", "[X]")


def add_purposes(draft: Draft) -> None:
    """Let some of what people type mean purposes, by whole texts and by patterns that nest, tie, or fit nothing."""
    dice = draft.dice
    for source in draft.systems:
        texts = [(typed, "text") for typed in (*TYPED, "payroll", "*") if dice.chance(30)]
        patterns = [(typed, "pattern") for typed in ("pay*", "p*", "*a*", "a??", "*?", "[[]ask]") if dice.chance(30)]
        for typed, match in (*texts, *patterns):
            written = dice.one_of(["", match]) if match == "text" else match
            draft.add("purposes", source, in_odd_case(dice, typed), written, dice.one_of([*PURPOSES, "nothing listed"]))
