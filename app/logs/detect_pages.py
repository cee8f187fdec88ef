"""The page that says what log files are: its form, and what was found out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.imports.read_table_form import fault_of_files
from app.logs.upload_pages import Importer
from audit.logs.detect_log import Detected, detect_logs
from config.errors import Invalid
from config.web.receive_upload import ReceivedForm, ReceivedFormDep
from config.web.rendering import render

router = APIRouter()
_HERE = "/logs"
_MOST_FILES = 5


@dataclass(frozen=True)
class DetectPage:
    """Everything that log_detect.html shows.

    Args:
        found: What was found out about each file.
        refused: Why nothing was found out about others.
        faults: What is wrong with the form, by field.
    """

    found: Sequence[Detected] = ()
    refused: Sequence[str] = ()
    faults: Mapping[str, str] = field(default_factory=dict)


@router.get(f"{_HERE}/detect", response_class=HTMLResponse)
def show_detect(request: Request, official: Importer) -> HTMLResponse:
    """Show the form with which files are sent that nobody knows how to read."""
    return render(
        request, "app/log_detect.html", DetectPage(), title="What is this log?", official=official, here=_HERE
    )


@router.post(f"{_HERE}/detect", response_class=HTMLResponse)
def take_detect(request: Request, official: Importer, form: ReceivedFormDep) -> HTMLResponse:
    """Say what files are; they are removed at once."""
    page = _detect(form)
    return render(
        *(request, "app/log_detect.html", page),
        title=f"{'Error: ' if page.faults else ''}What is this log?",
        official=official,
        here=_HERE,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if page.faults else HTTPStatus.OK,
    )


def _detect(form: ReceivedForm) -> DetectPage:
    is_much = len(form.files) > _MOST_FILES
    fault = f"Choose at most {_MOST_FILES} files." if is_much else fault_of_files(form, most=_MOST_FILES)
    if fault:
        return DetectPage(faults={"file": fault})
    try:
        found = list(detect_logs([file.path for file in form.files], form.files[0].path.parent))
    except Invalid as refusal:  # an archive that cannot be unpacked
        return DetectPage(faults={"file": str(refusal)})
    return DetectPage(
        [one for one in found if isinstance(one, Detected)], [str(one) for one in found if isinstance(one, Invalid)]
    )
