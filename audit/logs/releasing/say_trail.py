"""What is said of a trail that was written, and of one that was written earlier."""

import json
from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from audit.logs.release_models import Release, TrailExport
from audit.logs.releasing.export_trail import MASK, WrittenTrail
from audit.logs.releasing.state_release import strictest
from config.clock import day_text, local_text
from config.texts import counted

_TITLES = {Release.RELEASE: "Released", Release.MASK: f"Written as “{MASK}”", Release.WITHHOLD: "Withheld"}


def say_trail(written: WrittenTrail) -> Iterator[str]:
    """Say what of a trail is in the file, under which decisions, and what is not."""
    yield f"{counted(written.accesses, 'access', 'accesses')} of {written.source}; SHA-256 {written.sha256}."
    yield from _say_decided({name: (one.release, one.words) for name, one in written.decided.items()})
    without = _withheld(written)
    undecided = [one for one in written.layout.columns if one not in written.decided]
    if undecided:
        yield f"Withheld, as nothing is decided of them: {', '.join(undecided)}."
    held_back = [
        value.heading
        for value in written.layout.values
        if strictest(value.columns, written.decided) is Release.WITHHOLD and not {*value.columns} <= {*without}
    ]
    if held_back:
        yield f"Not in the file, as a column that it is kept with is withheld: {'; '.join(held_back)}."
    yield from _say_layout(written)
    if written.unreadable:
        yield f"{counted(written.unreadable, 'record')} of {written.source} cannot be read, and is not in the file."
    if written.not_seen:
        yield written.not_seen


def _say_decided(decided: Mapping[str, tuple[Release, str]]) -> Iterator[str]:
    for release, title in _TITLES.items():
        told = [f"{name} ({words})" for name, (one, words) in decided.items() if one is release]
        if told:
            yield f"{title}: {'; '.join(told)}."


def _withheld(written: WrittenTrail) -> list[str]:
    """Give the columns that are withheld by themselves."""
    return [one for one in written.layout.columns if strictest([one], written.decided) is Release.WITHHOLD]


def _say_layout(written: WrittenTrail) -> Iterator[str]:
    """Say what of the log's own layout the file cannot give."""
    layout = written.layout
    if layout.not_kept:
        yield f"Cannot be given, as this program does not keep them: {', '.join(layout.not_kept)}."
    joined = [one.heading for one in layout.values if len(one.columns) > 1]
    if joined:
        yield f"Kept in one: {'; '.join(joined)}. It is treated as the strictest decision of its columns says."
    in_part = [one.heading for one in layout.values if one.in_part]
    if in_part:
        yield f"Kept in part alone, as the profile reads it: {'; '.join(in_part)}."
    yield (
        f"Columns stand in the order in which the profile names them. Times are those of {written.zone}, as ISO 8601; "
        "records that are no accesses, and cells that the profile takes for empty, are not kept."
    )


def list_exports(session: Session, source: str) -> list[TrailExport]:
    """Give what was written of a source's trail, the newest first."""
    asked = select(TrailExport).where(TrailExport.source == source).order_by(col(TrailExport.id).desc())
    return list(session.exec(asked))


def say_export(one: TrailExport, zone: ZoneInfo) -> str:
    """Say what was written of a trail, by whom and when."""
    days = [f"from {day_text(one.first)}" if one.first else "", f"to {day_text(one.last)}" if one.last else ""]
    which = " ".join(filter(None, days)) or "of all days"
    return (
        f"{local_text(one.exported_at, zone)}, {one.exported_by}: "
        f"{counted(one.accesses, 'access', 'accesses')} {which}; SHA-256 {one.sha256}."
    )


def say_decided_then(one: TrailExport) -> list[str]:
    """Say what was decided of the columns when a trail was written; a column that is not named was withheld."""
    told = json.loads(one.decisions)
    return list(_say_decided({name: (Release(release), words) for name, (release, words) in told.items()}))
