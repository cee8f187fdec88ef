"""Over JSON, in what the inventory's work access texts and the recorded work access differ."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from access.compare_texts import ComparedHolder, Difference, compare_texts
from access.facts import Facts
from access.position_wording import access_in_words
from access.read_parts import in_words
from access.shared_policy import CurrentPolicyDep
from config.clock import microseconds
from config.officials.permissions import Scope
from config.web.paging import Listed
from config.web.signed_in import InstallationDep, SignedIn, official_who_may
from config.work import Work

router = APIRouter(prefix="/api/v1/work-access-texts", tags=["inventory"])
Reader = Annotated[SignedIn, official_who_may("read", "inventory")]


class ComparedView(BaseModel):
    """A holder of whom a series' text and the recorded work access say something else, or a part that names nobody.

    `kind` is `unread`, `wider by text` (the text gives any action and purpose, so that the limits of what was recorded
    are moot), `by text only` or `recorded only`. `near` is the known name that an unread part may mean.
    """

    series: str
    series_name: str
    kind: Difference
    holder: str
    recorded: list[str]
    near: str


@router.get("/compared")
def list_compared(
    installation: InstallationDep,
    policies: CurrentPolicyDep,
    official: Reader,
    kind: Annotated[Difference | None, Query(description="Of this kind alone.")] = None,
) -> Listed[ComparedView]:
    """List in what the inventory's texts and the recorded work access differ, series by series."""
    with installation.read() as work:
        found = compared_views(work, policies.known_at(work, None).facts, official)
    return Listed(items=[one for one in found if kind in {None, one.kind}], next=None)


def compared_views(work: Work, facts: Facts, official: SignedIn) -> list[ComparedView]:
    """Give what differs now in words; employees are named to those alone who may read of all people."""
    titles = {code: f"{one.title} ({one.department})" for code, one in facts.positions.items()}
    names = {employee_id: one.name for employee_id, one in facts.employees.items()}
    may_name = official.reach("read", "people") is Scope.ALL
    return [
        ComparedView(
            series=one.series,
            series_name=facts.series[one.series].name,
            kind=one.kind,
            holder=_holder(one, titles, names, may_name=may_name),
            recorded=[access_in_words(access) for access in one.recorded],
            near=one.near,
        )
        for one in compare_texts(facts, microseconds(work.clock))
    ]


def _holder(one: ComparedHolder, titles: dict[str, str], names: dict[str, str], *, may_name: bool) -> str:
    if one.kind is Difference.UNREAD:
        return one.holder
    if one.holder_type == "employee" and not may_name:
        return "an employee"
    return in_words(one.holder_type, one.holder, titles, names)
