"""A terminal shows the step last told and its share, and nothing of it stays; others are told nothing."""

import io
import sys

import pytest
from rich.console import Console
from sqlalchemy import create_engine

from config.progress import Silence
from config.progress_bar import ProgressBar
from config.settings import Settings
from config.terminal import show_progress
from config.work import Installation
from inventory.entity_time import entity_zone


@pytest.fixture
def terminal() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def bar(terminal: io.StringIO) -> ProgressBar:
    return ProgressBar(Console(file=terminal, force_terminal=True, width=100))


def test_the_step_last_told_is_shown_with_its_share(bar: ProgressBar, terminal: io.StringIO) -> None:
    bar.step("Importing [red]cad.csv")
    bar.step("Auditing", 0.25)
    bar.end()

    drawn = [line for line in terminal.getvalue().splitlines() if "%" in line]
    assert "Auditing" in drawn[-1]
    assert "25%" in drawn[-1]
    assert not any("Importing" in line for line in drawn)


def test_names_are_shown_as_they_are(bar: ProgressBar, terminal: io.StringIO) -> None:
    bar.step("Importing [red]cad\x1b[5m.csv")
    bar.end()

    assert r"Importing [red]cad\x1b[5m.csv" in terminal.getvalue()


def test_at_the_end_the_line_is_cleared_and_a_later_step_is_shown_anew(bar: ProgressBar, terminal: io.StringIO) -> None:
    bar.step("Reading")
    bar.end()
    bar.end()
    assert terminal.getvalue().endswith("\x1b[2K")

    bar.step("Writing")
    bar.end()
    assert "Writing" in terminal.getvalue()


def test_what_a_door_prints_after_a_reading_stands_alone(bar: ProgressBar, terminal: io.StringIO) -> None:
    installation = Installation(
        Settings(), create_engine("sqlite://"), "clerk", entity_zone, lambda _: None, progress=bar
    )
    with installation.read():
        bar.step("Counting")

    assert terminal.getvalue().endswith("\x1b[2K")


def test_a_pipe_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())

    assert isinstance(show_progress(), Silence)
