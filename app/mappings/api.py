"""What logs name that maps to nothing, over JSON: listed by the number of accesses, and answered."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from app.logs.source_version import source_version
from app.mappings.answers import AcceptedPurposes, AnsweredMapping, MappingSaid, accept_purposes, answer_mapping
from app.mappings.masked_purposes import shown_for
from audit.kept_unmapped import KeptUnmapped
from audit.logs.find_source import find_source
from audit.logs.list_sources import list_sources
from audit.shared_kept import KeptUnmappedDep
from audit.suggest_purposes import suggest_purposes
from config.errors import Invalid, InvalidFields
from config.officials.limits import Limits
from config.web.look_purpose import Purpose
from config.web.once import IdempotencyKey, once
from config.web.paging import Cursor, Limit, Listed, read_cursor, write_cursor
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.web.versions import NamedVersion, check_version
from config.work import Installation, Work

router = APIRouter(prefix="/api/v1/mappings", tags=["mappings"])
Reader = Annotated[SignedIn, official_who_may("read", "mappings")]
Changer = Annotated[SignedIn, official_who_may("change", "mappings")]
_Text = Annotated[str, Field(max_length=4_000, pattern=r"^[^\x00]*$")]
_Needed = Annotated[str, Field(min_length=1, max_length=4_000, pattern=r"^[^\x00]*$")]


class What(StrEnum):
    """Of which kind names are."""

    ACCOUNTS = "accounts"
    RESOURCES = "resources"
    ACTIONS = "actions"
    PURPOSES = "purposes"


class SuggestionView(BaseModel):
    """A purpose that work access lists and that may be meant; the score is of 100, and decides nothing."""

    purpose: str
    score: int


class UnmappedView(BaseModel):
    """A name that maps to nothing; resources that differ only in the number behind them are one, by their `stem`."""

    source: str
    name: str
    accesses: int
    first: datetime
    last: datetime
    names: int
    stem: str
    machine: str = Field(
        default="",
        description="What of an account's form tells that it is a machine's or the system's; empty where nothing does. "
        "It decides nothing.",
    )
    is_masked: bool = Field(
        default=False,
        description="It looks as if it held a licence plate or a date of birth, and is not as the log has it; "
        "`look_purpose` shows it.",
    )
    suggestions: list[SuggestionView] = []


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    source: _Needed


class AccountAnswered(_Answer):
    """Whose an account is: an employee's for a period, or a shared or service account, which names nobody."""

    name: _Needed
    kind: str = Field(default="personal", json_schema_extra={"enum": ["personal", "shared", "service"]})
    employee_id: _Text = ""
    start: _Text = ""
    end: _Text = ""


class ResourceAnswered(_Answer):
    """Where the resources belong that a pattern matches: to a series (code or exact name), `public` or `ignore`."""

    pattern: _Needed
    series: _Needed


class ActionAnswered(_Answer):
    """Which action a word of the source's logs means."""

    name: _Needed
    meaning: _Needed


class PurposeAnswered(_Answer):
    """Which purpose is meant by a text that people type, or by all that fits a pattern."""

    name: _Text = ""
    pattern: _Text = ""
    meaning: _Needed


class PurposeAccepted(BaseModel):
    """A text, and the purpose that it means."""

    model_config = ConfigDict(extra="forbid")

    name: _Needed
    meaning: _Needed


class PurposesAccepted(_Answer):
    """Which suggestions are accepted."""

    accepted: Annotated[list[PurposeAccepted], Field(min_length=1, max_length=1_000)]


class _Asked(BaseModel):
    """An answer with its kind, so that one key serves for one of them."""

    what: What
    answer: dict[str, Any]


@router.get("/{what}")
def list_mappings(
    installation: InstallationDep,
    official: Reader,
    unmapped: KeptUnmappedDep,
    what: What,
    source: Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$", description="Empty = of all.")] = "",
    cursor: Cursor = "",
    limit: Limit = 100,
    look_purpose: Purpose = "",
) -> Listed[UnmappedView]:
    """List the names of a kind that map to nothing, those of most accesses first."""
    with installation.read() as work:
        listed = sorted(_unmapped(work, unmapped, official.limits, what, source, look_purpose), key=_place)
        described = unmapped.described(work) if what is What.PURPOSES else frozenset()
    if cursor:
        seen = read_cursor(cursor, 3)
        if [type(one) for one in seen] != [int, str, str]:
            raise Invalid("The cursor is none of this list; ask for the first page anew.")
        listed = [one for one in listed if list(_place(one)) > seen]
    further = write_cursor(_place(listed[limit - 1])) if len(listed) > limit else None
    shown = [_with_suggestions(one, described) for one in listed[:limit]] if described else listed[:limit]
    return Listed(items=shown, next=further)


