"""The command line's door to work access."""

from typing import Annotated

import typer

from access.resolve_part import PartRequest, resolve_part
from config.errors import Invalid
from config.terminal import say
from config.work import Installation


def resolve_access(
    context: typer.Context,
    series: Annotated[str, typer.Option("--series", help="Code or exact name of the data series.")],
    part: Annotated[str, typer.Option("--part", help="The part of its work access text, as written there.")],
    holders: Annotated[
        list[str] | None, typer.Option("--to", help="Position, department or employee that is meant. May be repeated.")
    ] = None,
    dismiss: Annotated[bool, typer.Option("--dismiss", help="It adds nobody.")] = False,  # noqa: FBT002 - an option
) -> None:
    """Say who is meant by a part of a work access text that names no known holder, or that it adds nobody."""
    if bool(holders) == dismiss:
        raise Invalid("Give either --to, once for each holder that is meant, or --dismiss.")
    installation: Installation = context.obj()
    with installation.change() as work:
        request = PartRequest(series, part, tuple(holders or ()))
        resolved = resolve_part(work.session, request, now=work.now, by=work.by)
        said = f'"{resolved[0].part}" of {resolved[0].series}'
    say(f"{said} {'adds nobody' if dismiss else f'means {len(resolved)} holders'}; recorded.")
