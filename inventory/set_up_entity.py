"""Set up the entity, describe it anew, and let it go live."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from config.errors import Conflict, Invalid, NotFound
from config.recorded import current
from config.remedies import Advice, Remedy
from config.shown_text import can_be_printed
from inventory.models import Entity

_LONGEST = 1_000


@dataclass(frozen=True)
class EntityRequest:
    """How 13.025 wants the entity described: its name, and the responsible authority's name, title and address.

    Args:
        time_zone: The zone in which its dates begin and end; None = as it is.
    """

    name: str | None = None
    time_zone: str | None = None
    responsible_authority: str | None = None
    responsible_authority_title: str | None = None
    responsible_authority_address: str | None = None
    compliance_official: str | None = None


def set_up_entity(session: Session, request: EntityRequest, *, now: datetime, by: str) -> Entity:
    """Set up the entity whose service this is.

    Raises:
        Conflict: There is one already.
        Invalid: It has no name, or the zone is none.
    """
    standing = _standing(session)
    if standing is not None:
        raise Conflict(f"This data folder belongs to {standing.name} already.", remedy=Remedy(Advice.OTHER_DATA_FOLDER))
    check_new_entity(request)
    stated = {name: value for name, value in vars(request).items() if value is not None}
    entity = Entity(**stated, recorded_at=now, recorded_by=by)
    session.add(entity)
    session.flush()
    return entity


def check_new_entity(request: EntityRequest) -> None:
    """Check how an entity is described before there is anything in which it could be set up.

    Raises:
        Invalid: It has no name, or the zone is none.
    """
    if not (request.name or "").strip():
        raise Invalid("The entity needs a name.", remedy=Remedy(Advice.NAME_ENTITY))
    _check_texts(request)
    if request.time_zone is not None:
        _check_zone(request.time_zone)


def describe_entity(session: Session, request: EntityRequest, *, now: datetime, by: str) -> Entity:
    """Change what is said of the entity; what is not given stays.

    Raises:
        NotFound: There is no entity yet.
        Invalid: The name is empty.
        Conflict: The zone would change, which would move every date entered before.
    """
    before = _needed(session)
    if request.name is not None and not request.name.strip():
        raise Invalid("The entity needs a name.", remedy=Remedy(Advice.KEEP_NAME))
    _check_texts(request)
    if request.time_zone not in {None, before.time_zone}:
        raise Conflict(
            f"The entity's time zone is {before.time_zone}; dates entered before rest on it, so it cannot change."
        )
    stated = {name: value for name, value in vars(request).items() if value is not None}
    if all(getattr(before, name) == value for name, value in stated.items()):
        return before
    return _supersede(session, before, stated, now, by)


def go_live(session: Session, *, now: datetime, by: str) -> Entity:
    """Let grants entered from now on count as recorded when they are entered (DOMAIN section 3, "timely").

    Raises:
        NotFound: There is no entity yet.
        Conflict: It is live already.
    """
    before = _needed(session)
    if before.went_live_at is not None:
        local = before.went_live_at.astimezone(ZoneInfo(before.time_zone))
        raise Conflict(f"{before.name} is live since {local:%Y-%m-%d %H:%M}; nothing was changed.")
    return _supersede(session, before, {"went_live_at": now}, now, by)


def _standing(session: Session) -> Entity | None:
    return session.exec(select(Entity).where(current(Entity))).first()


def _needed(session: Session) -> Entity:
    entity = _standing(session)
    if entity is None:
        raise NotFound("There is no entity here yet.", remedy=Remedy(Advice.SET_UP_ENTITY))
    return entity


def _supersede(session: Session, before: Entity, stated: dict[str, object], now: datetime, by: str) -> Entity:
    kept = before.model_dump(exclude={"id", "recorded_at", "recorded_by", "superseded_at", "superseded_by"})
    before.superseded_at, before.superseded_by = now, by
    entity = Entity(**kept | stated, recorded_at=now, recorded_by=by)
    session.add(entity)
    session.flush()
    return entity


def _check_texts(request: EntityRequest) -> None:
    for what, text in vars(request).items():
        if text is None or what == "time_zone":
            continue
        if len(text) > _LONGEST or not can_be_printed(text):
            raise Invalid(
                f"The entity's {what.replace('_', ' ')} is no text of up to {_LONGEST:,} letters that can be printed. "
                "Write it anew."
            )


def _check_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise Invalid(f'"{name[:_LONGEST]}" is no time zone; write one such as America/Chicago.') from error
