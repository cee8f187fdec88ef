"""CSV logs: separators, quotation marks, broken records, headings."""

import pytest

from audit.logs.formats import log_file
from tests.audit.logs.format_logs import GOOD, NEVER_CLOSED, accounts, refusal
from tests.audit.logs.importing_logs import HEADER, LINE, Logs, Reject, counts

# --- Cells ---


@pytest.mark.parametrize(("separator", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars")])
def test_other_separators_are_recognised_by_the_header(logs: Logs, separator: str, name: str) -> None:
    receipt = logs.add((HEADER + LINE).replace(",", separator))

    assert accounts(logs) == ["aolson"]
    assert receipt.notices == (f"The cells are separated by {name}, not by commas; they were read so.",)


def test_quotation_marks_and_line_ends_stand_in_quoted_cells(logs: Logs) -> None:
    logs.add(HEADER + '2025-03-01T17:00:00Z,a,"b, ""c""\r\nd",view,"","x\ny",\n' + LINE)

    assert [event.resource for event in logs.events()] == ['b, "c"\r\nd', "case/7"]
    assert logs.events()[0].purpose == "x\ny"


def test_a_blank_before_a_quoted_cell_is_no_fault(logs: Logs) -> None:
    logs.add('time, account, resource, action\n2025-03-01T17:00:00Z, "doe, j", "r", "view"\n')

    assert [(event.account, event.resource, event.action) for event in logs.events()] == [("doe, j", "r", "view")]


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        ('2025-03-01T17:00:00Z,"a,b,view,,,', NEVER_CLOSED),
        ('2025-03-01T17:00:00Z,a,b,view,,,"', NEVER_CLOSED),
        ('2025-03-01T17:00:00Z,"a"b,c,view,,,', "has a quotation mark in the middle of a cell"),
        ("2025-03-01T17:00:00Z,a,b", "has 3 cells, fewer than the 7 columns"),
        ("2025-03-01T17:00:00Z,a,b,view,,,,x", "has 8 cells, more than the 7 columns"),
        (",,,,,,", "has no time"),
    ],
)
@pytest.mark.parametrize("others", [GOOD, tuple(line.replace("case 9", '"case 9"') for line in GOOD)])
def test_a_broken_record_costs_itself_alone(logs: Logs, broken: str, fault: str, others: tuple[str, ...]) -> None:
    receipt = logs.add(HEADER + others[0] + broken + "\n" + others[1] + others[2])

    assert counts(receipt) == (4, 3, 0, 1, 0)
    assert logs.rejects() == [Reject(2, broken, fault)]
    assert [(event.record, event.account) for event in logs.events()] == [(1, "aolson"), (3, "blarson"), (4, "cdale")]


def test_an_open_quotation_mark_that_a_later_one_seems_to_close_costs_its_own_line(logs: Logs) -> None:
    logs.add(HEADER + 'x,"open\n' + GOOD[0] + 'y,close"\n' + GOOD[1])

    assert accounts(logs) == ["aolson", "blarson"]
    assert [reject.raw for reject in logs.rejects()] == ['x,"open', 'y,close"']


@pytest.mark.parametrize("between", [0, 1, 3])
def test_two_stray_quotation_marks_swallow_no_records_between_them(logs: Logs, between: int) -> None:
    stray = '2025-03-02T08:00:00Z,a,b,view,,,"\n'

    receipt = logs.add(HEADER + stray + "".join(GOOD[:between]) + stray.replace("08", "09") + LINE)

    assert counts(receipt) == (between + 3, between + 1, 0, 2, 0)
    assert {reject.fault for reject in logs.rejects()} == {NEVER_CLOSED}


def test_a_cell_of_several_lines_is_one_cell(logs: Logs) -> None:
    text = "SELECT a,b,c,d,e,f,g\n2025,,,,,,\n\nend"

    receipt = logs.add(HEADER + LINE.replace("case 9", f'"{text}"') + LINE)

    assert counts(receipt) == (2, 2, 0, 0, 0)
    assert logs.events()[0].purpose == text


def test_empty_cells_beyond_the_columns_do_not_count(logs: Logs) -> None:
    logs.add(HEADER + LINE.replace("\n", ",,\n"))
    # the careful reader, which a broken line calls for, takes them alike
    assert counts(logs.add(HEADER + LINE.replace("\n", ",,\n") + "broken\n")) == (2, 0, 1, 1, 0)


