"""The decision table of DOMAIN.md section 3: decides one access event and says why in a sentence an official can quote.

One function per row, named for its reason, answering None or the sentence; the first that fits decides. What is called
unauthorized is *possible* unauthorized access (13.05 subd. 5, 13.055, 13.09): whether it was wilful or knowing, people
decide.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta

from access.machine_accounts import machine_in_words
from access.rules import Grant, GrantKind
from audit.case import Case, Decision, Standing, Target, Verdict
from audit.personal_texts import mask_personal
from config.clock import from_microseconds, microseconds
from config.texts import compare_form, counted


def is_office(grant: Grant) -> bool:
    """Say whether a grant is an officer's specified duty."""
    return grant.kind is GrantKind.OFFICER_DUTY


def is_work_access(grant: Grant) -> bool:
    """Say whether a grant is work access or a temporary duty."""
    return not is_office(grant)


def ignored(case: Case) -> str | None:
    """The resource maps to `ignore`."""
    if case.target is not Target.IGNORE:
        return None
    return f'"{case.resource}" is left out of audits: its pattern says ignore.'


def public_data(case: Case) -> str | None:
    """The resource maps to `public`, or to a series whose every class is public."""
    if case.target is Target.PUBLIC:
        return f'"{case.resource}" is mapped to public data, which anybody may see.'
    if case.target is Target.SERIES and case.series_public:
        return f"Every class of {case.series_name} is public."
    return None


def not_employed(case: Case) -> str | None:
    """At that time the account belongs to an employee who is outside every employment period."""
    if case.standing is not Standing.NOT_EMPLOYED:
        return None
    left = case.last_separation
    since = (
        f"employment had lasted {case.say_end(left)}, and ended {_duration(case.time - left)} before"
        if left is not None
        else "no employment had begun"
    )
    whose = f"The account {case.account} belonged to {case.employee_name}, who" if case.account else case.employee_name
    return f"{whose} was not employed then: {since}."


def uninventoried_resource(case: Case) -> str | None:
    """No pattern maps the resource to a series."""
    if case.target is not Target.NOTHING:
        return None
    return f'No pattern maps "{case.resource}" to a data series of the inventory; add one, or map it to ignore.'


def shared_account(case: Case) -> str | None:
    """At that time the account is a service or shared account."""
    if case.standing is not Standing.SHARED:
        return None
    return (
        f"The account {case.account} is a shared or service account: it names nobody, so nobody's assignment applies."
    )


def unknown_account(case: Case) -> str | None:
    """At that time the account belongs to no employee."""
    if case.standing is not Standing.UNKNOWN:
        return None
    said = f"The account {case.account or '(none given)'} belonged to no known employee then."
    return " ".join(filter(None, (said, machine_in_words(case.account))))


def assigned(case: Case) -> str | None:
    """A timely grant covers series, time, action and purpose."""
    grant = _first(grant for grant in case.covering(is_work_access) if grant.timely_at(case.time))
    return (
        None
        if grant is None
        else f"{_held(case, grant)} and covers the access ({grant.authority or 'no authority given'})."
    )


def officer_duty(case: Case) -> str | None:
    """A timely specified duty of a designated officer covers series and time, and the office is held then."""
    grant = _first(grant for grant in case.covering(is_office) if grant.timely_at(case.time))
    return None if grant is None else f"{case.employee_name} held a designated office then, with a {grant.authority}."


def backdated(case: Case) -> str | None:
    """Rows 7 or 8 would hold but for the grant being recorded after the event, by more than its grace."""
    grant = _least_late(case)
    if grant is None:
        return None
    lateness = _duration((grant.timely_from or case.time) - case.time)
    return f"{_held(case, grant)}, but it was recorded only after the access, {lateness} too late to count as timely."


