"""The log files that are meant by what somebody names: files, folders, patterns of names, and ZIP archives.

Of what lies in a folder or an archive, a file that is no log of the source's format is left out, and named with the
reason; a file that is named itself must be one.
"""

import glob
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from audit.logs.file_kinds import UNPACKED
from audit.logs.formats import open_log
from audit.logs.formats.log_bytes import check_file
from audit.logs.formats.log_file import LogFile
from audit.logs.profiles.language import Profile
from audit.logs.zip_archive import is_zip, unpack
from config.errors import Invalid
from config.texts import counted

_WILDCARDS = set("*?[")
_MOST_SAID = 10
_LITTLE = 4096


@dataclass(frozen=True)
class FoundLogs:
    """The logs that were found, in the order in which they were named, and why others were left out."""

    paths: tuple[Path, ...]
    left_out: tuple[str, ...]

    @property
    def notices(self) -> tuple[str, ...]:
        """Which files were left out, one sentence each, at most so many."""
        said = tuple(f"Left out: {one}" for one in self.left_out[:_MOST_SAID])
        more = len(self.left_out) - _MOST_SAID
        return (*said, f"And {counted(more, 'more file was', 'more files were')} left out.") if more > 0 else said


@contextmanager
def found_logs(named: Sequence[Path], profile: Profile, place: Path) -> Iterator[FoundLogs]:
    """Find the logs that are meant; what is unpacked for them lies there as long as the block lasts.

    Args:
        place: The folder in which they are unpacked, into one that is open to this account alone; made if need be.

    Raises:
        Invalid: There is no such file, an archive cannot be unpacked, or nothing in a folder or an archive is a log.
    """
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(UNPACKED, "thirteen-", place, ignore_cleanup_errors=True) as unpacked:
        search = _Search(profile, Path(unpacked))
        for path in named:
            search.find(path)
        yield FoundLogs(tuple(search.found), tuple(search.left_out))


class _Search:
    def __init__(self, profile: Profile, folder: Path) -> None:
        self._profile = profile
        self._folder = folder
        self.found: list[Path] = []
        self.left_out: list[str] = []

    def find(self, path: Path) -> None:
        """Find what one name means."""
        if path.is_dir():
            self._take_logs(path, (file for file in sorted(path.rglob("*")) if _is_shown(file, path)))
        elif _WILDCARDS & set(path.name) and not path.exists():
            matching = [Path(one) for one in sorted(glob.glob(str(path)))]  # noqa: PTH207 - the pattern may begin at /
            self._take_logs(path, (one for one in matching if one.is_file()))
        else:
            check_file(path)
            if is_zip(path):
                self._take_logs(path, iter([path]))
            else:
                self.found.append(path)

    def _take_logs(self, named: Path, files: Iterator[Path]) -> None:
        before, left_before = len(self.found), len(self.left_out)
        for file in files:
            for one in self._within(file):
                self._take(one)
        if len(self.found) == before:
            reasons = self.left_out[left_before : left_before + 1]
            raise Invalid(" ".join([f"{named.name} has no log of the source in it; nothing was imported.", *reasons]))

    def _within(self, file: Path) -> Iterator[Path]:
        if not is_zip(file):
            return iter([file])
        number = len(list(self._folder.iterdir()))
        return unpack(file, file.name, self._folder / str(number))

    def _take(self, path: Path) -> None:
        next(LogFile(path, is_text=False).chunks(None, _LITTLE), b"")  # one that is damaged is refused, not left out
        try:
            open_log(path, self._profile, self._folder.parent)
        except Invalid as refusal:
            self.left_out.append(str(refusal))
        else:
            self.found.append(path)


def _is_shown(file: Path, folder: Path) -> bool:
    return file.is_file() and not any(part.startswith((".", "__MACOSX")) for part in file.relative_to(folder).parts)
