"""The columns of a source's audit trail: which of them this program keeps, and which it cannot give back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from audit.logs.models import LogImport, Source
from audit.logs.profiles.language import FieldSpec, Profile, places
from audit.logs.remembered_columns import read_columns
from audit.logs.sources import profile_of
from audit.logs.standing_logs import standing_ids
from config.texts import compare_form

# What is kept of an event, by the canonical field that it was read as, where it is called otherwise.
_KEPT_AS = {"event_id": "record_id", "action": "raw_action", "purpose": "raw_purpose"}


@dataclass(frozen=True)
class KeptValue:
    """What is kept of one column; or of several, where the profile takes one of them, or joins them.

    Args:
        kept_as: The column of stored events, in words.
        columns: Every column of the log from which it may come.
        in_part: The profile takes a part of the column's text alone.
    """

    heading: str
    kept_as: str
    columns: tuple[str, ...]
    in_part: bool


@dataclass(frozen=True)
class TrailLayout:
    """The columns of a trail, and what is kept of them, in the order in which the source's profile names them.

    Args:
        columns: Those on which can be decided.
        not_kept: Those of them of which nothing is kept.
    """

    columns: tuple[str, ...]
    values: tuple[KeptValue, ...]
    not_kept: tuple[str, ...]

    def find(self, column: str) -> str | None:
        """Give how a column is called that is named with other letters, such as capitals; None where there is none."""
        return next((one for one in self.columns if compare_form(one) == compare_form(column)), None)


def read_layout(session: Session, source: Source) -> TrailLayout:
    """Read the columns of a source's trail off its profile, and off the logs that were imported and count."""
    profile = profile_of(source)
    read = [place for spec in profile.fields.values() for place in places(spec)]
    columns = {compare_form(one): one for one in (*profile.columns, *read)}
    # A log's own columns are remembered by their compare forms alone, and without their order.
    for told in _told_by_logs(session, source.name):
        columns.setdefault(told, told)
    values = _in_order(_values(profile), list(columns.values()))
    kept = {one for value in values for one in value.columns}
    return TrailLayout(tuple(columns.values()), values, tuple(one for one in columns.values() if one not in kept))


def _told_by_logs(session: Session, source: str) -> Iterator[str]:
    counts = standing_ids(session)
    asked = select(LogImport.id, LogImport.columns).where(LogImport.source == source).order_by(col(LogImport.id))
    for columns in read_columns([told for number, told in session.exec(asked) if number in counts]):
        yield from columns


def _values(profile: Profile) -> Iterator[KeptValue]:
    """Give what is kept, each column that is kept whole once."""
    spelled = {compare_form(one): one for spec in profile.fields.values() for one in places(spec)}
    spelled |= {compare_form(one): one for one in profile.columns}
    whole = set[frozenset[str]]()
    for field, spec in sorted(profile.fields.items(), key=lambda one: _is_in_part(one[1])):
        columns = tuple(dict.fromkeys(spelled[compare_form(one)] for one in places(spec)))
        if not columns or frozenset(columns) in whole:
            continue
        if not _is_in_part(spec):
            whole.add(frozenset(columns))
        yield KeptValue(" / ".join(columns), _KEPT_AS.get(field, field), columns, _is_in_part(spec))


def _is_in_part(spec: FieldSpec) -> bool:
    return any(
        at.path or at.pattern or at.where is not None or any(_is_in_part(inner) for inner in at.join) for at in spec
    )


def _in_order(values: Iterator[KeptValue], columns: Sequence[str]) -> tuple[KeptValue, ...]:
    """Put what is kept in the order of the columns; two of one heading are told apart by what they are kept as."""
    found = sorted(values, key=lambda one: columns.index(one.columns[0]))
    headings = [one.heading for one in found]
    return tuple(
        one if headings.count(one.heading) == 1 else replace(one, heading=f"{one.heading} ({one.kept_as})")
        for one in found
    )
