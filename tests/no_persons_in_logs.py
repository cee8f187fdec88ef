"""No log line has a person's name, a secret or a finding's key: every test is held to it, in whatever it is about.

What is known to be one is learnt where it comes up: names as employees and officials are made or read, passwords as
they are hashed, tokens as they are drawn, keys as findings are shown. What the service logs meanwhile is read as it
would be written, and so are the lines of logs that programs write to standard error; what else a command says there is
for the person who gave it. A test in which one of them turns up fails.
"""

import inspect
import logging
import re
import secrets
from collections import defaultdict
from collections.abc import Callable, Generator
from functools import wraps
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import pyotp
import pytest
from pwdlib.hashers.argon2 import Argon2Hasher
from pydantic import SecretStr
from sqlalchemy import event

from access.models import Employee
from audit.views import FindingView
from config.officials import second_factor
from config.officials.models import Official
from config.service_log import JsonLines

NO_PERSONS_IN_LOGS = "no persons in logs"
LOG_LINE = '{"time": "'  # so begins what config/service_log.py writes
_OURS = logging.getLogger("thirteen")
_WORDS = re.compile(r"[^\W_]+")
_ALONE = r"(?<![^\W_]){}(?![^\W_])"
_SHORTEST = 6  # what is shorter may well be a word
_TOWN = Path(__file__).parent / "data" / "town" / "employees.csv"


class Untold:
    """What no log may tell, found in a text in one go however much it is."""

    def __init__(self) -> None:
        self._by_first_word = defaultdict[str, dict[str, str]](dict)

    def add(self, kind: str, text: object) -> None:
        """Learn one more text; a name that is one word alone, and letters alone, may be any word, and tell nothing."""
        told = text.casefold() if isinstance(text, str) else ""
        first = _WORDS.search(told)
        if first and len(told) >= _SHORTEST and (" " in told if kind == "name" else not told.isalpha()):
            self._by_first_word[first.group()][told] = kind

    def found_in(self, text: str) -> list[tuple[str, str]]:
        """Give what is told in a text: its kind, and itself."""
        told = unquote_plus(text).casefold()
        known = self._by_first_word.keys() & set(_WORDS.findall(told))
        likely = [(kind, one) for first in known for one, kind in self._by_first_word[first].items() if one in told]
        return sorted((kind, one) for kind, one in likely if re.search(_ALONE.format(re.escape(one)), told))


class LoggedLines(logging.Handler):
    """Keeps what is logged, as it would be written."""

    def __init__(self, *, is_of_others: bool) -> None:
        super().__init__(logging.WARNING if is_of_others else logging.DEBUG)
        self.lines = list[str]()
        self._is_of_others = is_of_others
        self.setFormatter(JsonLines())

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record; of the root, what is not the service's own."""
        if not (self._is_of_others and record.name == _OURS.name):
            self.lines.append(self.format(record))

    def taken(self) -> list[str]:
        """Give what was logged since it was asked before."""
        taken, self.lines = self.lines, []
        return taken


class NoPersonsInLogs:
    """Holds each test to it."""

    def __init__(self) -> None:
        self.untold = Untold()
        self._handlers = LoggedLines(is_of_others=False), LoggedLines(is_of_others=True)

    def faults(self, written: str = "") -> list[str]:
        """Say what was told that may not be, in what was logged since it was asked before, and in a text."""
        lines = [line for handler in self._handlers for line in handler.taken()]
        lines += [line for line in written.splitlines() if line.startswith(LOG_LINE)]
        return [f"{kind} {one!r} in: {line}" for line in lines for kind, one in self.untold.found_in(line)]

    @pytest.hookimpl
    def pytest_sessionstart(self) -> None:
        """Begin to listen and to learn."""
        for logger, handler in zip((_OURS, logging.getLogger()), self._handlers, strict=True):
            logger.addHandler(handler)
        _OURS.setLevel(logging.INFO)  # as a service that says all it has to say
        for line in _TOWN.read_text("utf-8").splitlines()[1:]:
            self.untold.add("name", line.split(",")[1])
        self._learn()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Let a test fail whose logs tell it."""
        report = yield
        if report.when == "teardown" and (faults := self.faults(report.capstderr)):
            report.outcome = "failed"
            report.longrepr = "\n".join((f"What {item.nodeid} had logged tells what no log may tell:", *faults))
        return report

    def _learn(self) -> None:
        for model in (Employee, Official):
            event.listen(model, "init", lambda _row, _, given: self.untold.add("name", given.get("name")))
            event.listen(model, "load", lambda row, _: self.untold.add("name", row.__dict__.get("name")))
        before(FindingView, "__init__", lambda _, key, *__, **___: self.untold.add("finding", key))
        before(Argon2Hasher, "hash", lambda _, password, **__: self.untold.add("password", password))
        before(Argon2Hasher, "verify", lambda _, password, *__: self.untold.add("password", password))
        before(SecretStr, "__init__", lambda _, secret: self.untold.add("secret", secret))
        for module, name in ((secrets, "token_urlsafe"), (pyotp, "random_base32"), (second_factor, "_new_code")):
            after(module, name, lambda made: self.untold.add("secret", made))


def before(owner: object, name: str, learn: Callable[..., None]) -> None:
    """Let something be learnt from what a function is called with, whenever it is called."""
    function = inspect.getattr_static(owner, name)

    @wraps(function)
    def learning(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the function takes
        learn(*given, **named)
        return function(*given, **named)

    setattr(owner, name, learning)


def after(owner: object, name: str, learn: Callable[[str], None]) -> None:
    """Let something be learnt from what a function gives."""
    function = getattr(owner, name)

    @wraps(function)
    def learning(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the function takes
        learn(made := function(*given, **named))
        return made

    setattr(owner, name, learning)