def purpose_not_described(case: Case) -> str | None:
    """A grant covers series, time and action, but not the purpose."""
    grant = _first(grant for grant in case.in_force() if grant.covers_action(case.action))
    if grant is None:
        return None
    # a sentence goes far, into lists and letters: it repeats no plate and no date of birth that somebody typed
    given = f'"{mask_personal(case.purpose.strip())}"' if case.purpose.strip() else "no purpose"
    if compare_form(case.typed) not in {"", compare_form(case.purpose)}:
        given = f'"{mask_personal(case.typed.strip())}", which means {given}'
    described = ", ".join(grant.purposes.split(";"))
    return f"{_held(case, grant)}, for these purposes: {described}; the access gave {given}."


def action_exceeds_assignment(case: Case) -> str | None:
    """A grant covers series and time, but not the action."""
    grant = _first(case.in_force())
    if grant is None:
        return None
    allowed = ", ".join(grant.actions.split(";")) or "no action that an assignment can name"
    return f"{_held(case, grant)}, for these actions: {allowed}; the access was: {case.action}."


def officer_without_duty(case: Case) -> str | None:
    """The employee holds a designated office then, but no specified duty covers the access."""
    if not case.in_office:
        return None
    return f"{case.employee_name} held a designated office then, but no specified duty covers {case.series_name}."


def untestable_access(case: Case) -> str | None:
    """The series' work access text has a part that names no known holder."""
    if not case.untestable:
        return None
    parts = "; ".join(f'"{part}"' for part in case.untestable)
    return (
        f"The inventory grants {case.series_name} to {parts}, which names no known holder; "
        "resolve or dismiss that part."
    )


def assignment_ended(case: Case) -> str | None:
    """Some grant of this series to this employee ended at or before the event."""
    grant = _ended_last(case)
    if grant is None:
        return None
    end = grant.end or case.time
    since = f"the access was {_duration(case.time - end)} later."
    revocation = case.revocations.get(grant.grant_id)
    if revocation is not None and revocation.at == microseconds(end):
        planned = case.say_end(from_microseconds(revocation.planned_end))
        return (
            f"{_named(case, grant)} covered {case.series_name} until it was revoked by {revocation.by} as of "
            f"{case.say_start(end)}; it had been planned {planned}; {since}"
        )
    extend = f" {case.supervisor}, the supervisor, could have extended it." if case.supervisor else ""
    return f"{_named(case, grant)} covered {case.series_name} {case.say_end(end)}; {since}{extend}"


def assignment_not_begun(case: Case) -> str | None:
    """Some grant of this series to this employee begins after the event."""
    grant = _begins_first(case)
    if grant is None:
        return None
    begin = grant.start or case.time
    return (
        f"{_named(case, grant)} covers {case.series_name} from {case.say_start(begin)}; "
        f"the access was {_duration(begin - case.time)} earlier."
    )


def no_work_assignment(case: Case) -> str | None:
    """None of the above."""
    holders = f" Those who have it: {case.holders}." if case.holders else " Nobody's work assignment covers it."
    return f"No work assignment of {case.employee_name} has ever covered {case.series_name}.{holders}"


# In the order of DOMAIN.md section 3; the first that fits decides.
DECISION_TABLE: tuple[tuple[Verdict, Callable[[Case], str | None]], ...] = (
    (Verdict.OUT_OF_SCOPE, ignored),
    (Verdict.AUTHORIZED, public_data),
    (Verdict.UNAUTHORIZED, not_employed),
    (Verdict.UNRESOLVED, uninventoried_resource),
    (Verdict.UNRESOLVED, shared_account),
    (Verdict.UNRESOLVED, unknown_account),
    (Verdict.AUTHORIZED, assigned),
    (Verdict.AUTHORIZED, officer_duty),
    (Verdict.UNRESOLVED, backdated),
    (Verdict.UNAUTHORIZED, purpose_not_described),
    (Verdict.UNAUTHORIZED, action_exceeds_assignment),
    (Verdict.UNRESOLVED, officer_without_duty),
    (Verdict.UNRESOLVED, untestable_access),
    (Verdict.UNAUTHORIZED, assignment_ended),
    (Verdict.UNAUTHORIZED, assignment_not_begun),
    (Verdict.UNAUTHORIZED, no_work_assignment),
)
VERDICT_OF = {rule.__name__: verdict for verdict, rule in DECISION_TABLE}
REASONS = tuple(VERDICT_OF)
# The rows that depend on grants: what they say, Casbin is asked too.
RESTS_ON_GRANTS = tuple(rule.__name__ for _, rule in DECISION_TABLE[6:])


