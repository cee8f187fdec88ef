"""Records as JSON documents, whatever their format: a reader says which there are, and here they become batches.

A profile names places in a record by dotted paths of its document. What a record's own text is, by which it is kept and
shown, the reader says beside it; equal documents are equal records.
"""

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import NamedTuple

from audit.logs.formats.contract import KEPT_OF_TOO_LONG, LONGEST_RECORD, TOO_LONG, Batch, Kept, Layout, gather
from audit.logs.formats.log_file import LogFile
from audit.logs.profiles.doubled_keys import NO_STRICT_JSON, doubled_key_sql, find_doubled_key
from audit.logs.profiles.language import Profile
from audit.logs.profiles.sql import json_path
from config.bulk import text_sql

# The column of the documents.
RAW = "raw"
# Where an object or list may have a comma behind its last part: DuckDB takes that, but it is no JSON.
COMMA_AT_END = re.compile(r",\s*[}\]]")


class Document(NamedTuple):
    """A record: its document as JSON, its own text where that is another, and why it cannot be read, if it cannot."""

    content: str
    text: str | None = None
    fault: str | None = None


class DocumentReader(ABC):
    """The records of a log that come as documents; a format says how it is parted into them.

    `repeats_keys` says whether an object can come with a key that stands twice.
    """

    header = ""
    repeats_keys = True

    def __init__(self, log: LogFile, profile: Profile) -> None:
        self._log = log
        self._profile = profile
        self._keys = profile.records.each.split(".") if profile.records.each else []
        self._paths = [json_path(place) for place in [*profile.places(), profile.records.each] if place]
        self._searched = [json_path(place) for place in profile.searched()]
        doubled = doubled_key_sql(RAW, self._paths, self._searched) if self.repeats_keys else "NULL"
        self.layout = _layout(profile.places(), doubled)

    @property
    def notices(self) -> tuple[str, ...]:
        """What was noticed of the file, one sentence each."""
        return self._log.notices

    @abstractmethod
    def documents(self) -> Iterator[Document]:
        """Give all records, those that cannot be read among them.

        Raises:
            Invalid: The file is empty, damaged, or of another format.
        """

    def batches(self) -> Iterator[Batch]:
        """Give the records; one that is no JSON object comes with what is wrong with it, some of that said by SQL."""
        yield from gather(self._records(self.documents()), [RAW])

    def _records(self, documents: Iterator[Document]) -> Iterator[Kept]:
        for document in documents:
            yield from self._records_of(document)

    def _records_of(self, document: Document) -> Iterator[Kept]:
        content, text, fault = _bounded(document)
        shown = content if text is None else text
        flaw = fault or self._log.flaw_of(shown)
        records = [content]
        if flaw is None and COMMA_AT_END.search(content) and not _is_strict(content):
            flaw = NO_STRICT_JSON
        if flaw is None and self._keys:
            try:
                records = self._each(content)
            except (ValueError, RecursionError):
                flaw = NO_STRICT_JSON
        for record in records:
            own = record if text is None else text
            yield Kept(["" if flaw else record], self._log.shown(own), flaw)

    def _each(self, text: str) -> list[str]:
        """Give a document once for each element of the list at the profile's keys, each time with that element alone.

        One in which a key on the paths has several values stays as it is: it cannot be read.
        """
        document = holder = json.loads(text)
        for key in self._keys[:-1]:
            holder = holder.get(key) if isinstance(holder, dict) else None
        elements = holder.get(self._keys[-1]) if isinstance(holder, dict) else None
        if not isinstance(holder, dict) or not isinstance(elements, list) or len(elements) <= 1:
            return [text]
        if self.repeats_keys and find_doubled_key(text, self._paths, self._searched) is not None:
            return [text]
        records = []
        for element in elements:
            holder[self._keys[-1]] = [element]
            records.append(json.dumps(document))
        return records


def _bounded(document: Document) -> Document:
    text = document.content if document.text is None else document.text
    if len(text) <= LONGEST_RECORD:
        return document
    return Document("", text[:KEPT_OF_TOO_LONG], TOO_LONG)


def _is_strict(content: str) -> bool:
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True


def _layout(places: list[str], doubled: str) -> Layout:
    paths = ", ".join(text_sql(json_path(place)) for place in places)
    relation = f"""(
        SELECT raw, fault, json_extract_string(CASE WHEN fault IS NULL THEN raw END, [{paths}]) AS found
        FROM (
            SELECT raw, CASE WHEN fault IS NOT NULL THEN fault WHEN kind IS NULL THEN {text_sql(NO_STRICT_JSON)}
                WHEN kind <> 'OBJECT' THEN 'is JSON, but no object' ELSE {doubled} END AS fault
            FROM (SELECT raw, fault, TRY(json_type(CASE WHEN fault IS NULL THEN raw END)) AS kind FROM {{batch}})
        ))"""  # noqa: S608 - the profile's paths, quoted
    # NUL can be written in JSON, but no database takes it
    columns = {
        place: f"replace(coalesce(found[{number}], ''), chr(0), chr(65533))" for number, place in enumerate(places, 1)
    }
    return Layout(columns, [RAW], relation, is_checked=True)
