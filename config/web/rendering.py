"""Renders pages: a dataclass lists all that a template shows, and the template only shows it."""

from dataclasses import dataclass
from functools import cache

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, PrefixLoader, StrictUndefined

from config.clock import end_text, local_text, period_text
from config.web.navigation import Entry, navigation_of
from config.web.page_remedies import page_remedy
from config.web.signed_in import SignedIn

_SEARCHED = ("people", "inventory", "findings")
# each folder's pages have their templates beside them
_FOLDERS = ("app", "audit", "access", "inventory", "reports")


@dataclass(frozen=True)
class Frame:
    """What stands around every page.

    Args:
        title: Of the page, as the browser's tab shows it.
        official: Who is signed in; None where nobody is.
        here: The path of the entry in the navigation to which the page belongs.
    """

    title: str
    official: SignedIn | None
    here: str
    entity: str
    path: str

    @property
    def entries(self) -> list[Entry]:
        """Where the official can go."""
        return navigation_of(self.official)

    @property
    def can_search(self) -> bool:
        """Whether there is anything that the official may look for."""
        return self.official is not None and any(self.official.may("read", thing) for thing in _SEARCHED)


@cache
def environment() -> Environment:
    """Give what reads the templates, each once; what they show is text, never markup."""
    made = Environment(
        loader=PrefixLoader({folder: PackageLoader(folder) for folder in _FOLDERS if _has_templates(folder)}),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,  # templates change with the program alone
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["count"] = lambda number: f"{number:,}"
    made.filters["local"] = lambda instant, zone: local_text(instant.replace(microsecond=0), zone)
    made.filters["period"] = lambda held, zone: period_text(held.start, held.end, zone)
    made.filters["until"] = end_text
    made.filters["remedy"] = page_remedy
    made.filters["words"] = lambda text: str(text).replace("_", " ")
    return made


def _has_templates(folder: str) -> bool:
    try:
        PackageLoader(folder)
    except ValueError:
        return False
    return True


def render(
    request: Request,
    template: str,
    page: object,
    *,
    title: str,
    official: SignedIn | None,
    here: str = "",
    status: int = 200,
) -> HTMLResponse:
    """Render a page."""
    state = request.app.state
    frame = Frame(title, official, here, state.entity_name(), request.url.path)
    text = state.templates.get_template(template).render(page=page, frame=frame)
    return HTMLResponse(text, status)
