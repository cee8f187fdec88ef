"""The command line's door to temporary duties."""

import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from access.change_duty import Decider
from access.duty_terms import DutyAsked, DutyTerms, read_duty_terms, read_new_end
from access.employed_at import is_employed_at
from access.extend_duty import extend_duty
from access.find_duty import Duty, find_duty
from access.grant_duty import grant_duty
from access.people_below import Reach
from access.revoke_duty import revoke_duty
from access.trainings import training_sentences
from app.duties.preview_duty import ChangeOfDuty, duty_sentences, needs_second, preview_change, preview_duty
from audit.kept import Kept
from config.clock import end_text
from config.terminal import notice, say
from config.when import EXPECTED_WHEN, period_text
from config.work import Installation, Work

_EVERYBODY = Reach("all", "")
DutyName = Annotated[str, typer.Argument(help="The duty, as `thirteen duty list` names it.")]
Until = Annotated[str, typer.Option("--to", help=f"Until when: {EXPECTED_WHEN}. Of a day its last moment counts.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
Preview = Annotated[bool, typer.Option("--preview", help="Say what it would mean, and record nothing.")]
_ALL = Decider("", _EVERYBODY)


def grant(
    context: typer.Context,
    employee: Annotated[str, typer.Option("--employee", help="Id of the employee who is to hold it.")],
    series: Annotated[str, typer.Option("--series", help="Code or exact name of the data series.")],
    end: Until,
    by: Annotated[str, typer.Option("--by", help="Id of the employee who grants it.")],
    reason: Annotated[str, typer.Option("--reason", help="Why they need it; it is kept.")],
    start: Annotated[str, typer.Option("--from", help="From when on (default: from now on).")] = "",
    actions: Annotated[str, typer.Option("--actions", help="What they may do, with ; between (default: all).")] = "*",
    purposes: Annotated[str, typer.Option("--purposes", help="What for, with ; between (default: anything).")] = "",
    preview: Preview = False,  # noqa: FBT002 - an option
    yes: Yes = False,  # noqa: FBT002 - an option
) -> None:
    """Grant an employee a temporary duty; on a terminal, what it would mean is said, and asked whether it is meant."""
    installation: Installation = context.obj()
    asked = DutyAsked(
        employee_id=employee, series=series, actions=actions, purposes=purposes, start=start, end=end, reason=reason
    )
    asks = sys.stdin.isatty() and sys.stdout.isatty() and not yes
    with installation.read() as work:
        terms, zone = read_duty_terms(work, asked, reach=_EVERYBODY), work.zone
        said, trained = _said_back(work, terms), training_sentences(work.session, terms.employee_id, work.now, zone)
        granter = _EVERYBODY.find(work.session, by).employee_id
    decided = Decider(installation.by, Reach("all", granter))
    notice(said)
    if asks or preview:
        _, found = preview_duty(installation, Kept(), asked, lambda _: decided)
        for sentence in (*duty_sentences(found, zone), *trained):
            (say if preview else notice)(sentence)
    if preview:
        return
    if asks:
        _confirm("Grant it?")
    second = needs_second(installation, Kept(), asked, lambda _: decided)
    with installation.change() as work:
        terms = read_duty_terms(work, asked, reach=_EVERYBODY)
        duty = grant_duty(work, terms, by=decided, needs_second=second)
        granted = " ".join(_granted(work, duty))
    say(granted)


def _granted(work: Work, duty: Duty) -> Iterator[str]:
    """Say what became of a duty that was granted."""
    yield f"Duty {duty.id} is {duty.state(work.now)}."
    if not duty.row:
        yield "It reaches into the past; a second person has to confirm it in the service."
    if not is_employed_at(work.session, duty.terms.employee_id, max(work.now, duty.terms.start)):
        yield f"{duty.employee_name} is not employed then, and nothing is authorized outside employment."


def extend(
    context: typer.Context,
    duty: DutyName,
    end: Until,
    reason: Annotated[str, typer.Option("--reason", help="Why; it is kept.")] = "",
    preview: Preview = False,  # noqa: FBT002 - an option
    yes: Yes = False,  # noqa: FBT002 - an option
) -> None:
    """Let a duty hold until later; the version before stays on the record."""
    installation: Installation = context.obj()
    with installation.read() as work:
        until = end_text(read_new_end(work, end), work.zone)
        holder = find_duty(work.session, duty, reach=_EVERYBODY).employee_name
    said = f"Duty {duty} of {holder} is to hold {until}."
    if preview:
        notice(said)
        _weigh(installation, duty, lambda work, one, by: extend_duty(work, one, end=read_new_end(work, end), by=by))
        return
    _ask(said, yes=yes)
    with installation.change() as work:
        found = find_duty(work.session, duty, reach=_EVERYBODY)
        changed = extend_duty(work, found, end=read_new_end(work, end), reason=reason, by=Decider(work.by, _EVERYBODY))
        said = f"Duty {changed.id} holds {end_text(changed.terms.end, work.zone)} now."
    say(said)


def revoke(
    context: typer.Context,
    duty: DutyName,
    reason: Annotated[str, typer.Option("--reason", help="Why; it is kept.")],
    preview: Preview = False,  # noqa: FBT002 - an option
    yes: Yes = False,  # noqa: FBT002 - an option
) -> None:
    """Let a duty end now."""
    installation: Installation = context.obj()
    with installation.read() as work:
        holder = find_duty(work.session, duty, reach=_EVERYBODY).employee_name
    said = f"Duty {duty} of {holder} is to end now."
    if preview:
        notice(said)
        _weigh(installation, duty, lambda work, one, by: revoke_duty(work, one, reason=reason, by=by))
        return
    _ask(said, yes=yes)
    with installation.change() as work:
        found = find_duty(work.session, duty, reach=_EVERYBODY)
        revoked = revoke_duty(work, found, reason=reason, by=Decider(work.by, _EVERYBODY))
        said = f"Duty {revoked.id} is revoked."
    say(said)


def _said_back(work: Work, terms: DutyTerms) -> str:
    what = "do anything with" if terms.actions == "*" else terms.actions.replace(";", ", ")
    purposes = "" if terms.purposes == "*" else f" for {terms.purposes.replace(';', ', ')}"
    period = period_text(terms.start, terms.end, work.zone)
    return f"{terms.employee_name} ({terms.employee_id}) may {what} {terms.series_name}{purposes} {period}."


def _weigh(installation: Installation, duty: str, change: ChangeOfDuty) -> None:
    """Say what a change of a duty would mean."""
    found = preview_change(installation, Kept(), duty, change, lambda _: _ALL)
    with installation.read() as work:
        zone = work.zone
    for sentence in duty_sentences(found, zone):
        say(sentence)


def _ask(said: str, *, yes: bool) -> None:
    """Say a change back, and on a terminal ask whether it is meant."""
    notice(said)
    if sys.stdin.isatty() and sys.stdout.isatty() and not yes:
        _confirm("Do it?")


def _confirm(question: str) -> None:
    if not typer.confirm(question):
        notice("Nothing was recorded.")
        raise typer.Exit(1)
