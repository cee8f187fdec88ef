"""Help: every topic is there for everybody, with its pictures, links that lead somewhere, and the law it rests on."""

import re
from pathlib import Path

import pytest

from app.help.topics import PICTURES, topic_groups
from tests.app.service.serving import Service

ROOT = Path(__file__).resolve().parents[3]
TEXTS = sorted((ROOT / "app" / "help" / "texts").rglob("*.md"))
_LARGEST = 150_000  # bytes of a picture, so that a page of help is soon there
_SHOWN = re.compile(r"!\[([^\]]*)\]\(([^)]+\.png)\)")
_TAKEN = re.compile(r'"([a-z-]+)"')
TOPICS = [topic.name for group in topic_groups() for topic in group.topics]


def test_the_list_leads_to_every_topic_without_a_sign_in(service: Service) -> None:
    listed = service.browser().get("/help")

    assert listed.status_code == 200
    assert {f'href="/help/{name}"' for name in TOPICS} <= set(re.findall(r'href="/help/[^"]+"', listed.text))
    assert len(TOPICS) == len(set(TOPICS)) == len(TEXTS)
    assert 'href="/help"' in service.signed_in("employee").get("/").text


@pytest.mark.parametrize("name", TOPICS)
def test_what_a_topic_shows_and_leads_to_is_there(service: Service, name: str) -> None:
    browser = service.browser()
    shown = browser.get(f"/help/{name}")
    main = shown.text.partition("<article")[2].partition("</article")[0]

    assert shown.status_code == 200
    for place in re.findall(r'(?:src|href)="(/help/[^"]+)"', main):
        assert browser.get(place).status_code == 200, place
    assert not re.findall(r'<img(?![^>]* alt="[^"]+")', main)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_task_says_the_law_it_rests_on_and_whom_it_is_for(path: Path) -> None:
    text = path.read_text("utf-8")

    assert text.startswith("# ")
    if path.parent.name != "texts":
        assert re.search(r"^For [a-z]", text, re.MULTILINE)
        assert "Minn. Stat." in text
    for place in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text):
        assert (path.parent / place).is_file(), place


def test_the_pictures_are_there_are_small_and_are_those_that_the_tests_take() -> None:
    shown = set[Path]()
    for text in (*TEXTS, ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for said, place in _SHOWN.findall(text.read_text("utf-8")):
            assert said, (text, place)
            shown.add((text.parent / place).resolve())
    taken = set(_TAKEN.findall((ROOT / "tests" / "browser" / "test_pictures.py").read_text("utf-8")))

    assert [path for path in sorted(shown) if not path.is_file() or path.stat().st_size > _LARGEST] == []
    assert {path for path in shown if path.parent == PICTURES} == set(PICTURES.glob("*.png"))
    assert {path.stem for path in PICTURES.glob("*.png")} <= taken


def test_the_projects_own_list_names_every_topic() -> None:
    listed = (ROOT / "docs" / "service.md").read_text("utf-8")

    assert {f"../{path.relative_to(ROOT)}" for path in TEXTS} == set(re.findall(r"\(([^)]+)\)", listed))


def test_what_is_no_topic_and_no_picture_is_not_there(service: Service) -> None:
    for place in ("/help/nothing", "/help/pictures/nothing.png", "/help/pictures/..%2f..%2fmain.py"):
        assert service.browser().get(place).status_code == 404, place
