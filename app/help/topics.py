"""The topics of help: texts in Markdown in a folder for each group, as pages of the service."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from config.errors import NotFound

PICTURES = Path(str(files("app").joinpath("help", "pictures")))
_TEXTS = Path(str(files("app").joinpath("help", "texts")))
_GROUPS = {
    "officials": "Compliance officials",
    "hr": "Human resources",
    "managers": "Managers",
    "employees": "Employees",
    "auditors": "Auditors",
    "administrators": "Administrators",
    "": "Everybody",
}


@dataclass(frozen=True)
class Topic:
    """A page of help.

    Args:
        name: As its address has it.
        html: Below its heading.
    """

    name: str
    title: str
    html: str


@dataclass(frozen=True)
class TopicGroup:
    """The topics of one group of people."""

    name: str
    topics: Sequence[Topic]


@cache
def topic_groups() -> Sequence[TopicGroup]:
    """Give all topics, by whom they are for."""
    return [
        TopicGroup(said, [_read(path) for path in sorted((_TEXTS / folder).glob("*.md"))])
        for folder, said in _GROUPS.items()
    ]


def find_topic(name: str) -> Topic:
    """Give a topic by its name.

    Raises:
        NotFound: There is none of that name.
    """
    found = (topic for group in topic_groups() for topic in group.topics if topic.name == name)
    topic = next(found, None)
    if topic is None:
        raise NotFound("There is no page of help of that name; the list of all names those that there are.")
    return topic


def _read(path: Path) -> Topic:
    heading, _, text = path.read_text("utf-8").partition("\n")
    markdown = MarkdownIt("commonmark", {"html": False})
    tokens = markdown.parse(text)
    for token in tokens:
        for inner in token.children or ():
            _lead_here(inner)
    html = str(markdown.renderer.render(tokens, markdown.options, {}))
    return Topic(path.stem, heading.removeprefix("# ").strip(), html)


def _lead_here(token: Token) -> None:
    """Let what leads to another file of the project lead to the page that shows it."""
    if token.type == "image":
        token.attrSet("src", f"/help/pictures/{Path(str(token.attrGet('src'))).name}")
        token.attrSet("loading", "lazy")
    elif token.type == "link_open":
        token.attrSet("href", f"/help/{Path(str(token.attrGet('href'))).stem}")
        token.attrSet("class", "usa-link")
