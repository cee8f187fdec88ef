"""A record that the store has already adds nothing, and one that only resembles it is another access."""

from functools import partial

import pytest

from audit.logs.names import SourceNames
from tests.audit.logs.importing_logs import HEADER, LINE, Logs, counts
from tests.databases import on_both

OTHER = LINE.replace("aolson", "blarson")
UNREADABLE = LINE.replace("2025-03-01T17:00:00Z", "yesterday")
WITH_IDS = """
fields: {event_id: id, time: time, account: account, resource: {text: permits}, action: {text: view}}
"""

WITH_MEANINGS = """
fields: {time: time, account: account, resource: resource, action: action, subject: subject, purpose: purpose,
  workstation: workstation}
actions: {view: [view, peek]}
purposes: {emergency: [urgent]}
"""


@on_both
def test_importing_a_file_twice_adds_nothing(logs: Logs) -> None:
    logs.add(HEADER + LINE + OTHER)

    assert counts(logs.add(HEADER + LINE + OTHER, "copy.csv")) == (2, 0, 2, 0, 0)
    assert len(logs.events()) == 2


def test_an_overlapping_export_adds_only_what_is_new(logs: Logs) -> None:
    logs.add(HEADER + LINE + OTHER)

    assert counts(logs.add(HEADER + OTHER + OTHER.replace("blarson", "new"))) == (2, 1, 1, 0, 0)
    assert [(event.record, event.account) for event in logs.events()] == [(1, "aolson"), (2, "blarson"), (2, "new")]


def test_two_equal_lines_of_one_file_are_two_accesses(logs: Logs) -> None:
    logs.add(HEADER + LINE + LINE)

    assert [event.record for event in logs.events()] == [1, 2]
    assert len(set(logs.keys())) == 2


def test_what_a_source_has_already_is_found_whatever_other_sources_there_are(logs: Logs) -> None:
    logs.change_source(name="archive")
    logs.add(HEADER + LINE)
    logs.change_source(name="permits")
    logs.add(HEADER + LINE)

    assert counts(logs.add(HEADER + LINE + OTHER, "longer.csv")) == (2, 1, 1, 0, 0)


@pytest.mark.parametrize("most", [0, 1, 3])
def test_a_source_with_too_many_names_to_number_has_the_same_events(
    logs: Logs, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    lines = [LINE, LINE, OTHER, LINE.replace("case 9", ""), LINE.replace("view", "peek").replace("case 9", "urgent")]
    lines += [LINE.replace("records/7", "files/008"), LINE.replace("view", "search").replace("Ann Smith", "0017")]
    logs.change_source(WITH_MEANINGS, name="few")
    logs.add(HEADER + "".join(lines))
    expected = logs.events()
    logs.change_source(WITH_MEANINGS, name="many")
    monkeypatch.setattr("audit.logs.import_log.SourceNames", partial(SourceNames, most=most))

    assert counts(logs.add(HEADER + "".join(lines[:4]), "first.csv")) == (4, 4, 0, 0, 0)
    assert counts(logs.add(HEADER + "".join(lines), "longer.csv")) == (7, 3, 4, 0, 0)
    assert [event._replace(record=0) for event in logs.events()] == [event._replace(record=0) for event in expected * 2]
    numbered = "SELECT count(*), count(account), count(resource), count(action) FROM numbered_events"
    assert logs.ask(numbered) == [(14, 14, 14, 14)]


def test_equal_lines_are_counted_over_overlapping_exports(logs: Logs) -> None:
    added = [logs.add(HEADER + LINE * times).added for times in (1, 3, 2, 3, 4)]

    assert added == [1, 2, 0, 0, 1]
    assert len(set(logs.keys())) == 4


def test_the_same_record_with_its_columns_in_another_order_is_known(logs: Logs) -> None:
    logs.add("time,account,resource,action\n2025-03-01T17:00:00Z,a,b,view\n")

    assert logs.add("account,action,resource,time\na,view,b,2025-03-01T17:00:00Z\n").already_known == 1


def test_records_whose_cells_only_run_together_alike_are_two(logs: Logs) -> None:
    header = "time,account,resource,action,subject\n2025-03-01T17:00:00Z,"

    logs.add(header + "a,b,view\x1fc,d\n")

    assert logs.add(header + "a,b,view,c\x1fd\n").added == 1


def test_the_same_record_of_another_source_is_another_access(logs: Logs) -> None:
    logs.add(HEADER + LINE)
    logs.change_source(name="payroll")

    assert logs.add(HEADER + LINE).added == 1


def test_an_id_counts_once_in_one_file_and_over_all_files(logs: Logs) -> None:
    logs.change_source(WITH_IDS)

    first = logs.add("id,time,account\n7,2025-03-01T17:00:00Z,a\n8,2025-03-01T17:00:00Z,a\n7,2025-03-01T17:00:00Z,a\n")
    much_later = logs.add("id,time,account\n7,2025-03-01T17:00:00Z,a \n9,2031-03-01T17:00:00Z,a\n")

    assert (counts(first), counts(much_later)) == ((3, 2, 1, 0, 0), (2, 1, 1, 0, 0))
    assert logs.ask("SELECT record_id, record FROM events ORDER BY record_id") == [("7", 1), ("8", 2), ("9", 2)]


def test_records_without_an_id_among_others_with_one_go_by_their_content(logs: Logs) -> None:
    logs.change_source(WITH_IDS)
    nameless = " ,2025-03-01T17:00:00Z,a\n"

    receipt = logs.add(f"id,time,account\n7,2025-03-01T17:00:00Z,a\n{nameless}{nameless}")

    assert counts(receipt) == (3, 3, 0, 0, 0)
    assert logs.add(f"id,time,account\n{nameless}{nameless}{nameless}").added == 1


def test_records_that_a_changed_source_reads_with_other_times_are_still_known(logs: Logs) -> None:
    line = "time,account,resource,action\n03/04/2025 10:00,a,b,view\n"
    profile = (
        "fields: {{time: time, account: account, resource: resource, action: action}}\ntimes: {{formats: ['{}']}}\n"
    )
    logs.change_source(profile.format("%d/%m/%Y %H:%M"))
    logs.add(line)
    logs.change_source(profile.format("%m/%d/%Y %H:%M"))

    assert logs.add(line + line.partition("\n")[2].replace("03/04", "05/04")).already_known == 1


@on_both
def test_an_unreadable_record_is_kept_once_however_often_it_comes(logs: Logs) -> None:
    first = logs.add(HEADER + UNREADABLE + LINE)
    # now a reader of another kind has to take the file
    again = logs.add(HEADER + LINE + "too short\n" + UNREADABLE + UNREADABLE)

    assert (first.unreadable, again.unreadable) == (1, 3)
    assert [reject.record for reject in logs.rejects()] == [1, 2, 4]
    assert "1 of the unreadable records were kept by an earlier import." in again.notices