@pytest.mark.parametrize("size", [1_000_000, 3_000_000])
def test_long_cells_are_read(logs: Logs, size: int) -> None:
    in_lines = '"' + ("y" * 99 + "\n") * (size // 100) + '"'

    logs.add(HEADER + LINE.replace("case 9", "x" * size) + GOOD[1].replace("case 9", in_lines))

    assert logs.ask("SELECT length(purpose) FROM events") == [(size,), (size - 1,)]  # the last line's end is trimmed


def test_many_open_quotation_marks_do_not_make_reading_slow(logs: Logs) -> None:
    receipt = logs.add(HEADER + LINE + ('open,",,,,,\n' + LINE.replace("case 9", '""') * 3) * 5_000)

    assert counts(receipt) == (20_001, 15_001, 0, 5_000, 0)


def test_ten_thousand_columns_are_read(logs: Logs) -> None:
    more = ",".join(f"column{n}" for n in range(10_000))

    receipt = logs.add(f"time,account,resource,action,{more}\n2025-03-01T17:00:00Z,a,b,view{',x' * 10_000}\n")

    assert counts(receipt) == (1, 1, 0, 0, 0)


# --- Headings ---


def test_headings_are_found_in_any_order_and_case(logs: Logs) -> None:
    logs.add("Purpose , ACTION,Resource,account,TIME,Subject,WorkStation\ncase,view,r,a,2025-03-01T17:00:00Z,Ann,ws\n")

    event = logs.events()[0]
    assert (event.account, event.purpose, event.subject, event.workstation) == ("a", "case", "Ann", "ws")


def test_missing_columns_are_named_with_what_is_there(logs: Logs) -> None:
    assert refusal(logs, "when,account,what\n1,2,3\n") == (
        'log.csv has no column "time", "resource", "action". Its first line names when, account, what.'
    )


def test_a_record_in_the_place_of_headings_is_not_quoted(logs: Logs) -> None:
    assert refusal(logs, "2025-03-01T17:00:00Z,jdoe,records/1,view,Jane Doe\n") == (
        'log.csv has no column "time", "account", "resource", "action". Its first line names no columns; it looks '
        "like a record."
    )


def test_columns_that_a_profile_needs_are_named_with_what_for(logs: Logs) -> None:
    logs.change_source(
        "fields: {time: [when, at], account: {join: [domain, user]}, resource: {text: r}, action: {text: view}}\n"
        "records: {only: [{field: kind, among: [access]}]}\n"
    )

    said = refusal(logs, "domain,b\n1,2\n")

    assert said == (
        'log.csv has no column "when or at", which tells the time; and "domain or user", which tells the account; and '
        '"kind", which tells which records are accesses. Its first line names domain, b. Check that this is a log of '
        "the source, or correct the source's profile."
    )


def test_a_column_that_is_there_twice_is_refused_if_it_is_read(logs: Logs) -> None:
    assert refusal(logs, HEADER.replace("subject", "purpose") + LINE).startswith(
        'log.csv has the column "purpose" more than once'
    )
    assert counts(logs.add(HEADER.strip() + ",more,more,\n" + LINE.strip() + ",1,2,3\n")) == (1, 1, 0, 0, 0)


def test_columns_that_are_not_read_are_noticed(logs: Logs) -> None:
    receipt = logs.add("time,account,resource,action,subjct,shift\n2025-03-01T17:00:00Z,a,b,view,Ann,2\n")

    assert receipt.notices == ("No field is read from the columns subjct, shift.",)


def test_a_column_of_the_profile_that_is_not_there_is_noticed(logs: Logs) -> None:
    logs.change_source("fields: {time: time, account: account, resource: resource, action: action, purpose: reason}\n")

    (notice,) = logs.add(HEADER + LINE).notices

    assert notice == (
        "There is no column reason; the purpose of each access stays empty. If the log has it under another heading, "
        "name that in the source's profile."
    )


_UNNAMED = (
    "Column 5 has no heading, but holds texts; if a field is to be read from it, name it in the first line of the file."
)
_WITH_UNNAMED = (
    "time,account,resource,action,,\n2025-03-01T17:00:00Z,a,b,view,,\n2025-03-01T17:00:01Z,a,b,view,by phone,\n"
)


def test_a_column_without_a_heading_that_holds_something_is_named(logs: Logs) -> None:
    assert logs.add(_WITH_UNNAMED).notices[0] == _UNNAMED


def test_a_column_without_a_heading_is_named_where_one_is_missing(logs: Logs) -> None:
    logs.change_source("fields: {time: time, account: account, resource: resource, action: Message}\n")

    assert refusal(logs, _WITH_UNNAMED) == (
        'log.csv has no column "Message", which tells the action. Its first line names time, account, resource, '
        f"action. {_UNNAMED} Check that this is a log of the source, or correct the source's profile."
    )


@pytest.mark.parametrize("head", ["time,account,resource,action", "account,resource,action,time"])
def test_a_time_with_a_line_end_behind_it_is_read(logs: Logs, head: str) -> None:
    cells = {"time": '"2025-03-01T17:00:00Z\r\n"', "account": '"an\nn"', "resource": "a", "action": "view"}

    logs.add(f"{head}\n{','.join(cells[name] for name in head.split(','))}\n")

    assert [(event.time, event.account) for event in logs.events()] == [("2025-03-01 17:00:00", "an\nn")]


def test_a_heading_may_span_lines(logs: Logs) -> None:
    logs.add('time,account,resource,"action\ntaken",action\n2025-03-01T17:00:00Z,a,b,x,view\n')

    assert [event.action for event in logs.events()] == ["view"]


def test_a_log_without_headings_has_those_of_its_profile(logs: Logs) -> None:
    logs.change_source(
        "columns: [time, account, extra]\n"
        "fields: {time: time, account: account, resource: extra, action: {text: view}}\n"
    )
    first = logs.add("2025-03-01T17:00:00Z;a;b\n2025-03-01T17:00:01Z;c;d\n")
    marked = logs.add("\ufeff2025-03-01T17:00:00Z;a;b\n2025-03-01T17:00:02Z;e\n")

    assert (counts(first), counts(marked)) == ((2, 2, 0, 0, 0), (2, 0, 1, 1, 0))
    assert [(event.record, event.account, event.resource) for event in logs.events()] == [(1, "a", "b"), (2, "c", "d")]


def test_a_log_without_headings_may_begin_with_a_record_longer_than_what_is_read_at_once(
    logs: Logs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_file, "PIECE", 20)
    logs.change_source(
        "columns: [time, account, extra]\n"
        "fields: {time: time, account: account, resource: extra, action: {text: view}}\n"
    )
    receipt = logs.add(f'2025-03-01T17:00:00Z;"a\n{"b" * 90}";c\n2025-03-01T17:00:01Z;c;d\n')

    assert counts(receipt) == (2, 2, 0, 0, 0)
