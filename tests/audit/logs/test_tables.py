"""Tables as products write them: preambles, other letters between cells, headings again, fixed columns, workbooks."""

import io
from datetime import datetime

import pytest
from openpyxl import Workbook

from config.errors import Invalid
from tests.audit.logs.importing_logs import HEADER, LINE, Logs, counts
from tests.audit.logs.xlsb_files import xlsb

FIELDS = "fields: {time: time, account: account, resource: resource, action: action}\n"
SHORT = "2025-03-01T17:00:00Z,aolson,case/7,view\n"
FIXED = "columns: [time, account, resource, action]\n"
OTHER = "account,time,resource,action,subject,purpose,workstation,more\n"


@pytest.mark.parametrize(
    "above",
    [
        "sep=,\n",
        "#TYPE Selected.System.Data\n",
        "Access report\nPrinted by: Ann, 2025\n\n",
    ],
)
def test_what_stands_above_the_headings_is_no_record(logs: Logs, above: str) -> None:
    assert counts(logs.add(above + HEADER + LINE)) == (1, 1, 0, 0, 0)


def test_the_letter_between_cells_may_be_any_that_the_first_line_or_the_profile_states(logs: Logs) -> None:
    assert counts(logs.add("sep=^\n" + (HEADER + LINE).replace(",", "^"), "a.csv")) == (1, 1, 0, 0, 0)

    logs.change_source("format: csv\ntable: {separator: '~', quote: \"'\", above: 1}\n" + FIELDS)
    content = (HEADER + LINE).replace(",", "~").replace("case/7", "'case ~ 7'")

    assert counts(logs.add("a~b\n" + content, "b.csv")) == (1, 1, 0, 0, 0)
    assert logs.events()[-1].resource == "case ~ 7"


def test_text_of_another_encoding_is_read_as_the_profile_says(logs: Logs) -> None:
    logs.change_source("encoding: cp1250\n" + FIELDS)

    logs.add((HEADER + LINE.replace("aolson", "Łęcka")).encode("cp1250"))

    assert [event.account for event in logs.events()] == ["Łęcka"]


def test_exports_put_one_below_another_are_each_read_by_their_own_headings(logs: Logs) -> None:
    second, third = LINE.replace("aolson", "bo"), LINE.replace("aolson", "cy")
    moved = "dee,2025-03-01T17:00:00Z,case/7,view,Ann Smith,case 9,ws-1,x\n"

    receipt = logs.add(HEADER + LINE + HEADER + second + OTHER + moved + HEADER + third)

    assert counts(receipt) == (4, 4, 0, 0, 0)
    assert [event.account for event in logs.events()] == ["aolson", "bo", "dee", "cy"]
    assert "The headings stand again within the file, 2 times; they are no records." in receipt.notices
    assert any("Other headings stand within the file, 1 time;" in one for one in receipt.notices)


def test_columns_that_changed_places_within_a_file_are_never_taken_for_others(logs: Logs) -> None:
    moved = "account,resource,action,time\nbo,case/8,print,2025-03-02T17:00:00Z\ncy,case/9,print,soon\n"

    receipt = logs.add(HEADER + LINE + moved)

    assert counts(receipt) == (3, 2, 0, 1, 0)
    assert [(one.account, one.resource, one.workstation) for one in logs.events()][1] == ("bo", "case/8", "")
    # what cannot be read goes out below the first headings, and is written by them
    assert logs.rejects()[0].raw == "soon,cy,case/9,print,,,"


def test_records_below_headings_with_a_column_that_is_read_and_the_first_lack_are_not_guessed_at(logs: Logs) -> None:
    logs.change_source("format: csv\n" + FIELDS.replace("account: account", "account: [account, user]"))

    receipt = logs.add(HEADER + LINE + "time,user,resource,action\n" + SHORT)

    assert counts(receipt) == (3, 1, 0, 2, 0)
    assert all(one.fault.startswith("stands below other headings") for one in logs.rejects())


