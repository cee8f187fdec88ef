"""The command line's door to the list of temporary duties."""

from typing import Annotated

import typer

from access.list_duties import STATES, DutyList
from access.people_below import Reach
from config.clock import end_text, start_text
from config.errors import Invalid
from config.terminal import notice, say_lines, terminal_width
from config.text_table import TextColumn, table_lines
from config.work import Installation

_EVERYBODY = Reach("all", "")
_MOST = 1_000
_COLUMNS = (
    *(TextColumn("duty"), TextColumn("state"), TextColumn("employee", folds=True), TextColumn("series", folds=True)),
    *(TextColumn("actions", folds=True), TextColumn("from"), TextColumn("to"), TextColumn("granted by", folds=True)),
    TextColumn("reason", folds=True),
)


def list_duties(
    context: typer.Context,
    state: Annotated[str, typer.Option("--state", help=f"Only those that are so: {', '.join(STATES)}.")] = "",
) -> None:
    """List the temporary duties, the one recorded last first."""
    installation: Installation = context.obj()
    if state and state not in STATES:
        raise Invalid(f'"{state}" is no state of a duty; the states are {", ".join(STATES)}.')
    with installation.read() as work:
        duties, zone = DutyList(_EVERYBODY, work.now), work.zone
        chosen = duties.choose(state=state)
        count = duties.count(chosen, work.session)
        found = duties.in_words(work.session, list(work.session.execute(duties.newest_first(chosen).limit(_MOST))))
    rows = [
        (
            *(one.id, one.state, f"{one.employee_name} ({one.employee_id})", one.series_name, one.actions),
            *(start_text(one.start.replace(microsecond=0), zone), end_text(one.revoked_at or one.end, zone)),
            *(one.granted_by_name, one.reason),
        )
        for one in found
    ]
    say_lines(table_lines(_COLUMNS, rows, width=terminal_width()))
    if count > len(rows):
        notice(f"These are the {len(rows):,} recorded last of {count:,}.")
