"""Tells whether a log that was read is one of unreadable records that went out and come in again, repaired."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import duckdb

from audit.logs.formats.log_names import name_of
from audit.logs.listed_rejects import ListedReject, RejectList
from audit.logs.pair_records import pair_records
from audit.logs.profiles.language import Profile
from audit.logs.record_texts import record_texts
from config.texts import compare_form

# Their texts are held at once.
_MOST_RECORDS = 100_000
_PARTS_OF_HEADER = re.compile(r"[,;|\t]")


@dataclass(frozen=True)
class ExportedList:
    """A list of unreadable records as it went out in one file.

    Args:
        header: The line above its records; the list also has those below other lines, which went to other files.
    """

    file_name: str
    header: str
    records: int
    listed: RejectList


class Repair(NamedTuple):
    """A record that went out and came in again.

    Args:
        record: Its ordinal in the log that was read.
        reject_key: The key by which it is listed, and `kept_by` the import that kept it.
        is_read: It could be read now.
    """

    record: int
    reject_key: str
    kept_by: int
    is_read: bool


@dataclass(frozen=True)
class MaybeRepaired:
    """A log that was read, and may hold records that went out to be repaired.

    Args:
        place: The folder in which it is unpacked, where it must be.
        header: The line above its records.
        records: How many it has.
        unreadable: The key of each record that still cannot be read.
    """

    path: Path
    place: Path
    profile: Profile
    header: str
    records: int
    unreadable: Mapping[int, str]


def find_repairs(
    connection: duckdb.DuckDBPyConnection,
    log: MaybeRepaired,
    exports: Sequence[ExportedList],
    now: RejectList,
) -> tuple[Repair, ...]:
    """Tell which of the listed records a log brings again, otherwise than they were.

    Args:
        exports: What went out of its source, the newest first.
        now: The list as it is now.
    """
    fitting = [one for one in exports if _fits(log, one)]
    if not fitting:
        return ()
    texts = _texts(log)
    waiting = {one.reject_key for one in now.read(connection)}
    for export in fitting:
        exported = [one for one in export.listed.read(connection) if one.header == export.header]
        same_name = compare_form(name_of(log.path)) == compare_form(export.file_name)
        places = pair_records(texts, [one.raw for one in exported], same_name=same_name)
        if places is not None:
            return tuple(_repairs(log, [exported[place] for place in places], waiting))
    return ()


def _fits(log: MaybeRepaired, export: ExportedList) -> bool:
    is_few = 0 < log.records <= min(export.records, _MOST_RECORDS)
    return is_few and export.records <= _MOST_RECORDS and _headings(log.header) == _headings(export.header)


def _headings(header: str) -> list[str]:
    """Give a header's names: a spreadsheet saves the same ones with other marks around and between them."""
    return [compare_form(name.strip().strip('"')) for name in _PARTS_OF_HEADER.split(header)]


def _texts(log: MaybeRepaired) -> list[str]:
    texts: list[str] = []
    for found in record_texts(log.profile, log.path, log.place, range(1, log.records + 1)):
        texts += found.values()
    return texts


def _repairs(log: MaybeRepaired, partners: Sequence[ListedReject], waiting: set[str]) -> list[Repair]:
    as_they_were = {log.unreadable[record] for record in log.unreadable} & {one.reject_key for one in partners}
    return [
        Repair(record, partner.reject_key, partner.import_id, record not in log.unreadable)
        for record, partner in enumerate(partners, 1)
        if partner.reject_key in waiting and partner.reject_key not in as_they_were
    ]
