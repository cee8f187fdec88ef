"""What data a city has, and who was given access to it."""

from tests.cities.dice import NUDGES, spelled
from tests.cities.draft import (
    Draft,
    draw_actions,
    draw_day_or_moment,
    draw_purposes,
    draw_recorded_at,
    draw_series,
    draw_two_ends,
    in_odd_case,
)
from tests.reference.facts import instant

ALL_PUBLIC = ("public", "Public", "Public/PUBLIC", "public and public")
NOT_ALL_PUBLIC = (
    *("private", "confidential", "nonpublic", "protected nonpublic", "Private/Public", "public, nonpublic"),
    *("Public\nConfidential", "Private; Protected Nonpublic and Public", "to be determined", "public / see statute"),
    *("Public;", "Public/", "public and", "Public ,", "/ Public", "Public:"),
)
UNTESTABLE = "Certain employees on an as-needed basis as part of a specific work assignment"


def add_inventory(draft: Draft) -> None:
    for number in range(1, draft.dice.integer(2, 5) + 1):
        code, name = f"S{number}", f"Series {number} records"
        classes = draft.dice.one_of(ALL_PUBLIC if draft.dice.chance(12) else NOT_ALL_PUBLIC)
        citation = draft.dice.one_of(["Minn. Stat. 13.43", ""])
        entry = draft.add("inventory", name, "", classes, citation, _work_access_text(draft), code)
        draft.known_from |= {code: entry, name: entry}


def _work_access_text(draft: Draft) -> str:
    dice = draft.dice
    if dice.chance(65):
        return ""
    known = [
        *draft.column("positions", "title"),
        *draft.column("positions", "position_code"),
        *draft.column("positions", "department"),
        *draft.column("employees", "employee_id"),
        *draft.column("employees", "name"),
    ]
    parts = [
        dice.one_of([UNTESTABLE, "All employees", "Fire Chief"]) if dice.chance(35) else dice.one_of(known)
        for _ in range(dice.integer(1, 3))
    ]
    return dice.one_of(["; ", "\n", ";"]).join(in_odd_case(dice, part) for part in parts)


def add_work_access(draft: Draft) -> None:
    dice = draft.dice
    holders = {
        "position": draft.column("positions", "position_code"),
        "department": draft.column("positions", "department"),
        "employee": draft.column("employees", "employee_id"),
        "everyone": ["everyone"],
    }
    for _ in range(dice.integer(1, 6)):
        holder_type = dice.one_of(["position", "employee", "department", "position", "everyone"])
        start, end = draw_two_ends(draft, open_start=True, open_end=True)
        what = (
            draw_series(draft),
            holder_type,
            dice.one_of(holders[holder_type]),
            draw_actions(dice),
            draw_purposes(dice),
        )
        recorded = draw_recorded_at(draft, start, draft.graces.work_access)
        draft.add("work-access", *what, start, end, "job description", recorded)


def add_temporary_duties(draft: Draft) -> None:
    for _ in range(draft.dice.integer(0, 5)):
        employee = draft.dice.one_of(draft.column("employees", "employee_id"))
        start, end = draw_two_ends(draft)
        what = (draw_series(draft), draw_actions(draft.dice), draw_purposes(draft.dice), start, end)
        recorded = draw_recorded_at(draft, start, draft.graces.temporary_duty)
        revoked = _revoked_at(draft, start, end)
        draft.add("temporary-duties", employee, *what, "the manager", "covers for a colleague", recorded, revoked)


def _revoked_at(draft: Draft, start: str, end: str) -> str:
    """Give no time, or one anywhere round the duty: before it began, at its edges, after it ended."""
    dice = draft.dice
    if dice.chance(65):
        return ""
    if dice.chance(40):
        return draw_day_or_moment(draft)
    return spelled(dice, instant(dice.one_of([start, end]), draft.zone) + dice.one_of(NUDGES), draft.zone)


def add_officer_duties(draft: Draft) -> None:
    dice = draft.dice
    holders = draft.column("officers", "employee_id") or draft.column("employees", "employee_id")
    for _ in range(dice.integer(0, 3)):
        employee = dice.one_of(draft.column("employees", "employee_id") if dice.chance(15) else holders)
        series = "*" if dice.chance(40) else draw_series(draft)
        start, end = draw_two_ends(draft)
        recorded = draw_recorded_at(draft, start, draft.graces.officer_duty)
        draft.add("officer-duties", employee, series, "answer a data request", start, end, recorded)
