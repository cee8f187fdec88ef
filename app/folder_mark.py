"""What a data folder says of itself, in a small file: its id, and for people the name of the entity."""

import os
import re
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from config.errors import Conflict

FILE = "identity"
_ID = re.compile("[0-9a-f]{32}")
_LONGEST_FILE = 10_000


@dataclass(frozen=True)
class Mark:
    """What a folder, or a database, says of itself.

    Args:
        id: The id that it bears; empty where it has none yet.
        entity: The entity's name; empty where it is not set up yet.
    """

    id: str = ""
    entity: str = ""

    @classmethod
    def of(cls, known_id: str, entity: str) -> Self:
        """Give the mark of an entity, whose name stands on one line of the file."""
        return cls(known_id, " ".join(entity.split()))


def new_id() -> str:
    """Give an id that nobody else has."""
    return uuid.uuid4().hex


def read_mark(data_dir: Path) -> Mark:
    """Read what a folder says of itself; a mark without an id where it says nothing yet.

    Raises:
        Conflict: Its file cannot be read.
    """
    path = data_dir / FILE
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            first, _, rest = file.read(_LONGEST_FILE).partition("\n")
    except FileNotFoundError:
        return Mark()
    except OSError as error:
        raise Conflict(f"{path} cannot be read ({error.strerror}). Give this account permission to it.") from error
    if not _ID.fullmatch(first.strip()):
        raise Conflict(
            f"{path} should say which database the data folder belongs to, but does not. Nothing was changed; "
            "bring the file back from a backup, or remove it where all imported logs of the folder are there."
        )
    return Mark.of(first.strip(), rest)


def write_mark(data_dir: Path, mark: Mark) -> None:
    """Let a folder say of itself what it is; the file is there as a whole or not at all.

    Raises:
        OSError: The folder cannot be written to.
    """
    unfinished = data_dir / f"{FILE}.partial"
    with unfinished.open("w", encoding="utf-8") as file:
        file.write(f"{mark.id}\n{mark.entity}\n")
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(data_dir / FILE)
