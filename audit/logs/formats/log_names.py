"""What a log file is called where people read of it."""

from pathlib import Path

# The end of the name of a folder into which archives are unpacked; in it, each file
# lies two folders deep, below the archive's name.
UNPACKED = ".thirteen-unpacked"


def name_of(path: Path) -> str:
    """Give a file's name; that of one from an archive begins with the archive's."""
    places = [place for place, part in enumerate(path.parts) if part.endswith(UNPACKED)]
    return "/".join(path.parts[places[0] + 3 :]) if places else path.name
