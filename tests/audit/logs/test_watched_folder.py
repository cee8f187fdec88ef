"""Watched folders: what has stopped growing is imported and moved; what is refused lies there with its reason."""

import os
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from audit.logs.watched_folder import take_watched
from config.errors import NotFound
from config.work import Installation
from tests.audit.logs.importing_logs import HEADER, LINE, UTC_ZONE, Logs

NOW = datetime(2025, 6, 2, tzinfo=UTC)


@pytest.fixture
def folder(logs: Logs, tmp_path: Path) -> Path:
    """Give the watched folder of the source."""
    logs.session.commit()
    folder = tmp_path / "watched" / "permits"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def installation(logs: Logs, folder: Path) -> Installation:
    settings = logs.settings.model_copy(update={"watched_dir": folder.parent})
    return Installation(settings, logs.engine, "test", lambda *_: UTC_ZONE, lambda _: None, lambda: NOW)


def put(folder: Path, name: str, text: str, *, seconds_ago: int = 61) -> None:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    written = (NOW - timedelta(seconds=seconds_ago)).timestamp()
    os.utime(path, (written, written))


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir())


def test_a_file_is_taken_once_it_grows_no_more_and_none_is_written_over(
    installation: Installation, folder: Path, logs: Logs
) -> None:
    put(folder, "march.csv", HEADER + LINE)
    put(folder, "growing.csv", HEADER + LINE, seconds_ago=59)
    put(folder, "april.csv.part", HEADER + LINE)
    (folder / "link.csv").symlink_to(folder.parent.parent / "elsewhere.csv")

    taken = take_watched(installation)
    put(folder, "march.csv", HEADER + LINE)
    again = take_watched(installation)

    assert (taken.imports, again.imports, len(logs.events())) == ([1], [], 1)
    assert "march.csv: 1 record read: 1 added" in taken.said[-1]
    assert again.said == ["march.csv of permits was imported already, by import 1; it adds nothing."]
    assert files(folder) == ["april.csv.part", "done/march-2.csv", "done/march.csv", "growing.csv", "link.csv"]


def test_a_refused_file_lies_with_its_reason_and_holds_up_no_other(
    installation: Installation, folder: Path, logs: Logs
) -> None:
    put(folder, "a.csv", "no log at all\n")
    put(folder, "b.csv", HEADER + LINE)

    taken = take_watched(installation)

    assert files(folder) == ["done/b.csv", "refused/a.csv", "refused/a.csv.reason.txt"]
    assert taken.said[0].startswith("a.csv of permits was refused: ")
    assert taken.refused == [folder / "refused" / "a.csv"]
    assert (folder / "refused" / "a.csv.reason.txt").read_text(encoding="utf-8").startswith("a.csv")
    assert len(logs.events()) == 1


def test_an_archive_of_several_logs_is_taken_whole(installation: Installation, folder: Path, logs: Logs) -> None:
    with zipfile.ZipFile(folder / "logs.zip", "w") as archive:
        archive.writestr("a.csv", HEADER + LINE)
        archive.writestr("b.csv", HEADER + LINE.replace("aolson", "bo"))
    written = (NOW - timedelta(minutes=2)).timestamp()
    os.utime(folder / "logs.zip", (written, written))

    assert take_watched(installation).imports == [1, 2]
    assert files(folder) == ["done/logs.zip"]
    assert len(logs.events()) == 2


def test_files_of_no_source_wait_and_a_folder_that_is_gone_is_told(installation: Installation, folder: Path) -> None:
    other = folder.with_name("permit")
    other.mkdir()
    put(other, "a.csv", HEADER + LINE)

    assert 'There is no source "permit"' in take_watched(installation).said[0]
    assert files(other) == ["a.csv"]

    folder.parent.rename(folder.parent.with_name("moved"))
    with pytest.raises(NotFound, match="is not there"):
        take_watched(installation)
