"""The forms by which an official saves a view of the findings, and deletes one."""

from http import HTTPStatus
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from audit.pages import show_findings_again
from audit.read_filter import asked_of
from audit.saved_views import delete_view, save_view, view_query
from audit.shared_kept import KeptDep
from config.errors import Conflict, InvalidFields
from config.web.signed_in import InstallationDep, SignedIn, official_who_may

router = APIRouter()
_HERE = "/findings"
Reader = Annotated[SignedIn, official_who_may("read", "findings")]


@router.post(f"{_HERE}/views")
def take_view(
    request: Request,
    installation: InstallationDep,
    official: Reader,
    kept: KeptDep,
    name: Annotated[str, Form(max_length=1_000)] = "",
    query: Annotated[str, Form(max_length=10_000)] = "",
) -> Response:
    """Save how the list is narrowed and sorted, or show it again with why not."""
    asked = asked_of(dict(parse_qsl(query)))
    narrowed = view_query(asked)
    try:
        with installation.change() as work:
            save_view(work.session, official.login, name, narrowed, now=work.clock)
    except InvalidFields as invalid:
        return show_findings_again(request, installation, official, kept, asked, name, invalid.faults["name"])
    except Conflict as refusal:
        return show_findings_again(request, installation, official, kept, asked, name, str(refusal))
    return RedirectResponse(f"{_HERE}?{narrowed}", HTTPStatus.SEE_OTHER)


@router.post(f"{_HERE}/views/{{number}}/delete")
def take_deletion(installation: InstallationDep, official: Reader, number: int) -> Response:
    """Delete a view."""
    with installation.change() as work:
        delete_view(work.session, official.login, number)
    return RedirectResponse(_HERE, HTTPStatus.SEE_OTHER)
