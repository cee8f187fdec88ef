"""The decision table of DOMAIN.md section 3 in its order, and the findings that it makes."""

from collections.abc import Callable, Iterable
from zoneinfo import ZoneInfo

from tests.reference.cases import Case, case_of, is_shared
from tests.reference.facts import Cells, City, cell_of, folded
from tests.reference.grants import employments_of, is_public, is_untestable, offices_of


def decide(city: City, event: Cells) -> tuple[str, str]:
    """Decide one access event.

    Returns:
        The verdict and the reason, as DOMAIN.md spells them.
    """
    case = case_of(city, event)
    return next((verdict, reason) for reason, verdict, fits in DECISION_TABLE if fits(case))


def findings(city: City, events: Iterable[Cells]) -> list[dict[str, object]]:
    """Group the events that were not authorised or not resolved, sorted by who, what, reason and month.

    Returns:
        Objects with who, what, reason, month (YYYY-MM), events, first, last (UTC) and subjects.
    """
    groups: dict[tuple[str, str, str, str], list[Case]] = {}
    for event in events:
        verdict, reason = decide(city, event)
        if verdict in ("unauthorized", "unresolved"):
            case = case_of(city, event)
            month = f"{case.time.astimezone(ZoneInfo(city.time_zone)):%Y-%m}"
            groups.setdefault((case.who, folded(case.what), reason, month), []).append(case)
    found = [
        {
            "who": who,
            "what": min(cases, key=lambda case: case.time).what,
            "reason": reason,
            "month": month,
            "events": len(cases),
            "first": min(case.time for case in cases),
            "last": max(case.time for case in cases),
            "subjects": len({folded(cell_of(case.event, "subject")) for case in cases} - {""}),
        }
        for (who, _, reason, month), cases in groups.items()
    ]
    return sorted(found, key=lambda one: [str(one[name]) for name in ("who", "what", "reason", "month")])


def _public_data(case: Case) -> bool:
    return case.target == "public" or (case.series is not None and is_public(case.series))


def _not_employed(case: Case) -> bool:
    return case.employee is not None and not any(
        held.holds_at(case.time) for held in employments_of(case.city, case.employee)
    )


def _holds_an_office(case: Case) -> bool:
    return case.employee is not None and any(held.holds_at(case.time) for held in offices_of(case.city, case.employee))


DECISION_TABLE: tuple[tuple[str, str, Callable[[Case], bool]], ...] = (
    ("ignored", "out_of_scope", lambda case: case.target == "ignore"),
    ("public_data", "authorized", _public_data),
    ("not_employed", "unauthorized", _not_employed),
    ("uninventoried_resource", "unresolved", lambda case: case.series is None),
    ("shared_account", "unresolved", lambda case: is_shared(case.account)),
    ("unknown_account", "unresolved", lambda case: case.employee is None),
    ("assigned", "authorized", lambda case: case.covered_in_time(of_officer=False)),
    ("officer_duty", "authorized", lambda case: case.covered_in_time(of_officer=True)),
    ("backdated", "unresolved", lambda case: bool(case.covering())),
    ("purpose_not_described", "unauthorized", lambda case: bool(case.permitting())),
    ("action_exceeds_assignment", "unauthorized", lambda case: bool(case.in_force())),
    ("officer_without_duty", "unresolved", _holds_an_office),
    (
        "untestable_access",
        "unresolved",
        lambda case: case.series is not None and is_untestable(case.city, case.series),
    ),
    (
        "assignment_ended",
        "unauthorized",
        lambda case: any(grant.period.end <= case.time for grant in case.grants),
    ),
    (
        "assignment_not_begun",
        "unauthorized",
        lambda case: any(grant.period.start > case.time for grant in case.grants),
    ),
    ("no_work_assignment", "unauthorized", lambda _: True),
)
REASONS = tuple(reason for reason, _verdict, _fits in DECISION_TABLE)
