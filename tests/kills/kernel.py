"""What the tracer asks of Linux on x86-64: to be traced, to stop at some system calls alone, to read and set words."""

import ctypes
import os
import platform
import signal
import sys
from collections.abc import Iterable

from tests.kills.calls import MAKING, OPENAT

_TRACE_ME, _GET_WORDS, _SET_WORDS, _GO_ON, _GO_TO_EXIT, _SET_OPTIONS = 0, 12, 13, 7, 24, 0x4200
# Stops at an exit say so; children are followed; stops at chosen calls; who is traced ends with its tracer.
_OPTIONS = 0x1 | 0x2 | 0x4 | 0x8 | 0x10 | 0x80 | 0x100000
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_LOAD, _IS_EQUAL, _HAS_BIT, _ANSWER = 0x20, 0x15, 0x45, 0x06
_ALLOW, _STOP = 0x7FFF0000, 0x7FF00000
_THIRD_WORD = 16 + 2 * 8
# Places of rdi, rsi, rdx, r10, r8 and r9 among the saved registers, and of the call's number.
_WORDS, _NUMBER = (14, 13, 12, 7, 9, 8), 15
_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p]
_libc.ptrace.restype = ctypes.c_long
_libc.prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
_Registers = ctypes.c_ulong * 27


def refusal() -> str | None:
    """Say why nothing can be traced on this machine, or None where it can."""
    machine = (sys.platform, platform.machine())
    return None if machine == ("linux", "x86_64") else "Kills at chosen system calls need Linux on x86-64."


def let_be_traced(calls: Iterable[int]) -> None:
    """Have the parent trace this process, which stops here and, when it goes on, at these system calls alone.

    Raises:
        OSError: The machine does not allow it.
    """
    _ptrace(_TRACE_ME, 0)
    os.kill(os.getpid(), signal.SIGSTOP)  # until the parent has set the options
    program = _filter(sorted(set(calls) - {OPENAT}))
    _check(_libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
    _check(_libc.prctl(_SET_SECCOMP, _FILTER, ctypes.addressof(program), 0, 0))


def set_options(process: int) -> None:
    """Have a stopped process followed in all that it starts."""
    _ptrace(_SET_OPTIONS, process, _OPTIONS)


def go_on(process: int, *, signal_number: int = 0, to_exit: bool = False) -> None:
    """Let a stopped process go on: to its next chosen call, or to the exit of the call that it is at."""
    _ptrace(_GO_TO_EXIT if to_exit else _GO_ON, process, signal_number)


def words_of(process: int) -> tuple[int, list[int]]:
    """Give the number and the words of the system call that a process is stopped at."""
    registers = _registers(process)
    return registers[_NUMBER], [registers[place] for place in _WORDS]


def set_word(process: int, place: int, value: int) -> None:
    """Change a word of the system call that a process is stopped at."""
    registers = _registers(process)
    registers[_WORDS[place]] = value
    _ptrace(_SET_WORDS, process, ctypes.addressof(registers))


def _registers(process: int) -> "ctypes.Array[ctypes.c_ulong]":
    registers = _Registers()
    _ptrace(_GET_WORDS, process, ctypes.addressof(registers))
    return registers


def _ptrace(request: int, process: int, data: int = 0) -> None:
    _check(_libc.ptrace(request, process, None, data))


def _check(answer: int) -> None:
    if answer == -1:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _filter(calls: list[int]) -> ctypes.Structure:
    """Make the kernel's small program that looks at each call's number, so that all others cost nothing."""
    lines = [(_LOAD, 0, 0, 0)]
    for number in calls:
        lines += [(_IS_EQUAL, 0, 1, number), (_ANSWER, 0, 0, _STOP)]
    lines += [(_IS_EQUAL, 0, 3, OPENAT), (_LOAD, 0, 0, _THIRD_WORD), (_HAS_BIT, 0, 1, MAKING), (_ANSWER, 0, 0, _STOP)]
    lines.append((_ANSWER, 0, 0, _ALLOW))
    array = (_Line * len(lines))(*(_Line(*line) for line in lines))
    return _Program(len(lines), array)


class _Line(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16),
        ("if_so", ctypes.c_uint8),
        ("if_not", ctypes.c_uint8),
        ("value", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("lines", ctypes.POINTER(_Line)))
