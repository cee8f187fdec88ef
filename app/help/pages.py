"""The pages of help; they hold nothing of the record, so nobody has to sign in for them."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse

from app.help.topics import PICTURES, Topic, TopicGroup, find_topic, topic_groups
from config.errors import NotFound
from config.web.rendering import render
from config.web.signed_in import find_signed_in

router = APIRouter(prefix="/help")


@dataclass(frozen=True)
class HelpPage:
    """Everything help.html shows."""

    groups: Sequence[TopicGroup]


@dataclass(frozen=True)
class TopicPage:
    """Everything help_topic.html shows."""

    topic: Topic


@router.get("", response_class=HTMLResponse)
def show_help(request: Request) -> HTMLResponse:
    """List the topics by whom they are for."""
    official = find_signed_in(request)
    return render(request, "app/help.html", HelpPage(topic_groups()), title="Help", official=official, here="/help")


@router.get("/pictures/{name}", response_class=FileResponse)
def give_picture(name: str) -> FileResponse:
    """Give a picture of a topic."""
    if name not in {path.name for path in PICTURES.glob("*.png")}:
        raise NotFound("There is no picture of that name.")
    return FileResponse(PICTURES / name, media_type="image/png")


@router.get("/{topic}", response_class=HTMLResponse)
def show_topic(request: Request, topic: str) -> HTMLResponse:
    """Show one topic."""
    page = TopicPage(find_topic(topic))
    official = find_signed_in(request)
    return render(request, "app/help_topic.html", page, title=page.topic.title, official=official, here="/help")
