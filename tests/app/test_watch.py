"""The command that takes the files of watched folders."""

import os
from pathlib import Path

from tests.app.commands import Thirteen


def test_a_look_at_watched_folders_that_refuses_a_file_ends_with_status_1(
    town_thirteen: Thirteen, tmp_path: Path
) -> None:
    folder = tmp_path / "watched" / "permits"
    folder.mkdir(parents=True)
    town_thirteen("source", "add", "permits", "--format", "csv")
    (folder / "a.csv").write_text("no log at all\n", encoding="utf-8")
    os.utime(folder / "a.csv", (0, 0))

    refused = town_thirteen("watch", "--folder", str(folder.parent), "--once")
    nothing = town_thirteen("watch", "--folder", str(folder.parent), "--once")

    assert (refused.status, nothing.status) == (1, 0)
    assert "was refused" in refused.out
