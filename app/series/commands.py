"""The command line's door to the yearly reviews of series, and to texts compared with recorded work access."""

from collections import Counter
from typing import Annotated

import typer

from access.compare_texts import compare_texts
from access.load_facts import load_facts
from access.position_wording import access_in_words
from access.read_parts import in_words
from config.clock import local_text, microseconds
from config.terminal import notice, say
from config.texts import counted
from config.work import Installation
from inventory.change_series import find_series
from inventory.review_series import review_series, review_state, states_now


def review(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help="The series' code.")],
    note: Annotated[str, typer.Option("--note", help="What was looked at.")] = "",
) -> None:
    """Record that a series was gone over, and found right or put right."""
    installation: Installation = context.obj()
    with installation.change() as work:
        review_series(work.session, code, note, now=work.now, by=work.by)
        today = work.clock.astimezone(work.zone).date()
        state = review_state(work.session, find_series(work.session, code), today=today, zone=work.zone)
        due = f"it is due again on {state.due}" if state.due else "it is retired, so not due again"
        said = f"{state.series.name} ({state.series.code}) is reviewed; {due}."
    say(said)


def reviews(
    context: typer.Context,
    overdue: Annotated[bool, typer.Option("--overdue", help="Those alone that are overdue.")] = False,  # noqa: FBT002 - an option of the command line
) -> None:
    """List when each series is due for its yearly review, those due first at the top."""
    installation: Installation = context.obj()
    with installation.read() as work:
        found, zone = states_now(work), work.zone
    for one in found:
        if one.is_overdue or not overdue:
            last = (
                f"reviewed {local_text(one.last.reviewed_at, zone)} by {one.last.reviewed_by}" if one.last else "never"
            )
            due = f"{one.due}{' overdue' if one.is_overdue else ''}" if one.due else "retired"
            say(f"{due}  {one.series.code}  {one.series.name}  ({last})")
    notice(f"{counted(sum(one.is_overdue for one in found), 'series', 'series')} overdue.")


def compare(context: typer.Context) -> None:
    """Show in what the inventory's work access texts and the recorded work access differ."""
    installation: Installation = context.obj()
    with installation.read() as work:
        facts = load_facts(work.session, at=work.now, graces=work.settings.graces())
        found = compare_texts(facts, microseconds(work.clock))
    titles = {code: f"{one.title} ({one.department})" for code, one in facts.positions.items()}
    names = {employee_id: one.name for employee_id, one in facts.employees.items()}
    for one in found:
        holder = in_words(one.holder_type, one.holder, titles, names) if one.holder_type else f"“{one.holder}”"
        told = "; ".join(map(access_in_words, one.recorded)) or (f"did you mean {one.near}?" if one.near else "")
        say(f"{one.series}  {one.kind}: {holder}{f' ({told})' if told else ''}")
    counts = Counter(one.kind.value for one in found)
    notice(", ".join(f"{count:,} {kind}" for kind, count in counts.items()) or "They say the same of every series.")
