"""The form of a backup, and how one is read: a tar file of the record and the files, and last the digests of both.

Whatever the system of record is, the record lies in it as a SQLite file: so a backup of one is brought back to the
other. In which order the record and the files lie is of no matter. What comes last tells a whole file from half of one.
"""

import hashlib
import json
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Self

from config.errors import Invalid

FORM = 1
RECORD = "record.sqlite"
ABOUT, FOLDER, DIGESTS = "thirteen-backup.json", "folder/", "digests.json"
_BLOCK = 1 << 20
_LONGEST_TEXT = 1 << 28


@dataclass(frozen=True)
class About:
    """What a backup says of itself.

    Args:
        revision: Of the record's tables.
        folder: The id of the data folder.
        taken_at: The instant whose state it holds, in UTC.
    """

    revision: str
    entity: str
    folder: str
    taken_at: str
    form: int = FORM


class Reader:
    """Reads a backup; a sentence says what is wrong with one that is none, or not whole."""

    def __init__(self, path: Path, tar: tarfile.TarFile) -> None:
        self._path = path
        self._tar = tar
        self.about = self._read_about()

    @classmethod
    @contextmanager
    def of(cls, path: Path) -> Iterator[Self]:
        """Open a backup.

        Raises:
            Invalid: There is none, or what is there is no backup, or of a newer form.
        """
        try:
            with tarfile.open(path, "r:") as tar:
                yield cls(path, tar)
        except FileNotFoundError as error:
            raise Invalid(f"There is no file {path}; name a backup that thirteen backup wrote.") from error
        except (tarfile.TarError, EOFError) as error:
            raise _not_whole(path) from error
        except IsADirectoryError as error:
            raise Invalid(f"{path} is a folder; name a file that thirteen backup wrote.") from error

    def extract_to(self, folder: Path, tell: Callable[[int], None]) -> dict[str, str]:
        """Write all files below a folder, and give the SHA-256 of each by its path there.

        Args:
            folder: Empty.
            tell: Is told how many bytes were written so far.

        Raises:
            Invalid: The backup is not whole, or was changed.
            OSError: The disk does not take them.
        """
        digests, said, written = dict[str, str](), dict[str, str](), 0
        for member in self._tar:
            if member.name == DIGESTS:
                said = self._read_json(member)
            elif member.name != ABOUT:
                digests[member.name] = self._extract(member, folder)
                written += member.size
                tell(written)
        if not said or digests != said:
            raise _not_whole(self._path)
        return digests

    def _read_about(self) -> About:
        member = self._tar.next()
        if member is None or member.name != ABOUT:
            raise Invalid(f"{self._path} is no backup; name a file that thirteen backup wrote.")
        said = self._read_json(member)
        if said.get("form") != str(FORM):
            raise newer(self._path)
        try:
            return About(said["revision"], said["entity"], said["folder"], said["taken_at"])
        except KeyError as error:
            raise _not_whole(self._path) from error

    def _read_json(self, member: tarfile.TarInfo) -> dict[str, str]:
        file = self._tar.extractfile(member) if member.size <= _LONGEST_TEXT else None
        with suppress(ValueError):
            content = json.loads(file.read()) if file else None
            if isinstance(content, dict):
                return {str(key): str(value) for key, value in content.items()}
        raise _not_whole(self._path)

    def _extract(self, member: tarfile.TarInfo, folder: Path) -> str:
        file = self._tar.extractfile(member) if member.isreg() and _is_ours(member.name) else None
        if file is None:
            raise _not_whole(self._path)
        target = folder / member.name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        digest, left = hashlib.sha256(), member.size
        with target.open("xb") as out:
            while block := file.read(_BLOCK):
                digest.update(block)
                out.write(block)
                left -= len(block)
        if left:
            raise _not_whole(self._path)
        return digest.hexdigest()


def folder_in(extracted: Path) -> Path:
    """Give where the data folder's files lie in what was extracted."""
    return extracted / FOLDER


def _is_ours(name: str) -> bool:
    """Say whether a name is one that we write: nothing may be put elsewhere."""
    path = PurePosixPath(name)
    return name == RECORD or (name.startswith(FOLDER) and str(path) == name and ".." not in path.parts)


def newer(path: Path) -> Invalid:
    """Refuse a backup of a newer version."""
    return Invalid(f"{path} was written by a newer version of this program. Nothing was changed; install that version.")


def _not_whole(path: Path) -> Invalid:
    return Invalid(
        f"{path} is not a whole backup: its end is missing, or it was changed after it was written. Nothing was "
        "changed here; take another copy of the file, or an earlier backup."
    )
