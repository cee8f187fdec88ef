"""A corrected source: the same file is read anew, imports are taken back, and nothing is lost or doubled meanwhile."""

from datetime import timedelta

import pytest

from audit.logs.event_store import stored_logs
from config.errors import Conflict, NotFound
from tests.audit.logs.importing_logs import NOON, Logs, counts

HEAD = "time,account,resource,action\n"
ROWS = [f"2025-03-01 1{hour}:00:00,ann,case/{hour},view\n" for hour in range(6)]
A, B = HEAD + "".join(ROWS[:4]), HEAD + "".join(ROWS[2:])
PROFILE = "fields: {time: time, account: resource, resource: account, action: action}\n"


def _times(logs: Logs) -> list[str]:
    return sorted(event.time[11:13] for event in logs.events())


def test_the_same_file_is_read_anew_where_the_zone_was_corrected(logs: Logs) -> None:
    logs.add(A, "a.csv")
    logs.change_source(zone="America/Chicago")

    receipt = logs.add(A, "renamed.csv")

    assert str(receipt).endswith(
        "4 added, 0 already known, 0 unreadable. Read anew, this replaces import 1, which had added 4. Import 2."
    )
    assert _times(logs) == ["16", "17", "18", "19"]
    assert counts(logs.add(A, "a.csv")) == (4, 0, 4, 0, 0)


def test_what_counted_in_the_past_can_still_be_asked(logs: Logs) -> None:
    logs.add(A, "a.csv")
    before = NOON + timedelta(minutes=logs.minutes)
    logs.change_source(zone="America/Chicago")
    logs.add(A, "a.csv")

    then = stored_logs(logs.session, logs.settings.data_dir, at=before)
    now = stored_logs(logs.session, logs.settings.data_dir)

    assert ([log.import_id for log in then.logs], [log.import_id for log in now.logs]) == ([1], [2])


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_overlapping_files_are_read_anew_in_any_order(logs: Logs, order: str) -> None:
    files = {"a": A, "b": B}
    logs.add(A, "a.csv")
    assert counts(logs.add(B, "b.csv")) == (4, 2, 2, 0, 0)
    keys = sorted(logs.keys())
    logs.change_source(PROFILE, zone="America/Chicago")

    for name in order:
        logs.add(files[name], f"{name}.csv")
        assert len(logs.events()) == 6

    assert {event.account for event in logs.events()} == {f"case/{hour}" for hour in range(6)}
    assert _times(logs) == [str(hour) for hour in range(16, 22)]
    assert sorted(logs.keys()) == keys


def test_all_files_of_a_command_with_a_reread_among_them_are_one_commit(logs: Logs) -> None:
    logs.add(A, "a.csv")
    logs.change_source(zone="America/Chicago")
    (logs.folder / "bad.csv").write_text("foo,bar\n1,2\n")

    with pytest.raises(Exception, match=r"bad\.csv"):
        logs.add_files([logs.folder / "a.csv", logs.folder / "bad.csv"])

    assert _times(logs) == ["10", "11", "12", "13"]


def test_an_import_is_taken_back_and_its_file_imported_again(logs: Logs) -> None:
    logs.add(A, "a.csv")

    assert str(logs.undo(1)) == "Import 1 no longer counts. Findings follow at the next audit. Import 2."
    assert logs.events() == []
    assert counts(logs.add(A, "a.csv")) == (4, 4, 0, 0, 0)


def test_what_an_import_replaced_counts_again_when_it_is_taken_back(logs: Logs) -> None:
    logs.add(A, "a.csv")
    logs.add(B, "b.csv")
    logs.change_source(zone="America/Chicago")
    logs.add(A, "a.csv")

    undone = logs.undo(3)

    assert (str(undone).partition(".")[0], undone.number) == ("Import 3 no longer counts; import 1 counts again", 4)
    assert _times(logs) == ["10", "11", "12", "13", "14", "15"]
    logs.undo(4)
    assert _times(logs) == ["14", "15", "16", "17", "18", "19"]


def test_an_import_on_which_a_later_one_rests_is_not_taken_back(logs: Logs) -> None:
    logs.add(A, "a.csv")
    logs.add(B, "b.csv")

    with pytest.raises(Conflict, match=r"Import 2 \(b\.csv\) of permits had records as known already"):
        logs.undo(1)

    logs.undo(2)
    logs.undo(1)
    assert logs.events() == []


def test_an_import_rests_on_the_one_that_kept_its_unreadable_records(logs: Logs) -> None:
    logs.add(HEAD + "broken\n", "a.csv")
    logs.add(HEAD + "broken\n" + ROWS[0], "b.csv")

    with pytest.raises(Conflict, match="import 2 rests on it"):
        logs.undo(1)


def test_what_was_taken_back_or_read_anew_is_not_taken_back_again(logs: Logs) -> None:
    logs.add(A, "a.csv")
    logs.change_source(zone="America/Chicago")
    logs.add(A, "a.csv")

    with pytest.raises(Conflict, match=r"What import 1 did to a\.csv does not stand any more"):
        logs.undo(1)
    with pytest.raises(NotFound, match="Import 7 is none of a log"):
        logs.undo(7)


WITH_IDS = "fields: {event_id: id, time: time, account: account, resource: {text: r}, action: {text: view}}\n"


def test_records_with_one_id_and_other_fields_are_kept_as_unreadable(logs: Logs) -> None:
    logs.change_source(WITH_IDS)
    line = "7,2025-03-01T17:00:00Z,ann\n"
    first = logs.add(f"id,time,account\n{line}{line}{line.replace('ann', 'bo')}8,2025-03-01T17:00:00Z,bo\n", "a.csv")
    later = logs.add(f"id,time,account\n{line}{line.replace('ann', 'cy')}", "b.csv")

    assert (counts(first), counts(later)) == ((4, 2, 1, 1, 0), (2, 0, 1, 1, 0))
    assert [event.account for event in logs.events()] == ["ann", "bo"]
    assert [(reject.record, reject.raw) for reject in logs.rejects()] == [
        (3, line.replace("ann", "bo").strip()),
        (2, line.replace("ann", "cy").strip()),
    ]
    assert logs.rejects()[1].fault == (
        'has the id "7" of record 1 of an earlier import, but other fields, so it is another access'
    )


def test_records_read_before_the_source_was_changed_contradict_nothing(logs: Logs) -> None:
    logs.change_source(WITH_IDS)
    logs.add("id,time,account\n7,2025-03-01 17:00:00,ann\n", "a.csv")
    logs.change_source(WITH_IDS, zone="America/Chicago")

    assert counts(logs.add("id,time,account\n7,2025-03-01 17:00:00,ann\n\n", "b.csv")) == (1, 0, 1, 0, 0)
