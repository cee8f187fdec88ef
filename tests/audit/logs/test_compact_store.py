"""Putting files together changes nothing of what they hold: who asks, audits or takes back is answered as before."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from audit.logs.check_store import check_store
from audit.logs.event_store import Store, stored_logs
from audit.logs.file_kinds import FileKind
from audit.logs.keeping.compact_store import Compacted, compact_store
from audit.logs.models import LogImport, ReplacedFile, StoredFile
from audit.logs.new_files import ParquetFile
from audit.logs.undo_logs import undo_logs
from audit.run_audit import AuditRequest
from config.database import connect
from config.errors import Conflict
from reports.write_decisions import DecisionsRequest, write_decisions
from tests.audit.auditing import found, log
from tests.databases import on_both
from tests.installing import audit, installed
from tests.town import IMPORTED, NOW, Town

MARCH = ("2025-03-03 12:00,aolson,case/1,view,Ann Berg,", "2025-03-04 12:00,cdale,bid/3,view,C-2,")
APRIL = ("2025-04-03 12:00,aolson,case/2,view,C-3,", "2025-03-05 12:00,newbie,bid/9,view,C-4,")


@pytest.fixture
def filled(town: Town) -> Town:
    """Give the town with two more logs, one of which is of two months."""
    log(town, *MARCH, at=IMPORTED + timedelta(hours=1))
    log(town, *APRIL, at=IMPORTED + timedelta(hours=2))
    return town


def put_together(town: Town, *, drop: bool = False, days: int = 0) -> Compacted:
    """Put the town's files together, some days later."""
    at = NOW + timedelta(days=days)
    compacted = compact_store(installed(town.session, town.settings, at), drop_at_once=drop)
    town.session.expire_all()
    return compacted


def exported(town: Town) -> bytes:
    """Give the decisions as they are exported."""
    out = town.folder / "decisions.csv"
    write_decisions(town.session, DecisionsRequest(out, None, None, NOW), town.settings)
    return out.read_bytes()


def files_of(town: Town, kind: FileKind) -> list[str]:
    """Name the files of the store that are there."""
    return sorted(path.name for path in (town.settings.data_dir / kind).iterdir())


@on_both
def test_decisions_are_the_same_to_the_byte_and_each_month_is_one_file(filled: Town) -> None:
    before = exported(filled)

    compacted = put_together(filled, drop=True)

    assert exported(filled) == before
    listed = filled.session.exec(select(StoredFile).where(StoredFile.kind == FileKind.EVENTS)).all()
    months = sorted(one.month for one in listed)
    assert (len(months), months) == (len(set(months)), sorted(set(months)))
    assert files_of(filled, FileKind.EVENTS) == sorted(one.name for one in listed)
    assert len(files_of(filled, FileKind.NAMES)) == 1
    assert str(compacted) == "6 files of 1 source were put together into 6."
    check_store(filled.session, filled.settings.data_dir, digest_all=True)


def test_files_that_were_put_together_are_left_alone_until_others_come(filled: Town) -> None:
    put_together(filled, drop=True)
    before = files_of(filled, FileKind.EVENTS)

    assert str(put_together(filled, drop=True)) == "There are no files to be put together."
    assert files_of(filled, FileKind.EVENTS) == before


def test_an_audit_goes_on_from_what_was_decided_before_files_were_put_together(filled: Town) -> None:
    filled.audit()
    put_together(filled, drop=True)
    log(filled, "2025-03-06 12:00,cdale,bid/4,view,C-9,")

    (said,) = (notice for notice in filled.audit().notices if "decided anew" in notice)

    assert said.startswith("1 of ")


def test_an_import_is_taken_back_out_of_a_month_s_file_and_put_back(filled: Town) -> None:
    filled.audit()
    before, findings = exported(filled), found(filled)
    put_together(filled, drop=True)
    newest = max(stored(filled).logs, key=lambda one: one.import_id)

    number = number_of(filled, 3)
    with installed(filled.session, filled.settings, NOW).change() as work:
        undone = undo_logs(work, number)
    filled.session.expire_all()
    assert newest.import_id not in {one.import_id for one in stored(filled).logs}
    assert b"newbie" not in exported(filled)

    with installed(filled.session, filled.settings, NOW + timedelta(minutes=1)).change() as work:
        undo_logs(work, undone.number or 0)
    filled.session.expire_all()
    filled.audit(at=NOW + timedelta(minutes=2))
    assert (exported(filled), found(filled)) == (before, findings)


def test_what_was_known_in_the_past_stays_known(filled: Town) -> None:
    request = AuditRequest(logs_known_at=IMPORTED + timedelta(hours=1), whole=True)
    before = audit(filled.session, filled.settings, request, NOW).counts
    number = number_of(filled, 2)
    with installed(filled.session, filled.settings, NOW).change() as work:
        undo_logs(work, number)
    put_together(filled, drop=True)

    assert audit(filled.session, filled.settings, request, NOW + timedelta(minutes=5)).counts == before


def test_files_that_are_replaced_stay_for_a_week(filled: Town) -> None:
    opened = stored(filled)
    put_together(filled)
    assert all(file.path.exists() for one in opened.logs for file in one.files)

    put_together(filled, days=6)
    assert all(file.path.exists() for one in opened.logs for file in one.files)
    put_together(filled, days=7)

    assert not any(file.path.exists() for one in opened.logs for file in one.files)
    assert filled.session.exec(select(ReplacedFile)).all() == []


def test_a_database_of_before_still_finds_its_files(filled: Town) -> None:
    """As where it is brought back from a backup; what it does not list is set aside then, as after any import."""
    before = filled.folder / "before.sqlite"
    filled.session.commit()
    there = filled.settings.data_dir / "thirteen.sqlite"
    with closing(sqlite3.connect(there)) as known, closing(sqlite3.connect(before)) as copy:
        known.backup(copy)
    put_together(filled)

    engine = connect(f"sqlite:///{before}")
    with Session(engine) as session:
        assert check_store(session, filled.settings.data_dir)
    engine.dispose()


@pytest.mark.parametrize("at", ["put_in_place", "replace_files"])
def test_where_it_fails_nothing_was_changed(filled: Town, monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    before, files = exported(filled), files_of(filled, FileKind.EVENTS)

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(f"audit.logs.keeping.compact_store.{at}", fail)
    with pytest.raises(Conflict, match="disk is full"):
        put_together(filled)

    assert (exported(filled), files_of(filled, FileKind.EVENTS)) == (before, files)


def test_a_lost_row_is_noticed(filled: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audit.logs.keeping.put_together._ROWS_AT_ONCE", 1)
    monkeypatch.setattr("audit.logs.keeping.put_together.ParquetFile.write", _loses_rows())
    files = files_of(filled, FileKind.EVENTS)

    with pytest.raises(Conflict, match="were read again while files were put together"):
        put_together(filled)

    assert files_of(filled, FileKind.EVENTS) == files


def _loses_rows() -> Callable[..., None]:
    write, seen = ParquetFile.write, []

    def write_some(self: ParquetFile, rows: object) -> None:
        seen.append(rows)
        if len(seen) != 2:
            write(self, rows)

    return write_some


def number_of(town: Town, import_id: int) -> int:
    """Give the number of an imported log in the list of imports."""
    return town.session.get_one(LogImport, import_id).number or 0


def stored(town: Town) -> Store:
    """Give the town's stored logs."""
    return stored_logs(town.session, town.settings.data_dir)
