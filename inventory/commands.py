"""The command line's door to the entity and the catalogue."""

from collections.abc import Mapping
from typing import Annotated

import typer

from config.errors import Invalid, NotFound
from config.terminal import notice, say, say_lines
from config.work import Installation
from inventory.catalogue import find_entries
from inventory.entity_details import DETAILS, entity_details, state_details
from inventory.models import Entity
from inventory.queries import the_entity
from inventory.rename_series import rename_series
from inventory.set_up_entity import EntityRequest, check_new_entity, describe_entity, go_live, set_up_entity

Authority = Annotated[str | None, typer.Option("--responsible-authority", help="Name of the responsible authority.")]
Title = Annotated[str | None, typer.Option("--title", help="The responsible authority's title.")]
Address = Annotated[str | None, typer.Option("--address", help="The responsible authority's address.")]
Official = Annotated[str | None, typer.Option("--compliance-official", help="Name of the compliance official.")]


def init(
    context: typer.Context,
    entity: Annotated[str, typer.Option("--entity", help='The government body, such as "City of Springfield".')],
    time_zone: Annotated[str, typer.Option("--time-zone", help="Where its days begin and end.")] = "America/Chicago",
    authority: Authority = None,
    title: Title = None,
    address: Address = None,
    official: Official = None,
) -> None:
    """Set up the entity in a new data folder."""
    request = EntityRequest(entity, time_zone, authority, title, address, official)
    check_new_entity(request)  # before the data folder is made
    installation: Installation = context.obj()
    with installation.change() as work:
        set_up_entity(work.session, request, now=work.now, by=work.by)
    say(f"{entity} is set up in {installation.settings.data_dir} (time zone {time_zone}).")


def entity(
    context: typer.Context,
    name: Annotated[str | None, typer.Option("--name", help="The entity's name.")] = None,
    authority: Authority = None,
    title: Title = None,
    address: Address = None,
    official: Official = None,
    details: Annotated[
        list[str] | None,
        typer.Option("--set", help=f"What its policies say, as NAME=TEXT: {', '.join(DETAILS)}."),
    ] = None,
) -> None:
    """Show how the entity is described, or change what is given."""
    installation: Installation = context.obj()
    request = EntityRequest(name, None, authority, title, address, official)
    stated = _read_details(details or [])
    if request == EntityRequest() and not stated:
        with installation.read() as work:
            found = entity_details(work.session, work.now)
            lines = _description(the_entity(work.session, work.now), found)
    else:
        with installation.change() as work:
            described = describe_entity(work.session, request, now=work.now, by=work.by)
            found = state_details(work.session, stated, now=work.now, by=work.by)
            lines = _description(described, found)
    say_lines(lines)


def _read_details(given: list[str]) -> dict[str, str]:
    faulty = next((one for one in given if "=" not in one), None)
    if faulty is not None:
        raise Invalid(f'"{faulty[:80]}" is no detail; write NAME=TEXT, such as copy_cents=25.')
    return {name.strip(): text for name, _, text in (one.partition("=") for one in given)}


def _description(entity: Entity, details: Mapping[str, str]) -> list[str]:
    live = f"live since {entity.went_live_at:%Y-%m-%d %H:%M} UTC" if entity.went_live_at else "not live yet"
    authority = [
        entity.responsible_authority,
        entity.responsible_authority_title,
        entity.responsible_authority_address,
    ]
    return [
        f"{entity.name} (time zone {entity.time_zone}, {live})",
        f"Responsible authority: {', '.join(filter(None, authority)) or 'not given'}",
        f"Compliance official: {entity.compliance_official or 'not given'}",
        *(f"{detail.label} ({name}): {details[name]}" for name, detail in DETAILS.items() if name in details),
    ]


def live(context: typer.Context) -> None:
    """From now on, grants entered late count as late."""
    installation: Installation = context.obj()
    with installation.change() as work:
        name = go_live(work.session, now=work.now, by=work.by).name
    say(f"{name} is live: what is entered from now on counts as recorded when it is entered.")


def rename(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help="The series' code; it stays.")],
    name: Annotated[str, typer.Argument(help="The name that it is to have.")],
) -> None:
    """Give a data series another name."""
    installation: Installation = context.obj()
    with installation.change() as work:
        renamed = rename_series(work.session, code, name, now=work.now, by=work.by)
        said = f"{renamed.receipt} Import {renamed.number}."
    say(said)


def catalogue(
    words: Annotated[list[str], typer.Argument(help="Words or a section's number, such as personnel.")],
) -> None:
    """Search the statutory catalogue that ships with the product."""
    entries = find_entries(" ".join(words))
    if not entries:
        raise NotFound(
            f'The catalogue has nothing on "{" ".join(words)}". Try fewer words, or a section such as 13.43.'
        )
    for entry in entries:
        say(str(entry))
    notice(f"{len(entries)} entries. Check the present text of a statute before you rely on one.")
