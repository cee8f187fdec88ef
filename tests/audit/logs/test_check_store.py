"""A file of the store that is not as its receipt says is named, and nothing is read from it."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from audit.logs.check_store import check_store
from config.errors import Conflict
from tests.audit.logs.importing_logs import HEADER, LINE, Logs

LATER = LINE.replace("17:00:00Z", "18:00:00Z")


def _stored(logs: Logs, kind: str = "events") -> list[Path]:
    return sorted((logs.settings.data_dir / kind).glob("*.parquet"))


def _remove(path: Path) -> None:
    path.unlink()


def _shorten(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 1)


def _change_a_byte(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 1
    path.write_bytes(whole)


def _change_a_byte_and_set_its_times_back(path: Path) -> None:
    before = path.stat()
    _change_a_byte(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize("kind", ["events", "names"])
@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (_remove, "is missing"),
        (_shorten, "bytes, but its receipt says"),
        (_change_a_byte, "was changed since|cannot be read"),
        (_change_a_byte_and_set_its_times_back, "was changed since|cannot be read"),
    ],
)
def test_a_file_that_is_not_as_its_receipt_says_is_named(
    logs: Logs, kind: str, tamper: Callable[[Path], None], said: str
) -> None:
    logs.add(HEADER + LINE)
    check_store(logs.session, logs.settings.data_dir)
    (path,) = _stored(logs, kind)

    tamper(path)

    with pytest.raises(Conflict, match=rf"^{kind}/{path.name} \(from .* of permits\) .*({said}).*from a backup"):
        check_store(logs.session, logs.settings.data_dir)


def test_files_that_changed_places_are_named(logs: Logs) -> None:
    logs.add(HEADER + LINE)
    logs.add(HEADER + LATER)
    first, second = _stored(logs)
    one, other = first.read_bytes(), second.read_bytes()

    first.write_bytes(other)
    second.write_bytes(one)

    with pytest.raises(Conflict, match=rf"{first.name}.*{second.name}"):
        check_store(logs.session, logs.settings.data_dir)


def test_what_was_found_right_is_digested_again_where_all_is_verified(logs: Logs) -> None:
    """A disk that loses a byte touches no time; nothing that is remembered of the file shows it."""
    logs.add(HEADER + LINE)
    assert len(check_store(logs.session, logs.settings.data_dir, digest_all=True)) == 2
    (path,) = _stored(logs)
    _change_a_byte(path)
    noted = logs.settings.data_dir / "cache" / "checked.json"
    known, now = json.loads(noted.read_text()), path.stat()
    known[f"events/{path.name}"][:4] = [now.st_size, now.st_mtime_ns, now.st_ctime_ns, now.st_ino]
    noted.write_text(json.dumps(known))

    check_store(logs.session, logs.settings.data_dir)
    with pytest.raises(Conflict, match=path.name):
        check_store(logs.session, logs.settings.data_dir, digest_all=True)
