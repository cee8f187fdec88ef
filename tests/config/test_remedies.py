"""What to do about a refusal: a code below the doors, words at each of them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.errors import Invalid, NotFound
from config.remedies import Advice, Remedy
from config.terminal import say_refusal
from config.terminal_remedies import say_remedy

ROOT = Path(__file__).resolve().parents[2]
OF_ONE_DOOR = re.compile(r"(?<![\w-])--[a-z]|\bthirteen [a-z]|THIRTEEN_")
# The doors of the command line and their words; the settings say how the environment names them.
# what a door says, and the page that tells of commands
DOORS = ("commands.py", "terminal_remedies.py", "settings.py", "database_url.py", "files_page.py")


def texts(path: Path) -> Iterator[str]:
    """Give the texts of a module but its docstrings and other statements that do nothing."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    idle = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in idle:
            yield node.value


def test_no_sentence_below_the_doors_names_an_option_a_command_or_a_variable() -> None:
    folders = ("access", "audit", "config", "inventory", "reports")
    paths = [path.relative_to(ROOT) for folder in folders for path in (ROOT / folder).rglob("*.py")]
    below = [path for path in paths if not path.name.endswith(DOORS)]

    found = [(path.name, text) for path in below for text in texts(ROOT / path) if OF_ONE_DOOR.search(text)]

    assert len(below) > 100
    assert found == []


@pytest.mark.parametrize("advice", Advice)
def test_the_command_line_has_a_sentence_for_every_advice(advice: Advice) -> None:
    said = say_remedy(Remedy(advice, about="start"))

    assert said.endswith(".")
    assert OF_ONE_DOOR.search(said)


def test_a_refusal_is_said_with_its_remedy_and_then_fault_by_fault(capsys: pytest.CaptureFixture[str]) -> None:
    say_refusal(Invalid("Two rows are bad.", ["Row 2.", "Row 3."], remedy=Remedy(Advice.SKIP_BAD_ROWS)))
    say_refusal(NotFound("There is no column.", remedy=Remedy(Advice.MAP_HEADING, about="start")))
    say_refusal(Invalid("There is no need to say when.", remedy=Remedy(Advice.LEAVE_OUT, about="start")))
    say_refusal(NotFound("There is nothing."))

    assert capsys.readouterr().err.splitlines() == [
        "Two rows are bad. Correct them, or import the others with --skip-bad-rows.",
        "  Row 2.",
        "  Row 3.",
        'There is no column. Say which one is meant with --columns "their heading=start".',
        "There is no need to say when. Leave --from out.",
        "There is nothing.",
    ]
