"""What the audit log of Linux writes in hexadecimal or as a number, in words."""

import re
from collections.abc import Mapping

# The keys whose values stand in hexadecimal where they hold blanks, quotation marks or more.
_CODED = frozenset({
    "acct", "cmd", "comm", "cwd", "data", "dir", "exe", "file", "grp", "key", "name", "new-file", "ocomm", "old",
    "path", "proctitle", "sw", "vm", "watch",
})  # fmt: skip
_HEXADECIMAL = re.compile(r"(?:[0-9A-F]{2})+")
_ARGUMENT = re.compile(r"a\d+(?:\[\d+\])?")
_X86, _ARM = "c000003e", "c00000b7"
# The calls that touch files, by machine and number.
_CALLS: Mapping[str, Mapping[int, str]] = {
    _X86: {
        0: "read", 1: "write", 2: "open", 42: "connect", 49: "bind", 59: "execve", 76: "truncate", 77: "ftruncate",
        82: "rename", 83: "mkdir", 84: "rmdir", 85: "creat", 86: "link", 87: "unlink", 88: "symlink", 90: "chmod",
        91: "fchmod", 92: "chown", 93: "fchown", 94: "lchown", 101: "ptrace", 188: "setxattr", 197: "removexattr",
        257: "openat", 258: "mkdirat", 260: "fchownat", 263: "unlinkat", 264: "renameat", 265: "linkat",
        266: "symlinkat", 268: "fchmodat", 316: "renameat2", 322: "execveat", 437: "openat2",
    },
    _ARM: {
        5: "setxattr", 14: "removexattr", 34: "mkdirat", 35: "unlinkat", 36: "symlinkat", 37: "linkat", 38: "renameat",
        45: "truncate", 46: "ftruncate", 52: "fchmod", 53: "fchmodat", 54: "fchownat", 55: "fchown", 56: "openat",
        63: "read", 64: "write", 221: "execve", 276: "renameat2", 281: "execveat", 437: "openat2",
    },
}  # fmt: skip
# The keys by which a call of the system is known, and what it was for.
CALL_KEYS = ("arch", "syscall", "SYSCALL", "a1", "a2")
# In which argument a call that opens says what for, and what its lowest bits mean.
_FLAGS_AT = {"open": "a1", "openat": "a2"}
_WRITES, _CREATES = 0o3, 0o100


def decoded(key: str, value: str, record_type: str) -> str:
    """Give a value as text: without quotation marks, and decoded where its key says that it may be hexadecimal."""
    if value.startswith('"'):
        return value.strip('"')
    value = value.rstrip(",")
    is_coded = key in _CODED or (record_type == "EXECVE" and _ARGUMENT.fullmatch(key))
    if not is_coded or not _HEXADECIMAL.fullmatch(value):
        return value
    # an argument ends with NUL, and labels are parted by the letter 1
    return bytes.fromhex(value).rstrip(b"\0").decode("utf-8", "replace").replace("\0", " ").replace("\1", ",")


def call_in_words(call: Mapping[str, str]) -> str:
    """Say what a call of the system did, given what its record says; empty where it is not known."""
    number = call.get("syscall", "")
    named = _CALLS.get(call.get("arch", ""), {}).get(int(number), "") if number.isdecimal() else ""
    name = call.get("SYSCALL") or named or (number if not number.isdecimal() else "")
    flags = call.get(_FLAGS_AT.get(name, ""), "")
    if not flags:
        return name
    if flags.startswith("O_"):  # in words
        has = flags.split("|")
        bits = _CREATES * ("O_CREAT" in has) | ("O_WRONLY" in has or "O_RDWR" in has)
    else:
        bits = int(flags, 16) if re.fullmatch(r"[0-9a-f]+", flags) else 0
    return f"{name} to {'create' if bits & _CREATES else 'write' if bits & _WRITES else 'read'}"
