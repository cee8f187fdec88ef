"""What a log file is called where people read of it."""

from pathlib import Path

from audit.logs.file_kinds import UNPACKED


def name_of(path: Path) -> str:
    """Give a file's name; that of one from an archive begins with the archive's."""
    places = [place for place, part in enumerate(path.parts) if part.endswith(UNPACKED)]
    return "/".join(path.parts[places[0] + 3 :]) if places else path.name
