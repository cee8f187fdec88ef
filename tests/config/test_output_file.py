"""A name that cannot be written is refused before the work begins, in a sentence; what stands there is not touched."""

import errno
import os
from pathlib import Path

import pytest

from config.errors import Conflict, Invalid
from config.output_file import check_target, folder_beside, put_in_place


def check(path: Path) -> str:
    return check_target(path, "A report is an Excel workbook", [".xlsx"])


def test_a_name_longer_than_the_disk_takes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"the name is longer than the disk takes\. Give a shorter one\."):
        check(tmp_path / f"{'n' * 251}.xlsx")


@pytest.mark.parametrize("place", [b"caf\xe9/report.xlsx", b"caf\xe9.xlsx"])
def test_a_name_that_is_no_text_is_refused_and_shown_as_it_is(tmp_path: Path, place: bytes) -> None:
    with pytest.raises(Invalid, match=r"the name .*caf\\xe9.* is not UTF-8 text"):
        check(tmp_path / os.fsdecode(place))


def test_a_name_in_any_script_is_taken(tmp_path: Path) -> None:
    assert check(tmp_path / "Zugriffe März 報告.XLSX") == ".xlsx"


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.EACCES, "files may not be made in .* Ask for the right to"),
        (errno.EROFS, "files may not be made in .* Ask for the right to"),
        (errno.ENOSPC, "the disk of .* is full. Make room"),
        (errno.EDQUOT, "the disk of .* is full. Make room"),
        (errno.EIO, "the disk answered “Input/output error”"),
    ],
)
def test_what_the_disk_answers_is_said_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str
) -> None:
    def answer(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "mkdir", answer)

    with pytest.raises(Invalid, match=sentence), folder_beside(tmp_path / "report.xlsx"):
        pass


def test_a_file_that_may_not_be_replaced_stays_and_is_said_to_be_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, whole = tmp_path / "report.xlsx", tmp_path / "whole"
    target.write_text("old")
    whole.write_text("new")

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr(os, "replace", refuse)

    with pytest.raises(Conflict, match="may not be replaced: it is open in another program"):
        put_in_place(target, whole)

    assert target.read_text() == "old"
