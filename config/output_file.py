"""The file that a report or export becomes: checked before the work, put in place when whole, faults said plainly."""

import errno
import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from config.errors import Conflict, Invalid
from config.unfinished import unfinished_beside

# What disks answer that know no second name of a file, such as those of memory sticks.
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}


def check_target(path: Path, what: str, endings: Sequence[str]) -> str:
    """Check that a path names a file of a kind that can be written, and give its ending in lower case.

    Args:
        path: Where to write.
        what: What is written, the beginning of a sentence.
        endings: Those allowed, such as `.xlsx`.

    Raises:
        Invalid: It ends otherwise, is a folder, or is a name that the disk or this program cannot take.
    """
    if not _can_be_said(path):
        shown = os.fsencode(path).decode("utf-8", "backslashreplace")
        raise Invalid(f"{what}: the name {shown} is not UTF-8 text. Name a file and folders that are.")
    ending = path.suffix.lower()
    if ending not in endings:
        raise Invalid(f"{what}: the name {path.name} must end in {' or '.join(endings)}.")
    with refusing(path):
        is_folder = path.is_dir()
    if is_folder:
        raise Invalid(f"{path} is a folder: name a file in it, such as {path / f'report{ending}'}.")
    return ending


def _can_be_said(path: Path) -> bool:
    """Say whether the path is text: receipts name it, and the bulk engine takes it as UTF-8."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


@contextmanager
def folder_beside(path: Path) -> Iterator[Path]:
    """Give a folder beside the target for what is unfinished, readable by this account alone, until the block ends.

    Raises:
        Invalid: The target's folder is missing or closed to us, or its disk is full.
    """
    with ExitStack() as stack:
        with refusing(path):
            folder = stack.enter_context(unfinished_beside(path))
        yield folder


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Turn what the disk answers into a sentence; it holds no reading of rows, whose errors are another matter."""
    try:
        yield
    except (FileNotFoundError, NotADirectoryError) as error:
        if os.path.isdir(path.parent):  # noqa: PTH112 - Path's own fails where the folder may not be looked into
            raise Invalid(f"No file can be made in {path.parent}; name another folder.") from error
        raise Invalid(f"There is no folder {path.parent}: make it first, or name another.") from error
    except OSError as error:
        raise Invalid(f"{path} was not written, and nothing there was changed: {_advice(path, error)}") from error


def _advice(path: Path, error: OSError) -> str:
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"files may not be made in {path.parent}. Ask for the right to, or name another folder."
    if error.errno == errno.ENAMETOOLONG:
        return "the name is longer than the disk takes. Give a shorter one."
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


def put_new_in_place(path: Path, whole: Path) -> None:
    """Give the whole file the target's name too, in one step, where nothing has that name.

    Raises:
        Conflict: Something of that name is there.
        Invalid: The disk answers otherwise.
    """
    with refusing(path):
        try:
            path.hardlink_to(whole)
        except FileExistsError as error:
            raise Conflict(f"{path} exists already; name another file.") from error
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            if path.exists():
                raise Conflict(f"{path} exists already; name another file.") from error
            whole.rename(path)


def sha256_of(path: Path) -> str:
    """Give the file's SHA-256 in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