@router.post("/accounts", status_code=HTTPStatus.CREATED, response_model=MappingSaid)
def answer_account(
    installation: InstallationDep, official: Changer, asked: AccountAnswered, key: IdempotencyKey = ""
) -> dict[str, object]:
    """Say whose an account is; it is an import of its own that can be taken back."""
    return _answered(installation, official, What.ACCOUNTS, asked, key)


@router.post("/resources", status_code=HTTPStatus.CREATED, response_model=MappingSaid)
def answer_resource(
    installation: InstallationDep, official: Changer, asked: ResourceAnswered, key: IdempotencyKey = ""
) -> dict[str, object]:
    """Say where resources belong; it is an import of its own that can be taken back."""
    return _answered(installation, official, What.RESOURCES, asked, key)


@router.post("/actions", status_code=HTTPStatus.CREATED, response_model=MappingSaid)
def answer_action(
    installation: InstallationDep,
    official: Changer,
    asked: ActionAnswered,
    version: NamedVersion,
    key: IdempotencyKey = "",
) -> dict[str, object]:
    """Say which action a word means; it corrects the profile of the source whose version `If-Match` names."""
    return _answered(installation, official, What.ACTIONS, asked, key, version)


@router.post("/purposes", status_code=HTTPStatus.CREATED, response_model=MappingSaid)
def answer_purpose(
    installation: InstallationDep, official: Changer, asked: PurposeAnswered, key: IdempotencyKey = ""
) -> dict[str, object]:
    """Say which purpose a text means, or all that fits a pattern; it is an import of its own that can be taken back."""
    if not (asked.name.strip() or asked.pattern.strip()):
        raise InvalidFields({"name": "Give the text, or a pattern."})
    return _answered(installation, official, What.PURPOSES, asked, key)


@router.post("/purposes/accepted", status_code=HTTPStatus.CREATED, response_model=MappingSaid)
def accept_suggestions(
    installation: InstallationDep, official: Changer, asked: PurposesAccepted, key: IdempotencyKey = ""
) -> dict[str, object]:
    """Accept what is suggested for some texts; they are one import, which can be taken back."""
    accepted = AcceptedPurposes(source=asked.source, accepted=[(one.name, one.meaning) for one in asked.accepted])
    return once(
        *(installation, official, key, accepted),
        lambda work: accept_purposes(installation, work, official, accepted),
    )


def _answered(
    installation: Installation, official: SignedIn, what: What, asked: _Answer, key: str, version: str = ""
) -> dict[str, object]:
    said = asked.model_dump()

    def make(work: Work) -> MappingSaid:
        standing = source_version(work.session, find_source(work.session, asked.source))
        if version:
            check_version(version, standing)
        nothing = dict.fromkeys(set(AnsweredMapping.model_fields) - {"version"}, "")
        whole = AnsweredMapping(**{**nothing, **said, "what": what.value, "version": standing.strip('"')})
        return answer_mapping(installation, work, official, whole)

    return once(installation, official, key, _Asked(what=what, answer=said), make)


def _unmapped(
    work: Work, unmapped: KeptUnmapped, limits: Limits, what: What, source: str, purpose: str
) -> Iterator[UnmappedView]:
    every = (one.source.name for one in list_sources(work.session, work.settings.data_dir))
    for name in [source] if source else filter(limits.admit_source, every):
        for one in getattr(shown_for(unmapped.of(work, name, limits), what, purpose), what):
            yield UnmappedView(
                source=name,
                name=one.name,
                accesses=one.accesses,
                first=one.first,
                last=one.last,
                names=one.names,
                stem=one.stem,
                machine=one.machine,
                is_masked=one.is_masked,
            )


def _with_suggestions(one: UnmappedView, described: frozenset[str]) -> UnmappedView:
    found = [SuggestionView(purpose=of.purpose, score=of.score) for of in suggest_purposes(one.name, described)]
    return one.model_copy(update={"suggestions": found})


def _place(one: UnmappedView) -> tuple[int, str, str]:
    return -one.accesses, one.source, one.name
