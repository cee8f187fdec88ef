"""Run a program and watch the system calls that change files; kill it before, in the middle of or after one of them."""

import os
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from tests.kills import kernel
from tests.kills.calls import CALLS, Call, bytes_at, named_file

_ALL_THREADS = 0x40000000  # __WALL
_AT_CHOSEN_CALL, _AT_EXIT = 7, signal.SIGTRAP | 0x80
_FAULT = 70


class Moment(StrEnum):
    """When to kill: before the call does anything, when half is written, or when it is done and not yet answered."""

    BEFORE = "before"
    MIDDLE = "middle"
    AFTER = "after"


@dataclass(frozen=True)
class SeenCall:
    """A call that a program made.

    Args:
        does: Such as `write`.
        file: The file's class.
        ordinal: Its place among those of its kind on this class of file, from 1.
        divisible: It writes at least two bytes, of which the first half can be written alone.
    """

    does: str
    file: str
    ordinal: int
    divisible: bool

    def __str__(self) -> str:
        """Say it as the options of the command line take it."""
        return f"{self.does} {self.ordinal} of {self.file}"


@dataclass(frozen=True)
class Traced:
    """How a traced program ended (a negative number: by that signal), what it did, and whether it was killed there."""

    status: int
    calls: tuple[SeenCall, ...]
    hit: bool


Classes = Callable[[str, bytes], str | None]


def run_traced(start: Callable[[], None], classes: Classes, at: tuple[SeenCall, Moment] | None = None) -> Traced:
    """Start a program in a child process and follow it and its threads to their end.

    Args:
        start: Is called in the child; what it returns from, or raises, ends the child.
        classes: Gives a file's class by its path and the first bytes that are sent to it (to a socket alone);
            None where it does not matter.
        at: Where to kill.
    """
    return _Tracer(classes, at).follow(_fork(start))


def in_child(work: Callable[[], None]) -> None:
    """Do some work in this process, a child that was forked, and end it as a program ends."""
    status: object = _FAULT
    try:
        work()
        status = 0
    except SystemExit as ended:
        status = ended.code
    finally:
        if status == _FAULT:
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status if isinstance(status, int) else int(status is not None))


def _fork(start: Callable[[], None]) -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        in_child(lambda: _start_traced(start))
    return child


def _start_traced(start: Callable[[], None]) -> None:
    os.setpgid(0, 0)  # a group of its own, so that the tracer waits for it and its threads alone
    kernel.let_be_traced(CALLS)
    start()


class _Tracer:
    """Follows one program; its process group holds all that it starts."""

    def __init__(self, classes: Classes, at: tuple[SeenCall, Moment] | None) -> None:
        self._classes = classes
        self._at = at
        self._counts: Counter[tuple[str, str]] = Counter()
        self._calls: list[SeenCall] = []
        self._known: set[int] = set()
        self._awaited = 0  # the thread that is killed as soon as its call is done
        self._hit = False

    def follow(self, leader: int) -> Traced:
        _, status = os.waitpid(leader, os.WUNTRACED)
        assert os.WIFSTOPPED(status), "The machine does not let a child be traced."
        kernel.set_options(leader)
        self._known.add(leader)
        kernel.go_on(leader)
        while True:
            thread, status = os.waitpid(-leader, _ALL_THREADS)
            if os.WIFSTOPPED(status):
                try:
                    self._at_stop(leader, thread, status)
                except ProcessLookupError:
                    continue  # it was killed meanwhile
            elif thread == leader:
                return Traced(os.waitstatus_to_exitcode(status), tuple(self._calls), self._hit)

    def _at_stop(self, leader: int, thread: int, status: int) -> None:
        number = os.WSTOPSIG(status)
        if status >> 16 == _AT_CHOSEN_CALL:
            self._at_call(leader, thread)
        elif number == _AT_EXIT and thread == self._awaited:
            self._kill(leader)
        elif status >> 16 or number == _AT_EXIT:
            kernel.go_on(thread)
        elif number == signal.SIGSTOP and thread not in self._known:
            self._known.add(thread)  # a new thread's first stop is the tracer's own
            kernel.go_on(thread)
        else:
            kernel.go_on(thread, signal_number=number)

    def _at_call(self, leader: int, thread: int) -> None:
        number, words = kernel.words_of(thread)
        call = CALLS[number]
        seen = self._seen(call, words, thread)
        if seen is None:
            kernel.go_on(thread)
            return
        self._calls.append(seen)
        chosen, moment = self._at or (None, None)
        if str(seen) != str(chosen):
            kernel.go_on(thread)
        elif moment is Moment.BEFORE:
            self._kill(leader)
        else:
            if moment is Moment.MIDDLE and call.length is not None:
                kernel.set_word(thread, call.length, words[call.length] // 2)
            self._awaited = thread
            kernel.go_on(thread, to_exit=True)

    def _seen(self, call: Call, words: list[int], thread: int) -> SeenCall | None:
        path = named_file(call, words, thread)
        sent = bytes_at(thread, words[1], min(words[2], 256)) if call.does == "send" and call.length else b""
        file = self._classes(path, sent)
        if file is None:
            return None
        self._counts[call.does, file] += 1
        divisible = call.length is not None and words[call.length] > 1
        return SeenCall(call.does, file, self._counts[call.does, file], divisible)

    def _kill(self, leader: int) -> None:
        os.kill(leader, signal.SIGKILL)
        self._hit = True
