"""The page on which the inventory's work access texts and the recorded work access are compared."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from access.compare_texts import Difference
from access.shared_policy import CurrentPolicyDep
from app.series.compared_api import ComparedView, Reader, compared_views
from config.web.rendering import render
from config.web.signed_in import InstallationDep

router = APIRouter()
_HERE = "/inventory/compared"
_AT_ONCE = 100
_MEANS = {
    Difference.UNREAD: "The text names no known holder, so accesses to the series cannot be judged.",
    Difference.WIDER: "The text gives any action for any purpose, so the limits of what was recorded are moot.",
    Difference.TEXT_ONLY: "The text gives it, for any action and purpose; no work access was recorded.",
    Difference.RECORDED_ONLY: "Work access was recorded; the text, which is published, does not name the holder.",
}


@dataclass(frozen=True)
class ComparedPage:
    """Everything compared.html shows.

    Args:
        counts: How many there are of each kind.
        means: What each kind means.
    """

    rows: Sequence[ComparedView]
    total: int
    kind: str
    offset: int
    counts: Mapping[str, int]
    means: Mapping[str, str]
    at_once: int = _AT_ONCE

    @property
    def last(self) -> int:
        """The place of the last row shown."""
        return self.offset + len(self.rows)

    def address(self, offset: int) -> str:
        """Give the address of the list from a place on."""
        asked = {"kind": self.kind} if self.kind else {}
        return f"{_HERE}?{urlencode({**asked, 'offset': offset})}"


@router.get(_HERE, response_class=HTMLResponse)
def show_compared(
    request: Request,
    installation: InstallationDep,
    policies: CurrentPolicyDep,
    official: Reader,
    kind: Annotated[str, Query(max_length=20)] = "",
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> HTMLResponse:
    """Show in what the texts and the recorded work access differ."""
    with installation.read() as work:
        every = compared_views(work, policies.known_at(work, None).facts, official)
    found = [one for one in every if kind in {"", one.kind}]
    counted = Counter(one.kind for one in every)
    page = ComparedPage(
        found[offset : offset + _AT_ONCE],
        len(found),
        kind,
        offset,
        {one: counted[one] for one in Difference},
        {one.value: words for one, words in _MEANS.items()},
    )
    title = "Texts and work access compared"
    return render(request, "app/compared.html", page, title=title, official=official, here="/inventory")
