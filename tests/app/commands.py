"""How tests give commands: in this process, as the shell would, with what was answered and said."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from app.cli import main


@dataclass(frozen=True)
class Ran:
    """What a command came to."""

    status: int
    out: str
    err: str


Thirteen = Callable[..., Ran]


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """Run a command; anything but an exit is a fault of the program."""
    monkeypatch.setattr("sys.argv", ["thirteen", *words])
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0
