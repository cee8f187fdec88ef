"""An unreadable record that was exported, repaired and imported again leaves the list; undoing that brings it back."""

from pathlib import Path

import pytest
from sqlmodel import select

from audit.logs.list_sources import describe_source
from audit.logs.models import RepairedReject
from audit.logs.pair_records import pair_records
from tests.audit.logs.importing_logs import HEADER, LINE, Logs, counts

ROWS = [f"2025-03-0{day}T17:00:00Z,acc{day},case/{day},view,Ann {day},p,ws-{day}\n" for day in range(1, 6)]
BROKEN = [row.replace("T17:00", "T5 pm") for row in ROWS]


@pytest.fixture
def exported(logs: Logs) -> Path:
    """Give the file of three records that could not be read."""
    logs.add(HEADER + LINE + "".join(BROKEN[:3]), "march.csv")
    return logs.export("f.csv").files[0]


def _waiting(logs: Logs, name: str = "again.csv") -> list[str]:
    files = logs.export(name).files
    return files[0].read_text().splitlines(keepends=True)[1:] if files else []


@pytest.mark.parametrize("name", ["f.csv", "mended.csv"])
def test_records_repaired_in_place_leave_the_list(logs: Logs, exported: Path, name: str) -> None:
    receipt = logs.add(exported.read_text().replace("T5 pm", "T17:00"), name)

    assert str(receipt) == (
        f"{name}: 3 records read: 3 added, 0 already known, 0 unreadable. 3 records repaired. Import 2."
    )
    assert _waiting(logs) == []
    assert describe_source(logs.session, logs.source, logs.settings.data_dir).unreadable == 0


def test_of_a_file_with_lines_deleted_the_others_stay_listed(logs: Logs, exported: Path) -> None:
    lines = exported.read_text().splitlines(keepends=True)

    logs.add(lines[0] + lines[3].replace("T5 pm", "T17:00") + lines[1].replace("T5 pm", "T17:00"), "mended.csv")

    assert _waiting(logs) == [BROKEN[1]]


def test_a_record_that_came_back_as_it_was_stays_one(logs: Logs, exported: Path) -> None:
    receipt = logs.add(exported.read_text().replace(BROKEN[0], ROWS[0]), "mended.csv")

    assert (counts(receipt), receipt.repaired) == ((3, 1, 0, 2, 0), 1)
    assert _waiting(logs) == BROKEN[1:3]


def test_a_record_that_still_cannot_be_read_takes_the_place_of_the_older(logs: Logs, exported: Path) -> None:
    worse = BROKEN[1].replace("T5 pm", "T17 o'clock")
    receipt = logs.add(exported.read_text().replace(BROKEN[1], worse), "mended.csv")

    assert receipt.repaired == 0
    assert receipt.notices[-2].startswith("1 record came back changed but still cannot be read; it takes the place")
    assert sorted(_waiting(logs)) == sorted([BROKEN[0], BROKEN[2], worse])

    logs.undo(2)
    assert _waiting(logs, "undone.csv") == BROKEN[:3]


def test_undoing_the_repair_lists_the_records_again_and_undoing_that_does_not(logs: Logs, exported: Path) -> None:
    logs.add(exported.read_text().replace("T5 pm", "T17:00"), "mended.csv")

    logs.undo(2)
    assert (_waiting(logs), len(logs.events())) == (BROKEN[:3], 1)
    logs.undo(3)
    assert (_waiting(logs, "third.csv"), len(logs.events())) == ([], 4)
    assert len(logs.session.exec(select(RepairedReject)).all()) == 3


def test_a_log_read_anew_does_not_list_again_what_was_repaired(logs: Logs, exported: Path) -> None:
    logs.add(exported.read_text().replace("T5 pm", "T17:00"), "mended.csv")
    logs.change_source(zone="America/Chicago")

    receipt = logs.add(HEADER + LINE + "".join(BROKEN[:3]), "march.csv")
    assert receipt.notices == ("3 of the unreadable records came in repaired before; they are not listed again.",)
    assert (receipt.remedy, _waiting(logs)) == (None, [])
    logs.add((logs.folder / "mended.csv").read_text(), "mended.csv")
    assert (_waiting(logs, "third.csv"), len(logs.events())) == ([], 4)


def test_another_log_of_as_many_records_repairs_nothing(logs: Logs, exported: Path) -> None:
    assert exported.exists()
    others = "".join(f"2025-04-0{day}T09:15:0{day}Z,other{day},map/{day},view,,,pc-{day}\n" for day in range(1, 4))

    assert logs.add(HEADER + others, "april.csv").repaired == 0
    assert _waiting(logs) == BROKEN[:3]


def test_a_record_refused_for_its_id_leaves_the_list_once_it_has_one_of_its_own(logs: Logs) -> None:
    fields = "".join(f"  {name}: {name}\n" for name in ("time", "account", "resource", "action"))
    logs.change_source(f"fields:\n  event_id: id\n{fields}")
    head = "id,time,account,resource,action\n"
    logs.add(f"{head}1,2025-03-01T10:00:00Z,ann,a,view\n1,2025-03-01T11:00:00Z,bob,b,view\n")
    path = logs.export("f.csv").files[0]
    assert path.read_text() == f"{head}1,2025-03-01T11:00:00Z,bob,b,view\n"

    assert logs.add_file(path).repaired == 0
    assert logs.add(path.read_text().replace("\n1,", "\n2,"), "f2.csv").repaired == 1
    assert (_waiting(logs), len(logs.events())) == ([], 2)


def test_a_document_that_was_cut_off_is_known_by_its_beginning(logs: Logs) -> None:
    logs.change_source(log_format="jsonl")
    whole = '{"time": "2025-03-01T10:00:00Z", "account": "ann", "resource": "a", "action": "view"}\n'
    logs.add(whole + '{"time": "2025-03-02T1\n', "log.jsonl")
    path = logs.export("f.jsonl").files[0]

    path.write_text(whole.replace("03-01T10", "03-02T11"))

    assert logs.add_file(path).repaired == 1


def test_records_are_paired_by_place_else_by_text() -> None:
    old = ["x;ann;a", "y;ann;b", "z;ann;c"]

    assert pair_records(["1;ann;a", "2;ann;b", "3;ann;c"], old, same_name=False) == [0, 1, 2]
    assert pair_records(["3;ann;c", "1;ann;a"], old, same_name=False) == [2, 0]
    assert pair_records(["1;ann;a", "2;bob;q"], old, same_name=True) is None
    assert pair_records(["rewritten", "from", "paper"], old, same_name=True) == [0, 1, 2]
