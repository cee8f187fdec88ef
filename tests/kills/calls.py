"""The system calls that change what a killed program leaves: what each does, and which of its words names the file.

The numbers are those of Linux on x86-64.
"""

import os
from dataclasses import dataclass

# Where a call names its file: a descriptor, a path, or a path beside the descriptor of the folder that it starts from.
_HERE = -100  # AT_FDCWD: the path starts from the folder that the program works in


@dataclass(frozen=True)
class Call:
    """A system call.

    Args:
        does: What it does, in a word that people read.
        descriptor: Which of its words is the descriptor of the file.
        path: Which of its words is the file's path; of two paths, the one that is new.
        folder: Which of its words is the descriptor of the folder that the path starts from.
        length: Which of its words says how much is written, and may be made smaller.
    """

    does: str
    descriptor: int | None = None
    path: int | None = None
    folder: int | None = None
    length: int | None = None


CALLS = {
    1: Call("write", descriptor=0, length=2),
    18: Call("write", descriptor=0, length=2),  # pwrite64
    20: Call("write", descriptor=0),  # writev
    296: Call("write", descriptor=0),  # pwritev
    40: Call("write", descriptor=0, length=3),  # sendfile
    326: Call("write", descriptor=2, length=4),  # copy_file_range
    44: Call("send", descriptor=0, length=2),  # sendto
    46: Call("send", descriptor=0),  # sendmsg
    257: Call("create", path=1, folder=0),  # openat
    76: Call("resize", path=0),  # truncate
    77: Call("resize", descriptor=0),  # ftruncate
    285: Call("resize", descriptor=0),  # fallocate
    74: Call("sync", descriptor=0),  # fsync
    75: Call("sync", descriptor=0),  # fdatasync
    82: Call("rename", path=1),
    264: Call("rename", path=3, folder=2),  # renameat
    316: Call("rename", path=3, folder=2),  # renameat2
    86: Call("link", path=1),
    265: Call("link", path=3, folder=2),  # linkat
    87: Call("remove", path=0),  # unlink
    263: Call("remove", path=1, folder=0),  # unlinkat
    84: Call("remove", path=0),  # rmdir
    83: Call("make folder", path=0),  # mkdir
    258: Call("make folder", path=1, folder=0),  # mkdirat
}
# A file is opened far more often than made: openat counts where its third word has one of these.
OPENAT = 257
MAKING = os.O_CREAT | os.O_TRUNC


def named_file(call: Call, words: list[int], process: int) -> str:
    """Give the file that a call of a stopped process is about; of a socket, `socket:` and a number."""
    if call.descriptor is not None:
        return _target(process, f"fd/{words[call.descriptor] & 0xFFFFFFFF}")
    assert call.path is not None
    folder = _HERE if call.folder is None else _signed(words[call.folder])
    start = _target(process, "cwd" if folder == _HERE else f"fd/{folder}")
    return os.path.normpath(os.path.join(start, _text_at(process, words[call.path])))  # noqa: PTH118 - of another process


def bytes_at(process: int, address: int, length: int) -> bytes:
    """Give what stands in a stopped process's memory."""
    with open(f"/proc/{process}/mem", "rb", buffering=0) as memory:  # noqa: PTH123 - no file of a folder
        memory.seek(address)
        return memory.read(length)


def _target(process: int, name: str) -> str:
    try:
        return os.readlink(f"/proc/{process}/{name}")  # noqa: PTH115 - the bare text: a socket is no path
    except FileNotFoundError:
        return ""  # the call names a descriptor that is not open, and will be refused


def _text_at(process: int, address: int) -> str:
    text, page = b"", 4096
    while b"\0" not in text:
        part = bytes_at(process, address + len(text), page - (address + len(text)) % page)
        if not part:
            break
        text += part
    return os.fsdecode(text.partition(b"\0")[0])


def _signed(word: int) -> int:
    word &= 0xFFFFFFFF
    return word - 2**32 if word >= 2**31 else word
