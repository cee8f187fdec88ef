"""Importing where the disk is full or nothing may be written: said plainly, and no file is left."""

import random
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from config.errors import Conflict
from tests.audit.logs.importing_logs import HEADER, LINE, Logs
from tests.permissions import read_only


@pytest.fixture
def apart(logs: Logs, tmp_path: Path) -> Logs:
    """Give logs whose data folder holds no database, so that it can be closed to writing by itself."""
    folder = tmp_path / "apart"
    folder.mkdir()
    for lock in ("lock", "lock-imports"):
        (folder / lock).touch()
    logs.settings = logs.settings.model_copy(update={"data_dir": folder})
    return logs


@contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """Let no file grow beyond so many bytes until the block ends, as if the disk were full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_is_said_plainly_and_leaves_no_file(apart: Logs) -> None:
    texts = random.Random(13)  # noqa: S311 - texts that do not pack well, nothing secret
    lines = (LINE.replace("Ann Smith", texts.randbytes(1_000).hex()) for _ in range(1_000))

    log = apart.folder / "log.csv"
    log.write_text(HEADER + "".join(lines))

    with no_file_beyond(1 << 20), pytest.raises(Conflict) as refusal:
        apart.add_file(log)

    assert str(refusal.value) == "The disk is full. Nothing was changed; free some space and try again."
    assert apart.stored() == []


def test_a_folder_that_cannot_be_written_to_is_said_plainly(apart: Logs) -> None:
    events = apart.settings.data_dir / "events"
    events.mkdir()

    with read_only(events), pytest.raises(Conflict, match=r"^The folder cannot be written to \(") as refusal:
        apart.add(HEADER + LINE)

    assert str(refusal.value).endswith("Nothing was changed; give this account write permission.")


def test_a_data_folder_in_which_no_folder_can_be_made_is_said_plainly(apart: Logs) -> None:
    with read_only(apart.settings.data_dir):
        for lock in apart.settings.data_dir.iterdir():
            lock.chmod(0o644)
        with pytest.raises(Conflict, match=r"^The folder cannot be written to \("):
            apart.add(HEADER + LINE)