def rule_number(reason: str) -> int:
    """Give the number of a reason's row, from 1."""
    return REASONS.index(reason) + 1


def decide(case: Case) -> Decision:
    """Decide one access event and say why."""
    for verdict, rule in DECISION_TABLE:
        explanation = rule(case)
        if explanation is not None:
            return Decision(verdict, rule.__name__, explanation, _deciding_grant(case, rule.__name__))
    raise AssertionError("The last rule always fits.")


def explain_reason(case: Case, reason: str) -> str | None:
    """Say why an access event of a known reason was decided so; None where that reason does not fit it."""
    return DECISION_TABLE[rule_number(reason) - 1][1](case)


def _deciding_grant(case: Case, reason: str) -> Grant | None:
    """Name the first grant, in the order in which grants are named, by which an access was authorized.

    Of the grants that came too late the least late is named.
    """
    if reason == "assigned":
        return _first(grant for grant in case.covering(is_work_access) if grant.timely_at(case.time))
    if reason == "officer_duty":
        return _first(grant for grant in case.covering(is_office) if grant.timely_at(case.time))
    if reason == "backdated":
        return _least_late(case)
    return None


def nearest_grant(case: Case, reason: str) -> Grant | None:
    """Give the grant that came nearest to covering an access of a known reason, which its sentence names."""
    if reason in {"purpose_not_described", "action_exceeds_assignment"}:
        is_purpose = reason == "purpose_not_described"
        return _first(grant for grant in case.in_force() if not is_purpose or grant.covers_action(case.action))
    if reason == "assignment_ended":
        return _ended_last(case)
    if reason == "assignment_not_begun":
        return _begins_first(case)
    return _deciding_grant(case, reason)


def _ended_last(case: Case) -> Grant | None:
    ended = [grant for grant in case.grants if grant.ended_by(case.time)]
    return max(ended, key=lambda one: one.end or case.time, default=None)


def _begins_first(case: Case) -> Grant | None:
    later = [grant for grant in case.grants if grant.begins_after(case.time)]
    return min(later, key=lambda one: one.start or case.time, default=None)


def _least_late(case: Case) -> Grant | None:
    late = [grant for grant in case.covering(lambda _: True) if not grant.timely_at(case.time)]
    return min(late, key=lambda one: one.timely_from or case.time, default=None)


def _first(grants: Iterable[Grant]) -> Grant | None:
    return next(iter(grants), None)


def _named(case: Case, grant: Grant) -> str:
    who = case.employee_name
    names = {
        GrantKind.POSITION: f"The position {grant.through} of {who}",
        GrantKind.DEPARTMENT: f"The position of {who} in {grant.through}",
        GrantKind.EVERYONE: f"Work access of every employee, {who} among them,",
        GrantKind.EMPLOYEE: f"Work access of {who}",
        GrantKind.TEMPORARY_DUTY: f"A temporary duty of {who}",
        GrantKind.OFFICER_DUTY: f"A specified duty of {who} as designated officer",
    }
    return names[grant.kind]


def _held(case: Case, grant: Grant) -> str:
    """Say that a grant of the employee was in force: the beginning of a sentence."""
    return f"{_named(case, grant)} was in force for {case.series_name}"


def _duration(length: timedelta) -> str:
    """Say a length of time as people do, rounded down to its largest fitting unit."""
    seconds = length.total_seconds()
    for name, unit in (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1)):
        if seconds >= unit:
            count = int(seconds // unit)
            return counted(count, name)
    return "less than a second"
