"""Takes permissions away, from the superuser too, as containers often run tests as that account."""

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_VERSION = 0x20080522  # of the two calls below, see capget(2)
# The superuser's leave to pass over the modes of files, to write and to read: CAP_DAC_OVERRIDE and
# CAP_DAC_READ_SEARCH, see capabilities(7).
_PASS_OVER = 1 << 1 | 1 << 2


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nobody write below a folder until the block ends."""
    modes = {path: path.stat().st_mode for path in (folder, *folder.rglob("*"))}
    for path, mode in modes.items():
        path.chmod(mode & ~0o222)
    try:
        with _modes_heeded():
            yield
    finally:
        for path, mode in modes.items():
            path.chmod(mode)


@contextmanager
def closed(folder: Path) -> Iterator[None]:
    """Let nobody look into a folder until the block ends."""
    with read_only(folder):
        folder.chmod(0)
        yield


@contextmanager
def _modes_heeded() -> Iterator[None]:
    if os.geteuid() != 0:
        yield
        return
    before = _effective_capabilities()
    _set_effective_capabilities(before & ~_PASS_OVER)
    try:
        yield
    finally:
        _set_effective_capabilities(before)


def _effective_capabilities() -> int:
    return int(_capabilities()[0])


def _set_effective_capabilities(effective: int) -> None:
    capabilities = _capabilities()
    capabilities[0] = effective
    assert ctypes.CDLL(None).capset(_header(), capabilities) == 0


def _capabilities() -> "ctypes.Array[ctypes.c_uint32]":
    capabilities = (ctypes.c_uint32 * 6)()
    assert ctypes.CDLL(None).capget(_header(), capabilities) == 0
    return capabilities


def _header() -> "ctypes.Array[ctypes.c_uint32]":
    return (ctypes.c_uint32 * 2)(_VERSION, 0)