def test_fixed_columns_are_cut_as_the_profile_says(logs: Logs) -> None:
    logs.change_source(
        "format: fixed\ncolumns: [time, account, resource, action]\ntable: {widths: [20, 6, 8, 6]}\n" + FIELDS,
        log_format="fixed",
    )
    content = (
        "time                accounresourceaction\n"
        "-----------------------------------------\n"
        "2025-03-01T17:00:00Zaolsoncase/7  view\r\n"
        "2025-03-01T17:01:00Zb     case/8  print page\n"
    )

    assert counts(logs.add(content)) == (2, 2, 0, 0, 0)
    assert [(one.account, one.raw_action) for one in logs.events()] == [("aolson", "view"), ("b", "print page")]


def test_a_workbook_is_read_as_the_csv_it_would_be_saved_as(logs: Logs) -> None:
    logs.change_source("format: xlsx\n" + FIELDS, log_format="xlsx")
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (
        ["Access report"],
        HEADER.strip().split(","),
        [datetime(2025, 3, 1, 17), 1204, "case/7", "view, and print", None, None, None],  # noqa: DTZ001 - a cell has no zone
        ["never", "bo", "case/8", "view"],
        [None],
    ):
        sheet.append(row)
    workbook.create_sheet("Notes")
    content = io.BytesIO()
    workbook.save(content)

    receipt = logs.add(content.getvalue(), "log.xlsx")

    assert counts(receipt) == (2, 1, 0, 1, 0)
    assert [(one.time, one.account, one.raw_action) for one in logs.events()] == [
        ("2025-03-01 17:00:00", "1204", "view, and print")
    ]
    assert any("The sheet Sheet was read, and no other (Notes)" in notice for notice in receipt.notices)
    (exported,) = logs.export("out.csv").files
    repaired = exported.read_text().replace("never", "2025-03-01 17:01:00")
    assert logs.add(repaired, "out.csv").repaired == 1
    with pytest.raises(Invalid, match="cannot be read as a workbook"):
        logs.add(b"\xd0\xcf\x11\xe0 sheets", "old.xls")


@pytest.mark.parametrize(
    ("options", "log_format", "content"),
    [
        ("", "csv", "sep=^\n" + (HEADER + LINE + LINE).replace(",", "^")),
        ("table: {above: 2}\n", "csv", "time,account,resource,action,\nReport\n" + HEADER + LINE + LINE),
        ("columns: [time, account, resource, action]\ntable: {above: 1}\n", "csv", "Report\n" + SHORT + SHORT),
        (FIXED + "table: {above: 1, widths: [21, 7, 7, 4]}\n", "fixed", "Report\n" + (SHORT + SHORT).replace(",", " ")),
    ],
)
def test_what_cannot_be_read_goes_out_below_what_must_stand_above_it_and_comes_in_again(
    logs: Logs, options: str, log_format: str, content: str
) -> None:
    logs.change_source(f"format: {log_format}\n{options}{FIELDS}", log_format=log_format)
    head, sign, last = content.rpartition("2025")

    assert counts(logs.add(f"{head}never{last}", "a.csv"))[1:4] == (1, 0, 1)
    (exported,) = logs.export("out.csv").files
    receipt = logs.add(exported.read_text().replace("never", sign).replace("aolson", "blarso"), "out.csv")

    assert (counts(receipt), receipt.repaired) == ((1, 1, 0, 0, 0), 1)


def test_a_record_longer_than_any_is_kept_as_its_beginning(logs: Logs) -> None:
    long = LINE.replace("case/7", "x" * (17 << 20))

    assert counts(logs.add(HEADER + LINE + long + LINE)) == (3, 2, 0, 1, 0)
    (reject,) = logs.rejects()
    assert (len(reject.raw), reject.fault[:14]) == (64 << 10, "is longer than")


def test_a_binary_workbook_is_read_like_any_other(logs: Logs) -> None:
    logs.change_source("format: xlsx\n" + FIELDS, log_format="xlsx")
    rows = [["Access report"], HEADER.strip().split(","), SHORT.strip().split(","), ["never", "bo", "case/8", "view"]]

    receipt = logs.add(xlsb(rows), "log.xlsb")

    assert counts(receipt) == (2, 1, 0, 1, 0)
    assert [(one.time, one.account, one.raw_action) for one in logs.events()] == [
        ("2025-03-01 17:00:00", "aolson", "view")
    ]
