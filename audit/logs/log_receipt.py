"""What an import of a log says of it: the one line of its receipt, and what a person should know besides."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from audit.logs.find_repairs import Repair
from audit.logs.join_records import Joined
from audit.logs.models import LogImport
from audit.logs.new_files import NewFile
from audit.logs.number_runs import NumberRun
from audit.logs.profiles.language import Noticed
from audit.logs.source_state import StandingFile
from audit.logs.stage_log import Counts
from config.remedies import Advice, Remedy
from config.texts import counted, listed

_MOST_NUMBERS = 10


@dataclass(frozen=True)
class LogReceipt:
    """What became of a file's records: read = added + already_known + unreadable + passed_over.

    `number` is that of the import in the list of imports; `replaces`, what was imported of the file before its source
    was changed; `repaired`, how many records are read now that the source had listed as unreadable; `told_before`, how
    many that were added agree with accesses that came in under other ids. `notices` say what a person should know, the
    first reasons of unreadable records last; `remedy`, what to do about these.
    """

    import_id: int
    number: int
    file_name: str
    read: int
    added: int
    already_known: int
    unreadable: int
    passed_over: int
    notices: tuple[str, ...]
    remedy: Remedy | None = None
    replaces: tuple[StandingFile, ...] = ()
    repaired: int = 0
    told_before: int = 0

    def __str__(self) -> str:
        """Say the receipt in one line."""
        number = f" Import {self.number}." if self.number else ""
        passed = f", {self.passed_over:,} passed over by the profile" if self.passed_over else ""
        return (
            f"{self.file_name}: {counted(self.read, 'record')} read: {self.added:,} added, "
            f"{self.already_known:,} already known, {self.unreadable:,} unreadable{passed}."
            f"{self._told_before()}{self._repaired()}{self._anew()}{number}"
        )

    def _told_before(self) -> str:
        """Say how many of the added accesses may be counted twice."""
        return f" Of the added, {self.told_before:,} may have been imported before." if self.told_before else ""

    def _repaired(self) -> str:
        """Say how many records of the source could not be read before and can now."""
        return f" {counted(self.repaired, 'record')} repaired." if self.repaired else ""

    def _anew(self) -> str:
        """Say what was read before the source was changed, and counts no longer."""
        if not self.replaces:
            return ""
        numbers = listed(sorted(one.number for one in self.replaces), _MOST_NUMBERS)
        before = sum(one.added for one in self.replaces)
        one_or_more = "import" if len(self.replaces) == 1 else "imports"
        return f" Read anew, this replaces {one_or_more} {numbers}, which had added {before:,}."


@dataclass(frozen=True)
class ReadLog:
    """A log that was read: its receipt, not recorded yet; its new files; and what a person should know.

    Args:
        path: Where its file lies.
        faults: The first of the records that cannot be read and were not kept before, each with the reason.
        rejects_kept: How many of these there are.
        empty: How many of its accesses have no text of a kind.
        repairs: Those of its records that were listed as unreadable, went out, and come in again.
        days: How many of the accesses that it adds are of each day of the entity's zone.
        numbers: Where their ids are a rising number, the runs in which one follows the other.
        told_before: How many of the accesses that it adds agree with others that came in under other ids.
    """

    path: Path
    receipt: LogImport
    files: tuple[NewFile, ...]
    notices: tuple[str, ...]
    faults: tuple[tuple[int, str], ...] = field(default=())
    rejects_kept: int = 0
    replaces: tuple[StandingFile, ...] = ()
    empty: Mapping[str, int] = field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()
    days: Mapping[date, int] = field(default_factory=dict)
    numbers: tuple[NumberRun, ...] = ()
    told_before: int = 0


def said_of(log: ReadLog) -> LogReceipt:
    """Give the receipt of a log that was read, without the number of its import."""
    one = log.receipt
    return LogReceipt(
        one.id,
        0,
        one.file_name,
        one.read,
        one.added,
        one.already_known,
        one.unreadable,
        one.passed_over,
        (*log.notices, *_still_unreadable(log), *_reasons(log)),
        Remedy(Advice.EXPORT_REJECTS, one.source) if log.faults else None,
        log.replaces,
        sum(one.is_read for one in log.repairs),
        log.told_before,
    )


def _still_unreadable(log: ReadLog) -> Iterator[str]:
    if count := sum(not one.is_read for one in log.repairs):
        yield (
            f"{counted(count, 'record')} came back changed but still cannot be read; "
            f"{'it takes' if count == 1 else 'they take'} the place of what was listed before."
        )


def _reasons(log: ReadLog) -> Iterator[str]:
    """Say why the first of the rejects cannot be read, and how many more there are."""
    for record, fault in log.faults:
        yield f"{log.receipt.file_name}, record {record:,}: {fault}."
    if more := log.rejects_kept - len(log.faults):
        yield f"And {counted(more, 'more record')} cannot be read."


def notices_of(counts: Counts, *, rejects_known: int, rejects_repaired: int) -> Iterator[str]:
    """Say what is odd about a log's records.

    Args:
        rejects_known: How many of those that cannot be read an earlier import kept.
        rejects_repaired: How many of the others an earlier import brought, repaired.
    """
    if not counts.read:
        yield "The file holds no records; nothing of it was imported."
    elif counts.passed_over == counts.read:
        yield "The profile passes over every record: none is an access by its conditions. Check them."
    if counts.joined.records:
        yield _joined(counts.joined)
    if rejects_known:
        yield f"{rejects_known:,} of the unreadable records were kept by an earlier import."
    if rejects_repaired:
        yield f"{rejects_repaired:,} of the unreadable records came in repaired before; they are not listed again."
    if counts.twice:
        times = counted(counts.twice, "time occurs", "times occur")
        yield f"{times} twice on the local clock; the earlier instant was taken."
    if counts.missing:
        times, moved = (
            counted(counts.missing, "time does", "times do"),
            "it was" if counts.missing == 1 else "they were",
        )
        yield f"{times} not exist on the local clock; {moved} moved forward by the gap."


def _joined(joined: Joined) -> str:
    """Say which records were passed over as others tell the same access."""
    unused = f" Of the uses that were begun, {joined.unused:,} had no access." if joined.unused else ""
    return (
        f"Of the records passed over, {joined.records:,} were joined to the access to which they belong: "
        f"{joined.begin:,} begin a use, {joined.end:,} end one, {joined.again:,} tell the same access again.{unused}"
    )


def notices_of_profile(counts: Counts, notices: Sequence[Noticed]) -> Iterator[str]:
    """Say what the profile wants to be known of a log that has some records."""
    for number, (count, first) in sorted(counts.noticed.items()):
        where = f"record {first:,} says so" if count == 1 else f"{count:,} records say so, the first is {first:,}"
        yield f"{notices[number].say}: {where}."


def notices_of_empty(counts: Counts, accesses: int, present: frozenset[str]) -> Iterator[str]:
    """Say which fields that the log can have stay empty in all its accesses."""
    for kind, empty in counts.empty.items():
        if accesses and empty == accesses and kind in present:
            yield f"The {kind} stays empty in every record; check which column holds it."
