"""The command line's door to audits."""

from typing import Annotated

import typer

from audit.audit_receipt import receipt_lines
from audit.looks.look_journal import has_looks
from audit.run_audit import AuditRequest, run_audit
from config.clock import read_end, read_start
from config.settings import DecidingEngine
from config.terminal import notice, read_option, say, say_lines
from config.work import Installation

From = Annotated[str | None, typer.Option("--from", help="First day, or an instant.")]
To = Annotated[str | None, typer.Option("--to", help="Last day, or an instant that is not included.")]
KnownAt = Annotated[str | None, typer.Option("--known-at", help="As it was known here at this instant (default: now).")]
OnEngine = Annotated[
    DecidingEngine | None,
    typer.Option("--engine", help="What decides: duckdb, or spark for more than one machine can (default: duckdb)."),
]


def audit(
    context: typer.Context,
    start: From = None,
    end: To = None,
    known_at: KnownAt = None,
    logs_known_at: Annotated[
        str | None, typer.Option("--logs-known-at", help="With the logs that had been imported by then (default: all).")
    ] = None,
    engine: OnEngine = None,
    *,
    whole: Annotated[
        bool,
        typer.Option("--whole", help="Decide everything anew, not only what can have changed since the newest audit."),
    ] = False,
) -> None:
    """Decide the accesses, cross-examine the decisions, write findings."""
    base: Installation = context.obj()
    installation = base.deciding_on(engine)
    with installation.read() as work:
        request = AuditRequest(
            read_option(start, "--from", read_start, work.zone),
            read_option(end, "--to", read_end, work.zone),
            read_option(known_at, "--known-at", read_start, work.zone),
            read_option(logs_known_at, "--logs-known-at", read_start, work.zone),
            whole=whole,
        )
    if has_looks(installation.settings.data_dir):
        _take_looks(installation)
    receipt = run_audit(installation, request)
    for text in receipt.notices:
        notice(text)
    say_lines(receipt_lines(receipt))
    if receipt.differences is not None:
        say(f"To read them: thirteen findings --run {receipt.run.id}")


def _take_looks(installation: Installation) -> None:
    """Let what was looked at be audited as well that a service which was killed left written down."""
    from audit.looks.take_looks import take_looks  # noqa: PLC0415 - takes long to load, and few audits need it

    take_looks(installation)
