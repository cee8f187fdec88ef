"""The demo: the whole main job on a sample city, slips put right, nothing missed, nothing wrongly flagged."""

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.sample_city.sign_ins import PASSWORD
from audit.logs.profiles.reading import read_profile
from reports.produce_report import REPORTS
from tests.app.commands import run


def demo(monkeypatch: pytest.MonkeyPatch, folder: Path) -> int:
    """Run the demo on as small a city as it takes."""
    return run(monkeypatch, "demo", "--folder", str(folder), "--events", "1000", "--employees", "60")


def test_the_demo_puts_slips_right_finds_what_was_planted_and_nothing_else_and_writes_every_workbook(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = tmp_path / "city"
    assert demo(monkeypatch, folder) == 0

    lines = capsys.readouterr().out.splitlines()
    (in_all,) = [line.split() for line in lines if line.startswith("in all")]
    planted, found, missed, wrong = in_all[2:]
    assert (planted == found, missed, wrong) == (True, "0", "0")
    (roster,) = [line for line in lines if line.startswith("roster-2025-10-01.csv")]
    assert "As of 1 October 2025: 0 hired, 1 left, 1 back, 1 moved" in roster
    steps = [line.partition(".")[0] for line in lines if line.partition(". ")[0].isdigit()]
    assert steps == [f"{number}" for number in range(1, 13)]
    assert "    User ID -> account: " in "\n".join(lines)  # what the ledger's log turned out to be
    assert read_profile((folder / "ledger.yaml").read_text("utf-8"), "ledger.yaml").format == "csv"
    not_seen = lines[lines.index("$ thirteen coverage") :]
    assert any(line.startswith("No records of landdesk between ") for line in not_seen)
    _hold_published(lines)
    corrections = lines[lines.index("$ thirteen source set ledger --time-zone America/Chicago") :]
    assert any("Read anew, this replaces import 15, which had added 110. Import 17." in line for line in corrections)
    assert (folder / "watched" / "ledger" / "done" / "ledger.csv").is_file()
    assert "  officer_without_duty             2 ->       1" in corrections  # flagged for the wrong clock alone
    (taken_back,) = [line for line in corrections if " is taken back: " in line]
    assert taken_back.startswith("Import 18 (resources resources-sorted-wrong.csv) is taken back: 148 of its rows")
    assert "172 of 172 patterns mean what they meant before." in corrections
    (replaced,) = [line for line in corrections if line.startswith("work-access.csv: ")]
    assert "4 added, 0 changed, 277 unchanged, 0 refused. 4 withdrawn." in replaced
    assert "  action_exceeds_assignment        0 ->       1" in corrections  # let through by the file that was too wide
    with (folder / "city" / "truth.csv").open(encoding="utf-8", newline="") as file:
        stories = {row["story"] for row in csv.DictReader(file)}
    assert stories >= {
        "A login of somebody who was on the roster no more",
        "Opens what the position before was for, as the roster says",
    }
    assert any(line.endswith(f"--data-dir {folder / 'thirteen-data'} findings") for line in lines)
    assert PASSWORD in lines[-1]
    about = {name: list(load_workbook(folder / f"{name}.xlsx")["About"].values) for name in REPORTS}
    officers = [row[1] for row in about["inventory"] if row[0] == "Responsible authority"]
    assert officers == [officers[0]] * 2  # as the entity was described, and as its officers' file says


def _hold_published(lines: list[str]) -> None:
    published = lines[lines.index("$ thirteen inventory difference --from 1 --to 2") :]
    assert "    name: “Sales Listing Sheets” -> “Sales Verification Sheets”" in published
    assert "  retired: Weekly Manager's Letter (WEEKLY-MANAGERS-LETTER)" in published
    (review,) = [line for line in published if line.startswith("Access review: ")]
    assert " are answered for: " in review
    (of_inventory,) = [line for line in published if line.startswith("Review of the inventory: ")]
    assert " data series are answered for." in of_inventory
    assert any(" asks to view Closed Meeting Recordings through " in line for line in published)


def test_the_demo_clears_its_own_folder_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "thesis.txt").write_text("mine")

    assert demo(monkeypatch, tmp_path) == 1

    assert "holds files that no demo wrote" in capsys.readouterr().err
    assert (tmp_path / "thesis.txt").read_text() == "mine"
