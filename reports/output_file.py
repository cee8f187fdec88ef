"""The file that a report or export becomes: checked before the work, put in place when whole, faults said plainly."""

import errno
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from config.errors import Conflict, Invalid


def check_target(path: Path, what: str, endings: Sequence[str]) -> str:
    """Check that a path names a file of a kind that can be written, and give its ending in lower case.

    Args:
        path: Where to write.
        what: What is written, the beginning of a sentence.
        endings: Those allowed, such as `.xlsx`.

    Raises:
        Invalid: It ends otherwise, or is a folder.
    """
    ending = path.suffix.lower()
    if ending not in endings:
        raise Invalid(f"{what}: the name {path.name} must end in {' or '.join(endings)}.")
    if path.is_dir():
        raise Invalid(f"{path} is a folder: name a file in it, such as {path / f'report{ending}'}.")
    return ending


def folder_beside(path: Path) -> TemporaryDirectory[str]:
    """Make a folder beside the target for what is unfinished, readable by this account alone.

    Raises:
        Invalid: The target's folder is missing or closed to us, or its disk is full.
    """
    with refusing(path):
        return TemporaryDirectory(prefix=f".{path.stem[:40]}.", dir=path.parent)


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Turn what the disk answers into a sentence; it holds no reading of rows, whose errors are another matter."""
    try:
        yield
    except (FileNotFoundError, NotADirectoryError) as error:
        if path.parent.is_dir():
            raise Invalid(f"No file can be made in {path.parent}; name another folder.") from error
        raise Invalid(f"The folder {path.parent} does not exist: make it first, or name another.") from error
    except OSError as error:
        raise Invalid(f"{path} was not written, and nothing there was changed: {_advice(path, error)}") from error


def _advice(path: Path, error: OSError) -> str:
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"files may not be made in {path.parent}. Ask for the right to, or name another folder."
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return f"the disk of {path.parent} is full. Make room, or name a file on another disk."
    return f"the disk answered “{error.strerror}”. Try again, or name a file in another folder."


def put_in_place(path: Path, whole: Path) -> None:
    """Let the whole file take the target's place in one step.

    Raises:
        Conflict: The file that stands there may not be replaced, such as one that is open in Excel.
        Invalid: The disk answers otherwise.
    """
    try:
        with refusing(path):
            whole.replace(path)
    except Invalid as refusal:
        if isinstance(refusal.__cause__, PermissionError):
            raise Conflict(
                f"{path} may not be replaced: it is open in another program, or is someone else's. "
                "Close it there, or name another file."
            ) from refusal
        raise


def sha256_of(path: Path) -> str:
    """Give the file's SHA-256 in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
