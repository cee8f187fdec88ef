"""What is looked at stays written down until it is in the event store, whatever ends the process that wrote it."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from audit.looks.look_journal import LookJournal, has_looks, looks_written, whole_files

FIRST, SECOND, THIRD = {"id": "1", "subject": "E1"}, {"id": "2", "subject": "E2"}, {"id": "3", "subject": "é\n"}


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[LookJournal]:
    """Give the journal of a process that lives."""
    made = LookJournal(tmp_path)
    yield made
    made.turn()


def test_what_was_written_is_read_at_once_and_in_order(journal: LookJournal, tmp_path: Path) -> None:
    assert not has_looks(tmp_path)
    journal.write([FIRST, SECOND])
    journal.write([THIRD])
    journal.keep()

    assert looks_written(tmp_path) == [FIRST, SECOND, THIRD]


def test_a_file_in_which_a_process_still_writes_is_no_whole_one(journal: LookJournal, tmp_path: Path) -> None:
    journal.write([FIRST])
    with whole_files(tmp_path) as files:
        assert files == []
    journal.turn()
    journal.write([SECOND])

    with whole_files(tmp_path) as files:
        assert [path.read_text().count("\n") for path in files] == [1]
    assert looks_written(tmp_path) == [FIRST, SECOND]


def test_a_whole_file_is_taken_by_one_at_a_time(journal: LookJournal, tmp_path: Path) -> None:
    journal.write([FIRST])
    journal.turn()

    with ExitStack() as both:
        assert len(both.enter_context(whole_files(tmp_path))) == 1
        assert both.enter_context(whole_files(tmp_path)) == []


def test_what_a_killed_process_left_half_written_is_cut_off(journal: LookJournal, tmp_path: Path) -> None:
    journal.write([FIRST])
    journal.turn()
    (path,) = (tmp_path / "looks").iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"id": "2", "subj')
    (tmp_path / "looks" / "torn.jsonl").write_bytes(b'{"id"')

    assert looks_written(tmp_path) == [FIRST]
    with whole_files(tmp_path) as files:
        assert files == [path]
    assert path.read_bytes() == whole
    assert [one.name for one in (tmp_path / "looks").iterdir()] == [path.name]
