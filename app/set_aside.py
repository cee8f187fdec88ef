"""Keeps files of the event store that no receipt lists out of the way, and brings them back when one does again.

Where only the database was brought back from a backup, the newer imports' files may be the last copy of their events.
They are never deleted.
"""

from collections.abc import Collection, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path

from app.stored_files import SET_ASIDE
from config.errors import Conflict


def set_aside(data_dir: Path, files: Collection[str], day: str) -> tuple[Path, list[str]]:
    """Move files into a folder of the day.

    Args:
        files: By their paths within the data folder.

    Returns:
        That folder, and which files are there now: those that could not be moved stay where they are.
    """
    places = (_place(data_dir, day, number) for number in count(1))
    place = next(place for place in places if not any((place / file).exists() for file in files))
    moved = []
    for file in sorted(files):
        with suppress(OSError):
            (place / file).parent.mkdir(parents=True, exist_ok=True)
            (data_dir / file).rename(place / file)
            moved.append(file)
    return place, moved


def bring_back(data_dir: Path, files: Mapping[str, Path]) -> None:
    """Move back what was set aside and is listed now, as by a newer database.

    Args:
        files: By their paths within the data folder: where they are.

    Raises:
        Conflict: The data folder cannot be written to.
    """
    for file, aside in sorted(files.items()):
        try:
            (data_dir / file).parent.mkdir(exist_ok=True)
            aside.rename(data_dir / file)
        except FileNotFoundError:
            continue  # another process was quicker
        except OSError as error:
            raise Conflict(
                f"{aside} belongs to an import and cannot be moved back to {(data_dir / file).parent} "
                f"({error.strerror}). Let this account write to the data folder."
            ) from error


def _place(data_dir: Path, day: str, number: int) -> Path:
    return data_dir / SET_ASIDE / (day if number == 1 else f"{day}-{number}")
