"""The decisions handed on: every event once, in a stated order and form, each with the grant it rests on."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from audit.rules import VERDICT_OF
from config.errors import Invalid
from reports.write_decisions import DecisionsRequest, write_decisions
from tests.databases import on_both
from tests.town import NOW, REASONS, Town

HEADINGS = (
    "event_id,source,file,record,time,account,employee_id,resource,series,action,subject,purpose,verdict,reason,grant"
)


def written(
    town: Town, out: Path, *, start: datetime | None = None, end: datetime | None = None, known_at: datetime = NOW
) -> list[dict[str, str]]:
    """Write the decisions to a CSV file and give its rows."""
    number = write_decisions(town.session, DecisionsRequest(out, start, end, known_at), town.settings)
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == number
    return rows


@on_both
def test_every_event_is_written_once_with_its_verdict_and_reason(town: Town, tmp_path: Path) -> None:
    rows = written(town, tmp_path / "decisions.csv")

    assert {int(row["record"]): row["reason"] for row in rows} == REASONS
    assert [row["verdict"] for row in rows] == [VERDICT_OF[row["reason"]] for row in rows]
    assert [int(row["record"]) for row in rows] == sorted(REASONS)


def test_a_row_says_who_did_what_to_which_data_when_and_by_which_grant(read_only_town: Town, tmp_path: Path) -> None:
    rows = written(read_only_town, tmp_path / "decisions.csv")

    assert (tmp_path / "decisions.csv").read_text("utf-8").splitlines()[0] == HEADINGS
    assert {name: value for name, value in rows[1].items() if name != "event_id"} == {
        "source": "cad",
        "file": "cad.csv",
        "record": "2",
        "time": "2025-03-05T16:00:00.250000Z",
        "account": "CITY\\blarson",
        "employee_id": "E2",
        "resource": "case/1",
        "series": "S1",
        "action": "view",
        "subject": "C-1",
        "purpose": "",
        "verdict": "authorized",
        "reason": "assigned",
        "grant": "temporary-duty:1",
    }
    assert len({row["event_id"] for row in rows}) == len(rows)


def test_the_grant_is_named_where_one_decided_and_nowhere_else(read_only_town: Town, tmp_path: Path) -> None:
    rows = written(read_only_town, tmp_path / "decisions.csv")

    named = {row["reason"] for row in rows if row["grant"]}
    assert named == {"assigned", "officer_duty", "backdated"}
    assert {row["grant"].partition(":")[0] for row in rows if row["grant"]} == {
        *("inventory", "temporary-duty", "officer-duty")
    }


def test_text_that_looks_like_a_formula_is_written_as_it_is(read_only_town: Town, tmp_path: Path) -> None:
    rows = written(read_only_town, tmp_path / "decisions.csv")

    assert rows[9]["purpose"] == "=payroll"


def test_a_parquet_file_holds_the_same_with_times_as_instants(read_only_town: Town, tmp_path: Path) -> None:
    rows = written(read_only_town, tmp_path / "decisions.csv")
    request = DecisionsRequest(tmp_path / "decisions.parquet", None, None, NOW)
    write_decisions(read_only_town.session, request, read_only_town.settings)

    kept = pq.read_table(request.out).to_pylist()

    assert ",".join(kept[0]) == HEADINGS
    assert kept[1]["time"] == datetime(2025, 3, 5, 16, 0, 0, 250_000, tzinfo=UTC)
    texts = [
        {name: "" if value is None else str(value) for name, value in row.items() if name != "time"} for row in kept
    ]
    assert texts == [{name: value for name, value in row.items() if name != "time"} for row in rows]


def test_a_range_holds_its_start_and_not_its_end(read_only_town: Town, tmp_path: Path) -> None:
    start, end = datetime(2025, 4, 2, 15, tzinfo=UTC), datetime(2025, 4, 4, 14, tzinfo=UTC)

    rows = written(read_only_town, tmp_path / "decisions.csv", start=start, end=end)

    assert [int(row["record"]) for row in rows] == [3, 4, 5]


def test_a_log_of_which_every_record_was_kept_is_numbered_like_one_with_rejects(town: Town, tmp_path: Path) -> None:
    whole = ["time,account,resource,action", *(f"2025-05-{day:02d} 08:00,aolson,case/9,view" for day in range(1, 6))]
    town.log("\n".join(whole), source="whole", name="whole.csv")
    longer = [*whole, "never,aolson,case/9,view", "2025-05-06 08:00,aolson,case/9,view"]
    town.log("\n".join(longer), source="whole", name="longer.csv")

    rows = written(town, tmp_path / "decisions.csv")

    numbers = [(row["source"], row["file"], int(row["record"])) for row in rows]
    assert numbers == sorted(numbers)
    assert [number for _, file, number in numbers if file == "whole.csv"] == [1, 2, 3, 4, 5]
    assert [number for _, file, number in numbers if file == "longer.csv"] == [7]


def test_a_record_with_an_id_of_its_own_keeps_it(town: Town, tmp_path: Path) -> None:
    profile = "fields: {event_id: id, time: time, account: account, resource: resource, action: action}"
    town.log(
        "id,time,account,resource,action\nA-17,2025-05-01 08:00,aolson,case/9,view",
        source="profiled",
        profile=profile,
        name="ids.csv",
    )

    rows = written(town, tmp_path / "decisions.csv")

    assert [row["event_id"] for row in rows if row["file"] == "ids.csv"] == ["A-17"]


def test_what_was_known_later_does_not_count_before(town: Town, tmp_path: Path) -> None:
    later = datetime(2025, 7, 5, tzinfo=UTC)
    town.enter("resources", "system,pattern,series\ncad,archive/*,S1", at=later)

    before = {row["record"]: row["reason"] for row in written(town, tmp_path / "before.csv")}
    after = {row["record"]: row["reason"] for row in written(town, tmp_path / "after.csv", known_at=later)}

    assert (before["8"], after["8"]) == ("uninventoried_resource", "assigned")


def test_without_events_there_are_headings_and_no_rows(town: Town, tmp_path: Path) -> None:
    long_ago = datetime(2001, 1, 1, tzinfo=UTC)

    assert written(town, tmp_path / "decisions.csv", end=long_ago) == []
    assert (tmp_path / "decisions.csv").read_text("utf-8") == f"{HEADINGS}\n"


@pytest.mark.parametrize("name", ["decisions.txt", "decisions", "missing/decisions.csv"])
def test_a_file_that_cannot_be_written_is_refused_with_what_to_do(
    read_only_town: Town, tmp_path: Path, name: str
) -> None:
    with pytest.raises(Invalid, match=r"must end in \.csv or \.json or \.parquet|There is no folder .*: make it first"):
        written(read_only_town, tmp_path / name)


def test_a_range_that_ends_before_it_begins_is_refused_and_the_old_file_stands(
    read_only_town: Town, tmp_path: Path
) -> None:
    out = tmp_path / "decisions.csv"
    out.write_text("old", "utf-8")

    with pytest.raises(Invalid, match="must end after it begins"):
        written(read_only_town, out, start=NOW, end=NOW)

    assert out.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [out]
