"""The command line's door to the versions of the inventory."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from config.clock import local_text
from config.errors import Invalid
from config.terminal import notice, say, say_data, say_done
from config.work import Installation
from reports.inventory_versions.difference import InventoryDifference, difference
from reports.inventory_versions.versions import DRAFT, NEWEST, find_edition, find_version, list_versions

Format = Annotated[str, typer.Option("--format", help="text or json.")]
_FORMATS = ("text", "json")


def publish(
    context: typer.Context,
    note: Annotated[str, typer.Option("--note", help="What it says of itself, such as the resolution.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Also where texts name employees.")] = False,  # noqa: FBT002 - an option of the command line
) -> None:
    """Publish what stands in the inventory as the next version; nothing changes it any more."""
    # only here, as what is published is made as workbooks are
    from reports.inventory_versions.draft import make_draft  # noqa: PLC0415
    from reports.inventory_versions.publish import PublishRequest, publish_inventory  # noqa: PLC0415

    installation: Installation = context.obj()
    with installation.read() as work:
        notices = make_draft(work).notices
    for told in notices:
        notice(told)
    with installation.change() as work:
        said = str(publish_inventory(work, PublishRequest(note, names_meant=yes), by=work.by))
    say(said)


def versions(context: typer.Context, listed_as: Format = "text") -> None:
    """List the published versions of the inventory, the newest first."""
    _check_format(listed_as)
    installation: Installation = context.obj()
    with installation.read() as work:
        found = list_versions(work.session)
        zone = work.zone if found else None
    if listed_as == "json":
        from app.publishing.api import VersionView  # noqa: PLC0415 - takes long to load

        views = [VersionView(**head._asdict()).model_dump(mode="json") for head in found]
        say_data([json.dumps(views, indent=2)])
        return
    for head in found:
        published = local_text(head.published_at.replace(microsecond=0), zone) if zone else ""
        say(f"{head.number}  {published}, by {head.published_by}  {head.note}".rstrip())
    if not found:
        say("Nothing was published of the inventory yet.")


def show_difference(
    context: typer.Context,
    before: Annotated[str, typer.Option("--from", help="A version's number, or newest.")] = NEWEST,
    after: Annotated[str, typer.Option("--to", help="A version's number, newest, or draft.")] = DRAFT,
    listed_as: Format = "text",
    out: Annotated[Path | None, typer.Option("--out", help="A workbook to write, FILE.xlsx.")] = None,
) -> None:
    """Show what differs between two versions of the inventory, or a version and the draft."""
    _check_format(listed_as)
    installation: Installation = context.obj()
    with installation.read() as work:
        one, other = find_edition(work, before), find_edition(work, after)
        zone, now = work.zone, work.now
    found = difference(one.copy, other.copy)
    if out is not None:
        # only here, as what writes workbooks takes long to load
        from reports.inventory_versions.workbooks import difference_workbook  # noqa: PLC0415
        from reports.workbook import write_workbook  # noqa: PLC0415

        sheets = difference_workbook(one, other, found)
        title = "What differs in the data inventory"
        with installation.writing_to(out):
            write_workbook(out, sheets, title=title, entity=other.copy.entity, zone=zone, produced_at=now)
        say_done(f"{out}: from {one.name} to {other.name}, {found}")
        return
    if listed_as == "json":
        from app.publishing.api import difference_view  # noqa: PLC0415 - takes long to load

        say_data([difference_view(one.name, other.name, found).model_dump_json(indent=2)])
        return
    say(f"From {one.name} to {other.name}: {found}")
    for line in difference_lines(found):
        say(line)


def workbook(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="The version's number.")],
    out: Annotated[Path, typer.Option("--out", help="The workbook to write, FILE.xlsx.")],
) -> None:
    """Write a published version in the form of the State's template, as it was published."""
    # only here, as of the difference
    from reports.inventory_versions.workbooks import version_workbook  # noqa: PLC0415
    from reports.workbook import write_workbook  # noqa: PLC0415

    installation: Installation = context.obj()
    with installation.read() as work:
        version = find_version(work.session, number)
    published, entity = version.head.published_at, version.copy.entity
    with installation.writing_to(out):
        written = write_workbook(
            out,
            version_workbook(version),
            title="Data inventory",
            entity=entity,
            zone=version.zone,
            produced_at=published,
        )
    say_done(f"{written.path}: version {number} of the inventory, {len(version.copy.series):,} data series.")


def difference_lines(found: InventoryDifference) -> Iterator[str]:
    """Say line by line what differs."""
    for field in found.about:
        yield f"  {field.name}: “{field.before}” -> “{field.after}”"
    for one in found.series:
        yield f"  {one.kind}: {one.name} ({one.code})"
        for field in one.fields:
            yield f"    {field.name.replace('_', ' ')}: “{field.before}” -> “{field.after}”"


def _check_format(listed_as: str) -> None:
    if listed_as not in _FORMATS:
        raise Invalid(f'"{listed_as[:80]}" is no format; choose {" or ".join(_FORMATS)}.')
