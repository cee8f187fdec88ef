"""Sources of access logs: systems whose logs are imported."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from access.accounts import AccountNormalising
from audit.logs.event_store import Store
from audit.logs.formats import FORMATS
from audit.logs.models import Source
from audit.logs.profiles.language import Profile, plain_profile
from audit.logs.profiles.reading import read_profile
from audit.logs.profiles.zones import read_zone
from config.database import current
from config.errors import Invalid, NotFound
from config.remedies import Advice, Remedy

_STATED = ("name", "system", "format", "time_zone", "profile")


@dataclass(frozen=True)
class SourceRequest:
    """What a source is to be.

    Args:
        log_format: One of the formats.
        profile: The profile's YAML text; empty = the records' fields have the canonical names.
        time_zone: The zone of times without an offset.
        system: The system's name in the files of accounts and resources.
    """

    name: str
    log_format: str
    profile: str
    time_zone: str
    system: str


def add_source(session: Session, request: SourceRequest, *, now: datetime, by: str) -> Source:
    """Set up a source, or change it: what was imported before stays as it was read.

    Raises:
        Invalid: The format, zone or profile is none, or the profile is of another format.
    """
    if request.log_format not in FORMATS:
        raise Invalid(f'"{request.log_format}" is no format; the formats are {", ".join(FORMATS)}.')
    if not request.name.strip().isprintable() or not request.name.strip():
        raise Invalid("A source needs a name of letters that can be printed.")
    read_zone(request.time_zone)
    if request.profile and (of := read_profile(request.profile, "The profile").format) != request.log_format:
        raise Invalid(
            f"The profile is for {of} logs, but the source is to be {request.log_format}.",
            remedy=Remedy(Advice.GIVE_FORMAT, of),
        )
    source = Source(
        name=request.name.strip(),
        system=request.system.strip() or request.name.strip(),
        format=request.log_format,
        time_zone=request.time_zone,
        profile=request.profile,
        recorded_at=now,
        recorded_by=by,
    )
    before = session.exec(select(Source).where(Source.name == source.name, current(Source))).first()
    if before is not None:
        if all(getattr(before, stated) == getattr(source, stated) for stated in _STATED):
            return before
        before.superseded_at, before.superseded_by = now, by
    session.add(source)
    session.flush()
    return source


def find_source(session: Session, name: str) -> Source:
    """Find a source by its name.

    Raises:
        NotFound: There is none; the sentence names those there are.
    """
    source = session.exec(select(Source).where(Source.name == name, current(Source))).first()
    if source is None:
        names = session.exec(select(Source.name).where(current(Source)).order_by(Source.name)).all()
        known = f"the sources are {', '.join(names)}" if names else "there is none yet"
        raise NotFound(f'There is no source "{name}"; {known}.', remedy=Remedy(Advice.ADD_SOURCE))
    return source


def profile_of(source: Source) -> Profile:
    """Give a source's profile; where it has none, that of records whose fields have the canonical names."""
    return read_profile(source.profile, source.name) if source.profile else plain_profile(source.format)


def normalising_of(session: Session, store: Store) -> dict[int, AccountNormalising]:
    """Give, by source key, what of accounts does not count for the sources that have a profile."""
    profiles = {one.name: one.profile for one in session.exec(select(Source).where(current(Source))) if one.profile}
    return {
        key: read_profile(profiles[source], source).normalising()
        for key, source in store.sources.items()
        if source in profiles
    }
