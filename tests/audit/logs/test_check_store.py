"""A file of the store that is not as its receipt says is never used; what was noted of earlier checks may be lost."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from audit.logs.check_store import check_store
from audit.logs.event_store import stored_logs
from audit.logs.export_rejects import export_rejects
from audit.logs.file_kinds import FileKind
from config.errors import Conflict
from tests.audit.logs.importing_logs import HEADER, LINE, Logs, counts

LATER = LINE.replace("17:00:00Z", "18:00:00Z")
LOG = HEADER + LINE + LINE.replace("aolson", "mroe") + LINE.replace("17:00:00Z", "5 pm")


def _flip_a_bit_as_of_old(path: Path) -> None:
    """Change a byte and set the file's times back."""
    held, before = bytearray(path.read_bytes()), path.stat()
    held[len(held) // 2] ^= 1
    path.write_bytes(held)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _double_the_rows(path: Path) -> None:
    rows = pq.read_table(path)
    pq.write_table(pa.concat_tables([rows, rows]), path)


def _empty(path: Path) -> None:
    os.truncate(path, 0)


def _file(logs: Logs, kind: FileKind) -> Path:
    (path,) = (logs.settings.data_dir / kind).glob("*.parquet")
    return path


@pytest.mark.parametrize("kind", list(FileKind))
@pytest.mark.parametrize("tamper", [_flip_a_bit_as_of_old, _double_the_rows, _empty, Path.unlink])
def test_a_file_that_is_not_as_its_receipt_says_is_refused_by_name_by_all_that_use_the_store(
    logs: Logs, kind: FileKind, tamper: Callable[[Path], None]
) -> None:
    logs.add(LOG)
    path = _file(logs, kind)
    tamper(path)
    there, out = logs.stored(), logs.folder / "rejects.csv"

    for use in (
        lambda: stored_logs(logs.session, logs.settings.data_dir),
        lambda: export_rejects(logs.change, "permits", out),
        lambda: logs.add(LOG, "again.csv"),
    ):
        with pytest.raises(Conflict, match=rf"^{kind}/{path.name} \(from log.csv of permits\) .* from a backup"):
            use()
    assert logs.stored() == there
    assert not out.exists()


@pytest.mark.parametrize("note", ["", "{{", "[1]", "[" * 100_000, '{"events/x": 5}', "\ufeff{}"])
def test_a_note_of_earlier_checks_that_cannot_be_read_is_no_matter(logs: Logs, note: str) -> None:
    logs.add(LOG)
    (logs.settings.data_dir / "cache" / "checked.json").write_text(note)

    assert counts(logs.add(LOG)) == (3, 0, 2, 1, 0)


def test_where_no_note_of_checks_can_be_kept_files_are_used_all_the_same(logs: Logs) -> None:
    (logs.settings.data_dir / "cache").write_text("in the way")
    logs.add(LOG)

    assert counts(logs.add(LOG)) == (3, 0, 2, 1, 0)


def test_files_that_changed_places_are_named(logs: Logs) -> None:
    logs.add(HEADER + LINE)
    logs.add(HEADER + LATER)
    first, second = sorted((logs.settings.data_dir / FileKind.EVENTS).glob("*.parquet"))
    one, other = first.read_bytes(), second.read_bytes()

    first.write_bytes(other)
    second.write_bytes(one)

    with pytest.raises(Conflict, match=rf"{first.name}.*{second.name}"):
        check_store(logs.session, logs.settings.data_dir)


def test_what_was_found_right_is_digested_again_where_all_is_verified(logs: Logs) -> None:
    """A disk that loses a byte touches no time; nothing that is remembered of the file shows it."""
    logs.add(HEADER + LINE)
    assert len(check_store(logs.session, logs.settings.data_dir, digest_all=True)) == 2
    path = _file(logs, FileKind.EVENTS)
    _flip_a_bit_as_of_old(path)
    noted = logs.settings.data_dir / "cache" / "checked.json"
    known, now = json.loads(noted.read_text()), path.stat()
    known[f"events/{path.name}"][:4] = [now.st_size, now.st_mtime_ns, now.st_ctime_ns, now.st_ino]
    noted.write_text(json.dumps(known))

    check_store(logs.session, logs.settings.data_dir)
    with pytest.raises(Conflict, match=path.name):
        check_store(logs.session, logs.settings.data_dir, digest_all=True)
