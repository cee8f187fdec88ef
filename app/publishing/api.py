"""The published inventory over JSON: its versions, the draft, publishing it, and what differs between any two."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from config.web.once import IdempotencyKey, once
from config.web.paging import Listed
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.web.versions import version_of
from config.work import Installation, Work
from reports.inventory_versions.difference import InventoryDifference, difference
from reports.inventory_versions.draft import make_draft
from reports.inventory_versions.inventory_copy import InventoryCopy
from reports.inventory_versions.publish import PublishRequest, publish_inventory
from reports.inventory_versions.versions import DRAFT, find_edition, find_version, list_versions

router = APIRouter(prefix="/api/v1/inventory", tags=["inventory"])
Reader = Annotated[SignedIn, official_who_may("read", "inventory")]
Publisher = Annotated[SignedIn, official_who_may("change", "publications")]
Named = Annotated[str, Query(max_length=20, description="A version's number, `newest`, or `draft`.")]


class VersionView(BaseModel):
    """A published version; `sha256` is the digest of what it says, `known_at` by when all was known that it says."""

    number: int
    published_at: datetime
    published_by: str
    known_at: datetime
    note: str
    sha256: str


class CopiedSeriesView(BaseModel):
    """A series as it was published; `retired` says from when on, in words."""

    code: str
    department: str
    name: str
    description: str
    classification: str
    citation: str
    work_access: str
    retired: str


class FactView(BaseModel):
    """A label, and what is said of it."""

    label: str
    text: str


class CopyView(BaseModel):
    """The whole inventory as it is published: nothing of it is not public."""

    entity: str
    time_zone: str
    contacts: list[FactView]
    roles: list[FactView]
    paragraphs: list[str]
    series: list[CopiedSeriesView]


class WholeVersionView(VersionView):
    """A published version with all that it says."""

    inventory: CopyView


class DraftView(BaseModel):
    """What would be published now, and what to look at first; `named` are series whose texts name employees."""

    sha256: str
    notices: list[str]
    named: dict[str, list[str]]
    inventory: CopyView


class Asked(BaseModel):
    """What is published: the draft with this digest, or whatever stands where none is given."""

    model_config = ConfigDict(extra="forbid")

    note: str = Field(default="", max_length=10_000, examples=["Adopted by resolution 26-40."])
    draft: str = Field(default="", max_length=64, description="The `sha256` of the draft that was looked at.")
    names_meant: bool = Field(default=False, description="Texts of the inventory may name employees.")
    after: int | None = Field(
        default=None, description="The newest version when it was looked at, 0 = none: another one since is refused."
    )


class PublicationView(BaseModel):
    """What was published, and in words what differs in it from the version before."""

    version: VersionView
    said: str


class ChangedFieldView(BaseModel):
    """A field, as it was before and as it is after."""

    name: str
    before: str
    after: str


class SeriesDifferenceView(BaseModel):
    """A series that is not the same in both: added, gone, retired, renamed or changed; with its changed fields."""

    kind: str
    code: str
    name: str
    department: str
    fields: list[ChangedFieldView]


class DifferenceView(BaseModel):
    """What differs: series, and what is said besides them (`about`)."""

    before: str
    after: str
    counts: dict[str, int]
    about: list[ChangedFieldView]
    series: list[SeriesDifferenceView]


@router.get("/versions")
def show_versions(installation: InstallationDep, official: Reader) -> Listed[VersionView]:  # noqa: ARG001 - who may
    """List the published versions, the newest first."""
    with installation.read() as work:
        return Listed(items=[VersionView(**head._asdict()) for head in list_versions(work.session)], next=None)


@router.post("/versions", status_code=HTTPStatus.CREATED, response_model=PublicationView)
def publish(
    installation: InstallationDep, official: Publisher, asked: Asked, response: Response, key: IdempotencyKey = ""
) -> Mapping[str, object]:
    """Publish what stands in the inventory as the next version; nothing changes it any more."""
    made = publish_once(installation, official, asked, key)
    response.headers["Location"] = f"{router.prefix}/versions/{made['version']['number']}"
    return made


@router.get("/draft")
def show_draft(installation: InstallationDep, official: Reader, response: Response) -> DraftView:  # noqa: ARG001 - who may
    """Show what would be published now."""
    with installation.read() as work:
        draft = make_draft(work)
    response.headers["ETag"] = version_of("draft", draft.sha256)
    named = {code: list(names) for code, names in draft.named.items()}
    return DraftView(sha256=draft.sha256, notices=list(draft.notices), named=named, inventory=_copy_view(draft.copy))


@router.get("/versions/{number}")
def show_version(installation: InstallationDep, official: Reader, response: Response, number: int) -> WholeVersionView:  # noqa: ARG001 - who may
    """Show a published version with all that it says."""
    with installation.read() as work:
        version = find_version(work.session, number)
    response.headers["ETag"] = version_of("version", number, version.head.sha256)
    return WholeVersionView(**version.head._asdict(), inventory=_copy_view(version.copy))


@router.get("/versions/{number}/difference")
def show_difference(
    installation: InstallationDep,
    official: Reader,  # noqa: ARG001 - who may
    number: int,
    to: Named = DRAFT,
) -> DifferenceView:
    """Show what differs from a published version to another one, or to the draft."""
    with installation.read() as work:
        before, after = find_edition(work, str(number)), find_edition(work, to)
    return difference_view(before.name, after.name, difference(before.copy, after.copy))


def publish_once(installation: Installation, official: SignedIn, asked: Asked, key: str) -> dict[str, Any]:
    """Publish the inventory, or give what was answered under the key before.

    Raises:
        Invalid: The note is too long, or cannot be printed.
        Conflict: There are no data series, something else stands than was looked at or was published meanwhile, or
            employees are named.
    """

    def make(work: Work) -> PublicationView:
        request = PublishRequest(asked.note, asked.draft, asked.names_meant, asked.after)
        made = publish_inventory(work, request, by=official.login)
        return PublicationView(version=VersionView(**made.head._asdict()), said=str(made))

    return once(installation, official, key, asked, make)


def difference_view(before: str, after: str, found: InventoryDifference) -> DifferenceView:
    """Give a difference as JSON shows it."""
    return DifferenceView(
        before=before,
        after=after,
        counts=dict(found.counts),
        about=_fields(found.about),
        series=[
            SeriesDifferenceView(**one._asdict() | {"kind": one.kind.value, "fields": _fields(one.fields)})
            for one in found.series
        ],
    )


def _fields(fields: Sequence[Any]) -> list[ChangedFieldView]:
    return [ChangedFieldView(**one._asdict()) for one in fields]


def _copy_view(copy: InventoryCopy) -> CopyView:
    return CopyView(
        entity=copy.entity,
        time_zone=copy.time_zone,
        contacts=[FactView(**one._asdict()) for one in copy.contacts],
        roles=[FactView(**one._asdict()) for one in copy.roles],
        paragraphs=list(copy.paragraphs),
        series=[CopiedSeriesView(**one._asdict()) for one in copy.series],
    )
