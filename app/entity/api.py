"""The entity over JSON: how it is described, whether it is live, and the catalogue of laws."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from config.web.paging import Listed
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.web.versions import NamedVersion, check_version, version_of
from inventory.catalogue import CatalogueEntry, catalogue, find_entries
from inventory.entity_details import DETAILS, entity_details, state_details
from inventory.models import Entity
from inventory.queries import the_entity
from inventory.set_up_entity import EntityRequest, describe_entity, go_live

router = APIRouter(prefix="/api/v1", tags=["entity"])
Reader = Annotated[SignedIn, official_who_may("read", "entity")]
Changer = Annotated[SignedIn, official_who_may("change", "entity")]
InventoryReader = Annotated[SignedIn, official_who_may("read", "inventory")]


class EntityBody(BaseModel):
    """How the entity is described (Minn. Stat. 13.025); what is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    name: str | None = Field(default=None, max_length=1_000)
    responsible_authority: str | None = Field(default=None, max_length=1_000)
    responsible_authority_title: str | None = Field(default=None, max_length=1_000)
    responsible_authority_address: str | None = Field(default=None, max_length=1_000)
    compliance_official: str | None = Field(default=None, max_length=1_000)


class EntityView(BaseModel):
    """The government body whose service this is; `went_live_at` is null while its history is being loaded."""

    name: str
    time_zone: str
    responsible_authority: str
    responsible_authority_title: str
    responsible_authority_address: str
    compliance_official: str
    went_live_at: datetime | None
    recorded_at: datetime
    recorded_by: str


class DetailsBody(BaseModel):
    """Details by their names."""

    model_config = ConfigDict(extra="forbid")

    details: dict[Annotated[str, Field(max_length=100)], Annotated[str, Field(max_length=10_000)]]


class DetailsView(BaseModel):
    """Every detail by its name; an empty text was not entered."""

    details: dict[str, str]


class LawView(BaseModel):
    """An entry of the statutory catalogue: what one section or subdivision does with one kind of data.

    `seen` says whether the section's number was seen in a published source; look up what was not before relying on it.
    """

    citation: str
    title: str
    applies_to: str
    classification: str
    description: str
    departments: list[str]
    seen: bool


@router.get("/entity")
def show_entity(installation: InstallationDep, official: Reader, response: Response) -> EntityView:  # noqa: ARG001 - who may
    """Show how the entity is described, and since when it is live."""
    with installation.read() as work:
        return _answered(the_entity(work.session, work.now), response)


@router.put("/entity")
def put_entity(
    installation: InstallationDep, official: Changer, version: NamedVersion, asked: EntityBody, response: Response
) -> EntityView:
    """Describe the entity otherwise; its time zone cannot change, as dates entered before rest on it."""
    with installation.change() as work:
        check_version(version, entity_version(the_entity(work.session, work.now)))
        request = EntityRequest(**asked.model_dump())
        return _answered(describe_entity(work.session, request, now=work.now, by=official.login), response)


@router.post("/entity/go-live")
def let_go_live(installation: InstallationDep, official: Changer, response: Response) -> EntityView:
    """Let grants that are entered from now on count as recorded when they are entered; it is done once."""
    with installation.change() as work:
        return _answered(go_live(work.session, now=work.now, by=official.login), response)


@router.get("/entity/details")
def show_details(installation: InstallationDep, official: Reader, response: Response) -> DetailsView:  # noqa: ARG001 - who may
    """Show what the entity's policies and its published inventory say besides its description."""
    with installation.read() as work:
        return _told(entity_details(work.session, work.now), response)


@router.put("/entity/details")
def put_details(
    installation: InstallationDep, official: Changer, version: NamedVersion, asked: DetailsBody, response: Response
) -> DetailsView:
    """Enter some of the details; what is left out stays, and an empty text takes one away."""
    with installation.change() as work:
        check_version(version, details_version(entity_details(work.session, work.now)))
        stated = state_details(work.session, asked.details, now=work.now, by=official.login)
        return _told(stated, response)


@router.get("/catalogue")
def list_laws(
    official: InventoryReader,  # noqa: ARG001 - who may
    query: Annotated[str, Query(max_length=200, description="Words, or a section's number; empty = all.")] = "",
) -> Listed[LawView]:
    """List the entries of the statutory catalogue that ships with the product; statutes change, so look them up."""
    entries = find_entries(query) if query.strip() else catalogue()
    return Listed(items=[_law(entry) for entry in entries], next=None)


def details_version(details: Mapping[str, str]) -> str:
    """Give the version of the details as they stand."""
    return version_of("details", sorted(details.items()))


def _told(details: Mapping[str, str], response: Response) -> DetailsView:
    response.headers["ETag"] = details_version(details)
    return DetailsView(details={name: details.get(name, "") for name in DETAILS})


def _law(entry: CatalogueEntry) -> LawView:
    shown = asdict(entry) | {"citation": str(entry.citation), "departments": list(entry.departments)}
    return LawView(**shown)


def entity_version(entity: Entity) -> str:
    """Give the version of the description as it stands."""
    return version_of("entity", entity.id)


def _answered(entity: Entity, response: Response) -> EntityView:
    response.headers["ETag"] = entity_version(entity)
    return EntityView(**entity.model_dump(include=set(EntityView.model_fields)))
