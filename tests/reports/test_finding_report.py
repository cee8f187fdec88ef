"""The workbook of one finding: one sheet with the sentence, the drawing as a picture, and tables that say the same."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image
from sqlmodel import select

from audit.models import Finding
from config.errors import Invalid, NotFound
from tests.reports.test_produce_report import produced
from tests.town import Town


def key_of(town: Town, reason: str) -> str:
    return town.session.exec(select(Finding.key).where(Finding.reason == reason)).one()


def texts_of(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_one_finding_is_one_sheet_with_its_drawing_and_tables_that_say_the_same(town: Town, tmp_path: Path) -> None:
    out, key = tmp_path / "finding.xlsx", key_of(town, "assignment_ended")

    written = produced(town, "findings", out, finding=key[:8])

    assert [sheet.name for sheet in written.sheets] == ["Finding"]
    sheet = load_workbook(out).worksheets[0]
    texts = texts_of(sheet)
    assert texts[0] == f"Finding {key}: possible unauthorized access"
    assert texts[1].startswith("A temporary duty of Ann Olson covered Bids until it was revoked")
    for told in ("Temporary duty", "from 1 March 2025 through 4 March 2025", "cad: cad.csv"):
        assert told in texts
    (image,) = vars(sheet)["_images"]
    assert image.anchor._from.row < next(cell.row for cell in sheet["A"] if cell.value == "Grant")  # noqa: SLF001
    with Image.open(BytesIO(image._data())) as picture:  # noqa: SLF001
        assert picture.width > 2_000  # fine enough to be printed


def test_one_finding_twice_is_the_same_file(town: Town, tmp_path: Path) -> None:
    key = key_of(town, "assignment_ended")

    digests = {produced(town, "findings", tmp_path / f"{name}.xlsx", finding=key).sha256 for name in "ab"}

    assert len(digests) == 1


def test_one_finding_takes_no_range_and_another_report_no_finding(town: Town, tmp_path: Path) -> None:
    key = key_of(town, "assignment_ended")
    for name, options in (("findings", {"finding": key, "run": 1}), ("inventory", {"finding": key})):
        with pytest.raises(Invalid, match="takes no"):
            produced(town, name, tmp_path / "x.xlsx", **options)
    with pytest.raises(NotFound):
        produced(town, "findings", tmp_path / "x.xlsx", finding="0000000000")
