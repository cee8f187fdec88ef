"""JSON lines: one document a line; an empty line is no record."""

import json
from collections.abc import Iterator

from audit.logs.formats.documents import Document, DocumentReader
from audit.logs.formats.log_file import LogFile
from audit.logs.formats.resemblance import what_it_looks_like
from audit.logs.profiles.language import Profile
from config.errors import Invalid

_LINES_LOOKED_AT = 100


class JsonLinesReader(DocumentReader):
    """The records of a JSON-lines log, each kept as its own text."""

    def __init__(self, log: LogFile, profile: Profile) -> None:
        super().__init__(log, profile)
        _refuse_other_json(log)

    def documents(self) -> Iterator[Document]:
        """Give the lines."""
        for piece in self._log.pieces():
            for line in self._log.lines(piece):
                if text := line.strip("\r\n \t"):
                    yield Document(text)


def _refuse_other_json(log: LogFile) -> None:
    beginning = [text for line in log.beginning(_LINES_LOOKED_AT) if (text := line.strip())]
    if not beginning:
        raise Invalid(f"{log.path.name} is empty; there is nothing to import. Check the export.")
    is_array = beginning[0].startswith("[") and (len(beginning) == 1 or _parsed(beginning[0]) is None)
    if is_array or beginning[0] == "{":
        raise Invalid(
            f"{log.path.name} is one JSON document, not JSON lines; write each of its records as an object on a "
            "line of its own."
        )
    if not any(text.startswith("{") for text in beginning):
        looks = what_it_looks_like(beginning, "jsonl")
        instead = f" It looks like {looks}." if looks else ""
        raise Invalid(f"{log.path.name} is no log of JSON lines: none of its first lines begins an object.{instead}")


def _parsed(text: str) -> object:
    """Give what a line says, None where it is no JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
