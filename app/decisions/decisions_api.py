"""The decisions over HTTP: every access of a time with its verdict, in the format that is asked for."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query
from fastapi.responses import FileResponse
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException

from access.people_below import recorded_id
from app.given_files import GivenFile, give_once
from audit.case import Verdict
from audit.rules import REASONS
from audit.said_not_seen import LINK
from config.clock import read_end, read_start
from config.errors import InvalidFields, NotFound
from config.web.look_purpose import LONGEST
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Work
from inventory.queries import series_called
from reports.decisions import check_range
from reports.write_decisions import DecisionsRequest, write_decisions

router = APIRouter(prefix="/api/v1/decisions", tags=["decisions"])
Reader = Annotated[SignedIn, official_who_may("read", "decisions")]
_JSON, _CSV, _PARQUET = "application/json", "text/csv", "application/vnd.apache.parquet"
_ENDINGS: Mapping[str, str] = {_JSON: ".json", _CSV: ".csv", _PARQUET: ".parquet"}
_NOT_ACCEPTABLE = 406
_NOT_OF_DECISIONS = {"start", "end", "known_at", "look_purpose"}


class DecisionsAsked(BaseModel):
    """Which decisions are wanted; what is left out narrows nothing, and what is no field of theirs is refused."""

    model_config = ConfigDict(extra="forbid")  # a filter in another spelling would else give everybody's

    start: str = Query(default="", alias="from", max_length=60, description="First day of the accesses, or an instant.")
    end: str = Query(default="", alias="to", max_length=60, description="Last day, or an instant not included.")
    known_at: str = Query(default="", max_length=60, description="As it was known here then; empty = now.")
    source: str = Query(default="", max_length=200)
    account: str = Query(default="", max_length=1_000)
    employee_id: str = Query(default="", max_length=200)
    resource: str = Query(default="", max_length=4_000)
    series: str = Query(default="", max_length=1_000, description="A series' code or exact name.")
    action: str = Query(default="", max_length=60)
    purpose: str = Query(default="", max_length=1_000)
    verdict: Verdict | None = None
    reason: str = Query(default="", max_length=60, json_schema_extra={"enum": ["", *REASONS]})
    grant: str = Query(default="", max_length=60)
    look_purpose: str = Query(
        default="",
        max_length=LONGEST,
        description="What they are looked at for; with one, whom accesses are about is shown. It is written down.",
    )

    def only(self) -> dict[str, str]:
        """Give what the decisions have to say, by column."""
        return {name: str(text) for name, text in self.model_dump(exclude=_NOT_OF_DECISIONS).items() if text}


class DecisionView(BaseModel):
    """What was decided of one access; the columns of CSV and Parquet are the same."""

    event_id: str
    source: str
    file: str
    record: int
    time: datetime
    account: str | None
    employee_id: str | None
    resource: str | None
    series: str | None
    action: str
    subject: str | None
    purpose: str | None
    verdict: Verdict
    reason: str
    grant: str | None


_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The decisions, in the format that is asked for.",
        "model": list[DecisionView],
        "content": {_CSV: {"schema": {"type": "string"}}, _PARQUET: {"schema": {"type": "string", "format": "binary"}}},
    },
    _NOT_ACCEPTABLE: {"description": "None of the formats that are accepted is given here."},
}


@router.get("", response_class=FileResponse, responses=_ANSWERS)
def give_decisions(
    installation: InstallationDep,
    official: Reader,
    asked: Annotated[DecisionsAsked, Query()],
    accept: Annotated[str, Header()] = "*/*",
) -> FileResponse:
    """Give every decision of a time, by source, file and record: all of them, whatever their number.

    They are decided anew by what is known, as the command line's export does, and streamed when all are. What the logs
    did not hold is not decided: the answer's `Link` leads to the days that were not seen. Whom accesses are about is
    masked, equal ones alike, unless `look_purpose` says what they are looked at for.
    """
    media_type = _accepted(accept)

    def make(folder: Path) -> GivenFile:
        out = folder / f"decisions{_ENDINGS[media_type]}"
        with installation.read() as work:
            is_masked = not asked.look_purpose.strip()
            request = replace(_request(work, asked, out), limits=official.limits, masks_subjects=is_masked)
            write_decisions(work.session, request, work.settings)
        return GivenFile(out, out.name, media_type)

    answer = give_once(installation.settings.data_dir, make)
    answer.headers.update(LINK)
    return answer


def _request(work: Work, asked: DecisionsAsked, out: Path) -> DecisionsRequest:
    faults = dict[str, str]()

    def read(field: str, text: str) -> datetime | None:
        try:
            return (read_end if field == "to" else read_start)(text, work.zone) if text.strip() else None
        except ValueError as error:
            faults[field] = f"This cannot be read; expected {error}."
            return None

    start, end, known_at = read("from", asked.start), read("to", asked.end), read("known_at", asked.known_at)
    if known_at is not None and known_at > work.now:
        faults["known_at"] = "What will be known then cannot be told yet."
    if asked.reason and asked.reason not in REASONS:
        faults["reason"] = f"There is no such reason; the reasons are {', '.join(REASONS)}."
    if faults:
        raise InvalidFields(faults)
    check_range(start, end)
    return DecisionsRequest(out, start, end, known_at or work.now, _only(work, asked))


def _only(work: Work, asked: DecisionsAsked) -> Mapping[str, str]:
    """Give what the decisions have to say, people and series in the spelling in which they are recorded."""
    only = asked.only()
    if asked.employee_id:
        only["employee_id"] = recorded_id(work.session, asked.employee_id) or asked.employee_id
    if asked.series:
        only["series"] = series_called(work.session, asked.series, work.now).code
    if any("\x00" in text for text in only.values()):
        raise NotFound("No decision says so.")
    return only


def _accepted(accept: str) -> str:
    """Give the format that is accepted most; where several are alike, the first of ours."""
    wanted = [_weighed(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]

    def weight(media_type: str) -> float:
        ranges = (media_type, f"{media_type.partition('/')[0]}/*", "*/*")
        return next((weight for one in ranges for named, weight in wanted if named == one), 0.0)

    best = max(_ENDINGS, key=weight)
    if weight(best) <= 0:
        raise HTTPException(_NOT_ACCEPTABLE, f"Decisions are given as {', '.join(_ENDINGS)}.")
    return best


def _weighed(part: str) -> tuple[str, float]:
    named, *parameters = (piece.strip().casefold() for piece in part.split(";"))
    said = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
    try:
        return named, float(said)
    except ValueError:
        return named, 0.0
