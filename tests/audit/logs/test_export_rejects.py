"""Unreadable records go out as their logs had them, and come in again once they are repaired."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from audit.logs.export_rejects import ExportedRejects, export_rejects
from audit.logs.listed_rejects import count_listed
from config.errors import Conflict, Invalid, NotFound
from config.work import Work
from tests.audit.logs.importing_logs import HEADER, LINE, Logs, counts

BROKEN = LINE.replace("17:00:00Z", "5 pm")
SHORT = "2025-03-01T18:00:00Z,kpoe,r\n"


def _export(logs: Logs, name: str = "rejects.csv") -> ExportedRejects:
    return logs.export(name)


def test_unreadable_records_are_written_below_the_header_of_their_log(logs: Logs) -> None:
    logs.add(HEADER + LINE + BROKEN + SHORT)

    assert _export(logs) == ExportedRejects((logs.folder / "rejects.csv",), 2)
    assert (logs.folder / "rejects.csv").read_text() == HEADER + BROKEN + SHORT


def test_exported_records_that_were_repaired_are_imported(logs: Logs) -> None:
    logs.add(HEADER + LINE + BROKEN + SHORT)
    path = _export(logs).files[0]
    path.write_text(path.read_text().replace("T5 pm", "T17:00:01Z").replace(",kpoe,r", ",kpoe,r,view,,,"))

    assert counts(logs.add_file(path)) == (2, 2, 0, 0, 0)


def test_exported_records_that_were_not_repaired_are_known(logs: Logs) -> None:
    logs.add(HEADER + BROKEN + 'x,"never closed\n' + SHORT + LINE)
    path = _export(logs).files[0]

    assert counts(logs.add_file(path)) == (3, 0, 0, 3, 0)
    assert _export(logs, "again.csv").records == 3


def test_records_of_logs_with_other_headers_go_to_files_of_their_own(logs: Logs) -> None:
    logs.add(HEADER + BROKEN)
    logs.add("time;account;resource;action\nlate;a;b;view\n")
    logs.add(HEADER + SHORT)

    exported = _export(logs)

    assert exported == ExportedRejects((logs.folder / "rejects.csv", logs.folder / "rejects-2.csv"), 3)
    assert [path.read_text() for path in exported.files] == [
        HEADER + BROKEN + SHORT,
        "time;account;resource;action\nlate;a;b;view\n",
    ]


def test_records_of_logs_without_a_header_are_written_without_one(logs: Logs) -> None:
    logs.change_source(log_format="jsonl")
    logs.add('{"time": "late"}\n{"time": "é\n{"time": "2025-03-01T17:00:00Z"}\n')

    assert _export(logs, "rejects.jsonl").records == 2
    assert (logs.folder / "rejects.jsonl").read_text() == '{"time": "late"}\n{"time": "é\n'


def test_cells_that_span_lines_are_written_whole(logs: Logs) -> None:
    record = '"la\r\nte",a,"b ""c""",view,,,'
    logs.add(HEADER + record + "\n")

    _export(logs)

    assert (logs.folder / "rejects.csv").read_bytes().decode() == HEADER + record + "\n"


def test_where_every_record_could_be_read_no_file_is_written(logs: Logs) -> None:
    logs.add(HEADER + LINE)

    assert _export(logs) == ExportedRejects((), 0)
    assert not (logs.folder / "rejects.csv").exists()


def test_what_goes_out_is_remembered_before_the_file_has_its_name(logs: Logs) -> None:
    logs.add(HEADER + BROKEN)
    out, there = logs.folder / "rejects.csv", list[bool]()

    @contextmanager
    def change() -> Iterator[Work]:
        with logs.change() as work:
            yield work
        there.append(out.exists())

    export_rejects(change, logs.source.name, out)

    assert there == [False]
    assert out.exists()


def test_what_waits_is_counted_by_import_without_what_was_repaired(logs: Logs) -> None:
    logs.add(HEADER + LINE + BROKEN + SHORT)
    logs.add(HEADER + LINE + BROKEN.replace("5 pm", "6 pm"), "other.csv")
    counted = count_listed(logs.session, logs.source.name, logs.settings.data_dir)
    path = _export(logs).files[0]
    path.write_text(path.read_text().replace(",kpoe,r\n", ",kpoe,r,view,,,\n"))
    logs.add_file(path)

    assert sorted(counted.values()) == [1, 2]
    assert sorted(count_listed(logs.session, logs.source.name, logs.settings.data_dir).values()) == [1, 1]


def test_a_source_that_is_not_there_is_refused(logs: Logs) -> None:
    with pytest.raises(NotFound):
        export_rejects(logs.change, "nobody", logs.folder / "rejects.csv")


def test_a_file_that_exists_is_not_overwritten_and_no_other_is_left(logs: Logs) -> None:
    logs.add(HEADER + BROKEN)
    logs.add("time;account;resource;action\nlate;a;b;view\n")
    (logs.folder / "rejects-2.csv").write_text("being repaired")

    with pytest.raises(Conflict, match=r"rejects-2\.csv exists already"):
        _export(logs)

    assert not (logs.folder / "rejects.csv").exists()
    assert (logs.folder / "rejects-2.csv").read_text() == "being repaired"


def test_a_folder_that_is_not_there_is_said_plainly(logs: Logs) -> None:
    logs.add(HEADER + BROKEN)

    for name in ("no/such/rejects.csv", ""):
        with pytest.raises((Invalid, Conflict), match=r"exists already|There is no folder"):
            _export(logs, name)
    assert not Path(logs.folder / "no").exists()
