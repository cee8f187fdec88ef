"""Where files are being written, noted in the data folder: the next start removes what a killed process left there.

Each piece of work notes its place in a small file of its own, which goes when the work ends, however it ends.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from config.unfinished import remove_abandoned

NOTES = "unfinished"


@contextmanager
def noting_place(data_dir: Path, path: Path) -> Iterator[None]:
    """Keep a note of the folder that a file is being written into, until the block ends.

    Where the data folder cannot be written to, there is none; what is left is then removed by the next to write there.
    """
    note = data_dir / NOTES / uuid4().hex
    with suppress(OSError, UnicodeEncodeError):
        note.parent.mkdir(exist_ok=True)
        note.write_text(str(path.parent.absolute()), "utf-8")
    try:
        yield
    finally:
        with suppress(OSError):
            note.unlink(missing_ok=True)


def remove_noted(data_dir: Path) -> None:
    """Remove what killed processes left where they noted that they write; a note stays while another works there."""
    with suppress(OSError, ValueError):
        for note in sorted((data_dir / NOTES).glob("*")):
            if not remove_abandoned(Path(note.read_text("utf-8"))):
                note.unlink(missing_ok=True)
