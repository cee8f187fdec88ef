"""Sources of access logs: systems whose logs are imported."""

from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from sqlmodel import Session, select

from audit.logs.find_source import find_source
from audit.logs.models import Source
from audit.logs.own_source import refuse_own_source
from audit.logs.profiles.language import Format, Profile, RecordsWhat, plain_profile
from audit.logs.profiles.reading import known_profile, read_profile
from audit.logs.profiles.zones import read_zone
from config.errors import Conflict, Invalid
from config.recorded import current
from config.remedies import Advice, Remedy

_FORMATS = get_args(Format)  # by their names alone: what reads them takes long to load
# Formats whose records name none of their parts, or not as we do.
_NEED_PROFILE = ("lines", "syslog", "auditd", "w3c", "fixed", "evtx")
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


@dataclass(frozen=True)
class SourceChange:
    """What of a source is to be otherwise; None = as it is. The fields are those of `SourceRequest`."""

    log_format: str | None = None
    profile: str | None = None
    time_zone: str | None = None
    system: str | None = None


def add_source(
    session: Session, request: SourceRequest, *, now: datetime, by: str, is_services_own: bool = False
) -> Source:
    """Set up a source; one that there is already in every way is given as it is.

    Args:
        is_services_own: It is that of the service's own log, which nobody else sets up.

    Raises:
        Invalid: The format, zone or profile is none, or the profile is of another format.
        Conflict: There is a source of that name, but another one; its accounts do not fit the lists of accounts; or
            its name or system is that of the service's own log.
    """
    if not is_services_own:
        _refuse_own(request)
    source = _checked(request, now=now, by=by)
    before = session.exec(select(Source).where(Source.name == source.name, current(Source))).first()
    if before is None:
        return _record(session, source)
    if all(getattr(before, stated) == getattr(source, stated) for stated in _STATED):
        return before
    raise Conflict(
        f"There is a source {source.name} already, and it is another one. Nothing was changed.",
        remedy=Remedy(Advice.SET_SOURCE, source.name),
    )


def set_source(session: Session, name: str, change: SourceChange, *, now: datetime, by: str) -> Source:
    """Correct a source in what is given; logs that were imported stay as they were read until they are read anew.

    Raises:
        NotFound: There is no such source.
        Invalid: The format, zone or profile is none, or the profile is of another format.
        Conflict: Its accounts do not fit the lists of accounts; or it is the service's own.
    """
    before = find_source(session, name)
    request = SourceRequest(
        name,
        before.format if change.log_format is None else change.log_format,
        before.profile if change.profile is None else change.profile,
        before.time_zone if change.time_zone is None else change.time_zone,
        before.system if change.system is None else change.system,
    )
    _refuse_own(request)
    source = _checked(request, now=now, by=by)
    if all(getattr(before, stated) == getattr(source, stated) for stated in _STATED):
        return before
    before.superseded_at, before.superseded_by = now, by
    return _record(session, source)


def _refuse_own(request: SourceRequest) -> None:
    for name in (request.name, request.system):
        refuse_own_source(name)


def _checked(request: SourceRequest, *, now: datetime, by: str) -> Source:
    if request.log_format not in _FORMATS:
        raise Invalid(f'"{request.log_format}" is no format; the formats are {", ".join(_FORMATS)}.')
    if not request.name.strip().isprintable() or not request.name.strip():
        raise Invalid("A source needs a name of letters that can be printed.")
    read_zone(request.time_zone)
    if request.log_format in _NEED_PROFILE and not request.profile:
        raise Invalid(
            f"A log of the format {request.log_format} does not name what stands where; its source needs a profile, "
            "such as one of those that ship.",
        )
    if request.profile and (of := read_profile(request.profile, "The profile").format) != request.log_format:
        raise Invalid(
            f"The profile is for {of} logs, but the source is to be {request.log_format}.",
            remedy=Remedy(Advice.GIVE_FORMAT, of),
        )
    return Source(
        name=request.name.strip(),
        system=request.system.strip() or request.name.strip(),
        format=request.log_format,
        time_zone=request.time_zone,
        profile=request.profile,
        recorded_at=now,
        recorded_by=by,
    )


def _record(session: Session, source: Source) -> Source:
    session.add(source)
    _state_login_form(session, source)
    session.flush()
    return source


def _state_login_form(session: Session, source: Source) -> None:
    """Let lists of accounts of the source's system be compared as the source compares its accounts."""
    # only here, as they take long to load, and who lists or reads sources needs none of them
    from access.login_forms import state_login_form  # noqa: PLC0415
    from access.models import LoginForm  # noqa: PLC0415

    how = profile_of(source).normalising()
    form = LoginForm(
        source=source.name,
        system=source.system,
        strip_domain_prefix=how.strip_domain_prefix,
        strip_domain_suffix=how.strip_domain_suffix,
        recorded_at=source.recorded_at,
        recorded_by=source.recorded_by,
    )
    state_login_form(session, form)


def profile_of(source: Source) -> Profile:
    """Give a source's profile; where it has none, that of records whose fields have the canonical names."""
    return known_profile(source.profile, source.name) if source.profile else plain_profile(source.format)


def recorded_by_sources(session: Session) -> dict[str, RecordsWhat]:
    """Give, by source, what its records tell of its data, as its profile states."""
    sources = session.exec(select(Source).where(current(Source))).all()
    return {source.name: profile_of(source).records_what for source in sources}
