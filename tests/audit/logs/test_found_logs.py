"""Folders, patterns of names and ZIP archives of logs: which files are read, and what is left out or refused."""

import gzip
import io
import stat
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import Workbook

from audit.logs.found_logs import found_logs
from audit.logs.profiles.language import plain_profile
from config.errors import Invalid
from tests.audit.logs.importing_logs import HEADER, LINE, Logs

ANN, BO, CY = (HEADER + LINE.replace("aolson", name) for name in ("ann", "bo", "cy"))


def _zip(members: Mapping[str, bytes | str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _refused(logs: Logs, content: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        logs.add(content, "logs.zip")
    assert logs.stored() == []
    return str(refused.value)


def test_each_log_in_an_archive_has_a_receipt_of_its_own_and_what_is_none_is_named(logs: Logs) -> None:
    inner = _zip({"cy": CY})
    path = logs.folder / "logs.zip"
    packed = gzip.compress(BO.encode())
    path.write_bytes(_zip({"march/ann": ANN, "bo": packed, "inner.zip": inner, "README": "Read me."}))

    receipts = logs.add_files([path])

    assert [receipt.file_name for receipt in receipts] == ["logs.zip/march/ann", "logs.zip/bo", "logs.zip/inner.zip/cy"]
    assert [event.account for event in logs.events()] == ["ann", "bo", "cy"]
    assert receipts[0].notices[0].startswith("Left out: logs.zip/README has no column")
    assert [receipt.already_known for receipt in logs.add_files([path])] == [1, 1, 1]


def test_a_packed_workbook_is_unpacked_in_the_data_folder_alone(logs: Logs, monkeypatch: pytest.MonkeyPatch) -> None:
    logs.change_source(log_format="xlsx")
    held, book = io.BytesIO(), Workbook()
    for line in (HEADER, LINE):
        book.worksheets[0].append(line.strip().split(","))
    book.save(held)
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")

    assert logs.add(gzip.compress(held.getvalue()), "march.xlsx.gz").added == 1
    assert [*(logs.settings.data_dir / "spill").iterdir()] == []


def test_a_folder_and_a_pattern_mean_the_logs_in_them(logs: Logs, tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    (folder / "march").mkdir(parents=True)
    for name, content in {"march/a.csv": ANN, "b.csv": BO, ".hidden.csv": CY, "notes.txt": "Nothing."}.items():
        (folder / name).write_text(content)

    (first, second) = logs.add_files([folder])

    assert [first.file_name, second.file_name] == ["b.csv", "a.csv"]
    assert first.notices[0].startswith("Left out: notes.txt has no column")
    assert [one.file_name for one in logs.add_files([folder / "*.csv"])] == ["b.csv"]


def test_a_folder_without_any_log_is_refused_with_the_reason(logs: Logs, tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "notes.txt").write_text("Nothing.")

    with pytest.raises(
        Invalid, match=r"^[\w.-]+ has no log of the source in it; nothing was imported\. notes\.txt has no column"
    ):
        logs.add_files([tmp_path / "logs"])


def test_a_damaged_log_in_a_folder_is_refused_and_not_left_out(logs: Logs, tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "a.csv").write_text(ANN)
    (tmp_path / "logs" / "b.csv.gz").write_bytes(gzip.compress(BO.encode())[:20])

    with pytest.raises(Invalid, match=r"b\.csv\.gz is damaged or cut off"):
        logs.add_files([tmp_path / "logs"])

    assert logs.stored() == []


def test_archives_that_no_one_should_unpack_are_refused(logs: Logs) -> None:
    whole = _zip({"ann": ANN})
    encrypted = bytearray(whole)
    for sign, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        encrypted[encrypted.index(sign) + flag] |= 1

    assert "logs.zip/bomb would unpack to far more than" in _refused(logs, _zip({"bomb": bytes(70 << 20)}))
    assert "is a ZIP archive in one that is in one itself" in _refused(
        logs, _zip({"a.zip": _zip({"b.zip": _zip({"ann": ANN})})})
    )
    assert "logs.zip/ann is encrypted" in _refused(logs, bytes(encrypted))
    assert "logs.zip is a damaged or cut-off ZIP archive" in _refused(logs, whole[:-30])


def test_names_in_an_archive_lead_nowhere_else(logs: Logs) -> None:
    (receipt,) = logs.add_files([_written(logs, _zip({"../../etc/ann": ANN}))])

    assert receipt.file_name == "logs.zip/etc/ann"


def _written(logs: Logs, content: bytes) -> Path:
    path = logs.folder / "logs.zip"
    path.write_bytes(content)
    return path


def test_an_archive_is_unpacked_within_the_data_folder_and_for_this_account_alone(tmp_path: Path) -> None:
    archive, place = tmp_path / "logs.zip", tmp_path / "data" / "spill"
    archive.write_bytes(_zip({"ann.csv": ANN}))

    with found_logs([archive], plain_profile("csv"), place) as found:
        (unpacked,) = place.iterdir()
        assert found.paths[0].is_relative_to(unpacked)
        assert stat.S_IMODE(unpacked.stat().st_mode) == stat.S_IRWXU

    assert list(place.iterdir()) == []
