"""JSON documents: a list of objects, objects one after another, or a list of them somewhere in a document.

However long a file is, no more of it is held than a stretch and a record. A record's own text is the one it has in the
file; its layout, the blanks between its parts, does not make it another record.
"""

import re
from collections.abc import Iterator

from audit.logs.formats.documents import Document, DocumentReader
from audit.logs.formats.json_walk import JsonWalk
from audit.logs.formats.log_file import LogFile
from audit.logs.formats.resemblance import what_it_looks_like
from audit.logs.profiles.language import Profile
from config.errors import Invalid
from config.texts import counted

_LINES_LOOKED_AT = 20


def looks_like_json(beginning: bytes) -> bool:
    """Say whether a file that begins so holds JSON, as documents or as lines."""
    return re.match(rb"(?:\xef\xbb\xbf)?\s*(?:\{\s*[\"}]|\[\s*[\[{\]])", beginning) is not None


class JsonDocumentsReader(DocumentReader):
    """The records of JSON documents."""

    def __init__(self, log: LogFile, profile: Profile) -> None:
        super().__init__(log, profile)
        _refuse_what_is_no_json(log)
        self._at = profile.records.at
        self._walk = JsonWalk(log, tuple(self._at.split(".")) if self._at else ())

    @property
    def notices(self) -> tuple[str, ...]:
        """What was noticed of the file, one sentence each."""
        return (*super().notices, *self._noticed())

    def documents(self) -> Iterator[Document]:
        """Give the records."""
        return self._walk.records()

    def _noticed(self) -> Iterator[str]:
        if count := self._walk.left_open:
            yield (
                f"The file ends before its JSON does: {counted(count, 'bracket is', 'brackets are')} never closed. It "
                "may be cut off; compare it with its source."
            )
        if (count := self._walk.without_list) and self._walk.lists:
            yield (
                f"{counted(count, 'object has', 'objects have')} no list under {self._at}, though others have, and "
                f"{'was' if count == 1 else 'were'} read as {'a record' if count == 1 else 'records'}."
            )


def _refuse_what_is_no_json(log: LogFile) -> None:
    beginning = log.glimpse(_LINES_LOOKED_AT)
    first = next(text for line in beginning if (text := line.strip()))
    if not first.startswith(("{", "[")):
        looks = what_it_looks_like(beginning, "json")
        instead = f" It looks like {looks}." if looks else ""
        raise Invalid(
            f"{log.name} is no JSON: it begins neither an object nor a list.{instead} Check that it is a log of "
            "this source, and the source's format."
        )
