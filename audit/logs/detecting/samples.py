"""The beginnings of files, as small files of their own, so that every reader can read them, as often as needed."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from audit.logs.file_kinds import UNPACKED
from audit.logs.formats.log_bytes import LogBytes, check_file
from audit.logs.formats.workbook import looks_like_workbook
from audit.logs.zip_archive import is_zip, unpack
from config.errors import Invalid

# No more of a file is looked at.
MOST_RECORDS, MOST_BYTES = 2000, 2 << 20
_MOST_OF_WORKBOOK = 128 << 20


@dataclass(frozen=True)
class Sample:
    """The beginning of a file.

    Args:
        path: Where it lies.
        name: What the file is called.
        given: The path under which it was found, or that of the archive it is in.
        is_cut: The file goes on behind it, so that its last record may be torn.
    """

    path: Path
    name: str
    given: Path
    is_cut: bool

    def bytes(self) -> bytes:
        """Give it whole."""
        return self.path.read_bytes()


@contextmanager
def samples(named: Sequence[Path], place: Path | None) -> Iterator[Iterator[Sample]]:
    """Give the beginning of each file that is meant, of those in folders and archives too.

    Args:
        place: The folder in which they are kept meanwhile; None = the system's for such files.

    Raises:
        Invalid: There is no such file, or it cannot be unpacked; said when its turn comes.
    """
    with tempfile.TemporaryDirectory(UNPACKED, "thirteen-", place, ignore_cleanup_errors=True) as folder:
        yield _samples(named, Path(folder))


def _samples(named: Sequence[Path], folder: Path) -> Iterator[Sample]:
    for number, (path, given) in enumerate(_files(named, folder)):
        yield _beginning(path, given, folder / f"s{number}" / "1")


def _files(named: Sequence[Path], folder: Path) -> Iterator[tuple[Path, Path]]:
    """Give each file, and the one under whose name it was found."""
    for number, path in enumerate(named):
        inside = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
        for place, one in enumerate(inside):
            check_file(one)
            if is_zip(one):
                for member in unpack(one, one.name, folder / f"z{number}-{place}"):
                    yield member, one
            else:
                yield one, one


def _beginning(path: Path, given: Path, folder: Path) -> Sample:
    log = LogBytes(path)
    content, is_workbook = bytearray(), False
    for chunk in log.chunks(None):
        content += chunk
        # a workbook is one whole; nothing can be read of a part
        is_workbook = looks_like_workbook(bytes(content[:4]))
        if len(content) > (_MOST_OF_WORKBOOK if is_workbook else MOST_BYTES):
            break
    is_cut = len(content) > MOST_BYTES and not is_workbook
    if len(content) > _MOST_OF_WORKBOOK:
        raise Invalid(f"{log.name} is too large for a workbook to be looked at; export the log as CSV.")
    folder.mkdir(parents=True)
    sample = folder / path.name
    sample.write_bytes(content[: MOST_BYTES if is_cut else None])
    changed = path.stat()
    os.utime(sample, (changed.st_atime, changed.st_mtime))  # that may tell the year of its records
    return Sample(sample, log.name, given, is_cut)
