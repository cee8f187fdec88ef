"""Reads one log into new files of the store: events that the store has not, rejects that it has not, and a receipt."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa

from audit.logs.count_days import count_days
from audit.logs.event_schema import EVENT_SCHEMA
from audit.logs.event_store import EventFile, Store, StoredLog
from audit.logs.file_kinds import FileKind
from audit.logs.find_repairs import MaybeRepaired, Repair, find_repairs
from audit.logs.formats import open_log
from audit.logs.formats.contract import LogReader
from audit.logs.formats.log_file import LogFile
from audit.logs.keeping.removed import say_brought_back
from audit.logs.known_events import Comparison, Unknown, keep_unknown
from audit.logs.log_receipt import ReadLog, notices_of, notices_of_empty, notices_of_profile
from audit.logs.models import LogImport
from audit.logs.new_files import NewFile, ParquetFile
from audit.logs.number_runs import NumberRun, find_number_runs
from audit.logs.profiles.read_times import TimeReader
from audit.logs.profiles.zones import read_zone
from audit.logs.read_fields import FieldReader
from audit.logs.record_texts import record_texts
from audit.logs.refuse_unreadable import refuse_unreadable
from audit.logs.rejects import KeptRejects, keep_new_rejects
from audit.logs.remembered_columns import as_remembered, read_columns, written
from audit.logs.source_state import KnownLog, SourceState
from audit.logs.stage_log import REJECT_SCHEMA, Counts, LogStage, Staged
from config.bulk import load_rows, one_row
from config.clock import EPOCH, microseconds
from config.progress import Progress
from config.settings import spill_folder
from inventory.bracket_patterns import meant_literally, misread_in_words

_MOST_REASONS = 5


class LogImporter:
    """Reads logs of one source, one after the other.

    Args:
        connection: Keeps the order of rows.
        made: Is given every new file as soon as it is there, so that the caller can remove it.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        state: SourceState,
        data_dir: Path,
        made: list[NewFile],
        progress: Progress,
    ) -> None:
        self._connection = connection
        self._state = state
        self._data_dir = data_dir
        self._made = made
        self._progress = progress

    def read(self, path: Path) -> ReadLog:
        """Read one log.

        Raises:
            Invalid: The file as a whole cannot be read as the source's format.
            Conflict: The file changed while it was read.
        """
        state = self._state
        log, reader = open_log(path, state.profile, spill_folder(self._data_dir))
        log.known_days = state.last_days
        remembered = as_remembered(reader.layout, state.columns)
        fields = FieldReader(remembered.layout, state.profile, state.source.name, self._connection)
        staged = self._stage(log, reader, fields)
        log.check_unchanged()
        replaced = state.replaced_by(log.sha256)
        state.forget(replaced)
        compared = self._compare(staged, fields)
        events, is_keyed = _new_events(staged, fields, compared)
        contradicting = self._contradicting(path, compared)
        staged.counts.unreadable += _rows(contradicting)
        rejects, kept_by = self._new_rejects([one for one in (staged.rejects, contradicting) if one], reader.header)
        receipt = self._receipt(log, staged.counts, events, ";".join(() if is_keyed else fields.key_fields))
        receipt.columns = written(remembered.layout)
        repairs = self._repairs(path, reader.header, staged.counts)
        if rejects and not repairs:
            refuse_unreadable(log, state.profile, staged.counts)
        brought_anew = [one.kept_by for one in repairs if one.kept_by in state.repaired]
        receipt.rests_on = self._digests((*compared.known_of, *kept_by, *brought_anew))
        repaired, faults = self._faults() if rejects else (0, ())
        state.take_repairs(repairs)
        self._remember(receipt, events, rejects)
        files = tuple(file for file in (events, rejects) if file)
        state.columns += [one for one in read_columns([receipt.columns]) if one not in state.columns]
        of_records = self._noticed(staged, fields, known=staged.counts.unreadable - _rows(rejects), repaired=repaired)
        notices = (*reader.notices, *remembered.notices, *of_records, *self._brought_back(receipt))
        days = count_days(self._connection, events.partial, state.zone) if events else {}
        numbers = self._number_runs(events)
        waiting, empty = _rows(rejects) - repaired, staged.counts.empty
        return ReadLog(path, receipt, files, notices, faults, waiting, replaced, empty, repairs, days, numbers)

    def _number_runs(self, events: NewFile | None) -> tuple[NumberRun, ...]:
        if events is None or "event_id" not in self._state.profile.fields:
            return ()
        return find_number_runs(self._connection, events.partial)

    def _noticed(self, staged: Staged, fields: FieldReader, *, known: int, repaired: int) -> Iterator[str]:
        yield from notices_of(staged.counts, rejects_known=known, rejects_repaired=repaired)
        yield from notices_of_profile(staged.counts, self._state.profile.records.notices)
        yield from notices_of_empty(staged.counts, _rows(staged.events), fields.present)
        yield from self._misread()
        if (what := self._state.profile.records_what) in {"changes", "sign-ins"}:
            yield f"This source records {what} alone: who viewed data is not in it, and no audit can judge that."

    def _stage(self, log: LogFile, reader: LogReader, fields: FieldReader) -> Staged:
        state = self._state
        zone = read_zone(state.profile.times.zone or state.source.time_zone)
        times = TimeReader(state.profile.times, zone, self._connection)

        def tell() -> None:
            self._progress.step(f"Importing {log.name}", log.share_read)

        stage = LogStage(fields, times, state.names, state.next_id, tell)
        staged = stage.stage(
            reader,
            ParquetFile(self._data_dir, FileKind.EVENTS, state.next_id, EVENT_SCHEMA),
            ParquetFile(self._data_dir, FileKind.REJECTS, state.next_id, REJECT_SCHEMA),
        )
        self._made += [file for file in (staged.events, staged.rejects) if file]
        return staged

    def _compare(self, staged: Staged, fields: FieldReader) -> Unknown:
        asked = self._comparison(staged.counts, staged.events, fields) if staged.events else None
        compared = keep_unknown(self._connection, asked, self._data_dir) if asked else Unknown()
        if compared.events and compared.events.rows:
            self._made.append(compared.events)
        return compared

    def _contradicting(self, path: Path, compared: Unknown) -> NewFile | None:
        """Write the records that contradict the access whose id they have: their texts are read once more."""
        faults = dict(compared.contradicting)
        if not faults:
            return None
        with ParquetFile(self._data_dir, FileKind.REJECTS, self._state.next_id, REJECT_SCHEMA) as file:
            for texts in record_texts(self._state.profile, path, spill_folder(self._data_dir), sorted(faults)):
                columns = [
                    pa.array(list(texts)),
                    pa.array(list(texts.values())),
                    pa.array([faults[one] for one in texts]),
                ]
                file.write(pa.table(columns, schema=REJECT_SCHEMA))
            written = file.finish()
        self._made += [written] if written else []
        return written

    def _digests(self, import_ids: Sequence[int]) -> str:
        return ";".join(sorted({self._state.digests[one] for one in import_ids}))

    def _comparison(self, counts: Counts, events: NewFile, fields: FieldReader) -> Comparison | None:
        """Say with which of the source's logs this one must be compared; None where it cannot hold events of them."""
        state, has_ids = self._state, "event_id" in self._state.profile.fields
        if counts.first is None or counts.last is None:
            return None
        span = counts.first, counts.last
        known = [one for one in state.known if has_ids or one.read_otherwise or _overlap(one.span, span)]
        if not known and not has_ids:
            return None
        times_tell = not has_ids and not any(one.read_otherwise for one in known)
        within = None
        if times_tell:
            within = max(span[0], min(one.span[0] for one in known)), min(span[1], max(one.span[1] for one in known))
        log = self._stored(state.next_id, ";".join(fields.key_fields), counts.whole_names, events)
        return Comparison(
            self._store([log]),
            self._store([one.log for one in known]),
            state.names.new,
            within,
            has_ids=has_ids,
            read_otherwise=frozenset(one.log.import_id for one in known if one.read_otherwise),
        )

    def _store(self, logs: Sequence[StoredLog]) -> Store:
        """Give logs of the source as a store of their own, in which it is the only source and so has the key 0."""
        alone = tuple(replace(log, source_key=0) for log in logs)
        return Store(alone, {0: tuple(self._state.names_files)})

    def _stored(self, import_id: int, key_fields: str, whole_names: int, events: NewFile) -> StoredLog:
        source = self._state.source
        return StoredLog(
            import_id,
            0,
            source.name,
            source.system,
            "",
            "",
            key_fields,
            whole_names > 0,
            (EventFile(events.partial, frozenset([import_id])),),
            events.name,
            events.rows,
        )

    def _new_rejects(self, staged: Sequence[NewFile], header: str) -> KeptRejects:
        if not staged:
            return KeptRejects(None, ())
        kept = keep_new_rejects(self._connection, staged, header, self._state.rejects_files, self._data_dir)
        for file in staged:
            file.partial.unlink()
        if kept.file:
            self._made.append(kept.file)
        return kept

    def _faults(self) -> tuple[int, tuple[tuple[int, str], ...]]:
        """Give how many of the new rejects came in repaired before, and the first of the others, with the reasons."""
        keys = [(key,) for key in sorted(self._state.listed().repaired)]
        load_rows(self._connection, "repaired_keys", [("reject_key", str)], keys)
        is_repaired = "reject_key IN (SELECT reject_key FROM repaired_keys)"
        (repaired,) = one_row(self._connection, f"SELECT count(*) FROM rejects WHERE {is_repaired}")  # noqa: S608 - ours
        asked = f"SELECT record, fault FROM rejects WHERE NOT {is_repaired} ORDER BY record LIMIT {_MOST_REASONS}"  # noqa: S608 - ours
        return repaired, tuple(self._connection.execute(asked).fetchall())

    def _repairs(self, path: Path, header: str, counts: Counts) -> tuple[Repair, ...]:
        """Tell which records of the log are unreadable ones that went out and come in again."""
        state = self._state
        if counts.read > max((one.records for one in state.exports), default=0):
            return ()
        rejected = "SELECT record, reject_key FROM read_rejects"
        unreadable = dict(self._connection.execute(rejected).fetchall()) if counts.unreadable else {}
        log = MaybeRepaired(path, spill_folder(self._data_dir), state.profile, header, counts.read, unreadable)
        return find_repairs(self._connection, log, state.exports, state.listed())

    def _brought_back(self, receipt: LogImport) -> Iterator[str]:
        gone = self._state.removal
        if gone is not None and receipt.added and receipt.first_time and receipt.first_time < gone.before:
            yield say_brought_back(gone, self._state.zone)

    def _misread(self) -> Iterator[str]:
        """Say which patterns do not match a resource that the log is the first to name, but were meant to."""
        state = self._state
        if not state.bracket_patterns:
            return
        named = [row["name"] for row in state.names.new.to_pylist() if row["kind"] == "resource" and "[" in row["name"]]
        for pattern in tuple(state.bracket_patterns):
            if resource := meant_literally(pattern, named):
                state.bracket_patterns.remove(pattern)
                yield misread_in_words(pattern, resource)

    def _receipt(self, log: LogFile, counts: Counts, events: NewFile | None, key_fields: str) -> LogImport:
        first, last = counts.span()
        return LogImport(
            id=self._state.next_id,
            imported_at=EPOCH,  # both are known when it is published
            imported_by="",
            source=self._state.source.name,
            system=self._state.source.system,
            file_name=log.name,
            file_sha256=log.sha256,
            read=counts.read,
            added=_rows(events),
            already_known=counts.good - _rows(events),
            unreadable=counts.unreadable,
            passed_over=counts.passed_over,
            twice_local=counts.twice,
            missing_local=counts.missing,
            first_time=first,
            last_time=last,
            key_fields=key_fields,
            whole_names=counts.whole_names,
        )

    def _remember(self, receipt: LogImport, events: NewFile | None, rejects: NewFile | None) -> None:
        state = self._state
        if events and receipt.first_time and receipt.last_time:
            span = microseconds(receipt.first_time), microseconds(receipt.last_time)
            log = self._stored(receipt.id, receipt.key_fields, receipt.whole_names, events)
            state.known.append(KnownLog(log, span, read_otherwise=False))
        if rejects:
            state.rejects_files[receipt.id] = rejects.partial
        state.digests[receipt.id] = receipt.file_sha256
        state.next_id += 1


def _new_events(staged: Staged, fields: FieldReader, compared: Unknown) -> tuple[NewFile | None, bool]:
    """Give the file of the events that are new, and whether each bears a key of its own."""
    if staged.events is None:
        return None, False
    if compared.events is None:
        return staged.events, not fields.key_fields
    staged.events.partial.unlink()
    return (compared.events if compared.events.rows else None), True


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return max(one[0], other[0]) <= min(one[1], other[1])


def _rows(file: NewFile | None) -> int:
    return file.rows if file else 0
