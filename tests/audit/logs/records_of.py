"""What a format of lines makes of a log, without importing it."""

from pathlib import Path
from typing import NamedTuple

from audit.logs.formats import open_log
from audit.logs.profiles.language import Profile
from audit.logs.profiles.yaml_text import read_yaml


class Record(NamedTuple):
    """A record: its parts by the places of its profile that have any, its own text, and what is wrong with it."""

    parts: dict[str, str]
    text: str
    fault: str | None
    is_passed: bool


class ReadLog(NamedTuple):
    """A log's records, what was noticed of it, what stands above its records, and what equal records are told by."""

    records: list[Record]
    notices: tuple[str, ...]
    header: str
    contents: list[str]

    def all_of(self, part: str) -> list[str]:
        """Give a part of each record, empty where it has none."""
        return [record.parts.get(part, "") for record in self.records]


def read_log(folder: Path, content: str | bytes, profile: str, name: str = "some.log") -> ReadLog:
    """Read a log by the YAML of a profile."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    _, reader = open_log(path, Profile.model_validate(read_yaml(profile, "profile").said), None)
    records, contents = list[Record](), list[str]()
    for batch in reader.batches():
        rows = batch.rows.to_pylist()
        texts = batch.texts(range(len(rows)))
        for row, text in zip(rows, texts, strict=True):
            parts = {place: row[column] for place, column in reader.layout.places.items() if row[column]}
            records.append(Record(parts, text, row["fault"], row["passed"]))
            contents.append(row["content"])
    return ReadLog(records, reader.notices, reader.header, contents)
