"""A dry run shows the records as they would be read, and keeps nothing; what stays empty is said at once."""

import pytest

from audit.logs.preview_log import preview_logs
from audit.map_preview import find_unmapped
from config.errors import Invalid
from config.work import Installation
from tests.audit.logs.importing_logs import HEADER, LINE, NOON, UTC_ZONE, Logs


def test_a_preview_shows_fields_beside_the_record_and_keeps_nothing(logs: Logs) -> None:
    path = logs.folder / "log.csv"
    path.write_text(
        HEADER + "broken\n" + LINE + LINE.replace("case/7", "").replace("aolson", "RECORDS1$"), encoding="utf-8"
    )
    logs.session.commit()
    installation = Installation(logs.settings, logs.engine, "test", lambda *_: UTC_ZONE, lambda _: None, lambda: NOON)

    (preview,) = preview_logs(installation, [path], "permits", most=1)

    assert str(preview.receipt) == "log.csv: 3 records read: 2 added, 0 already known, 1 unreadable."
    (shown,) = preview.records
    assert (shown.record, shown.raw, shown.fields["time"][:19], shown.fields["account"], shown.fields["action"]) == (
        *(2, LINE.strip(), "2025-03-01 17:00:00"),
        *("aolson", "view"),
    )
    assert (preview.empty["resource"], preview.empty["account"]) == (1, 0)
    unmapped = find_unmapped(logs.session, preview)
    assert (unmapped.accounts, unmapped.resources) == (("RECORDS1$", "aolson"), ("", "case/7"))
    assert unmapped.machines == ("RECORDS1$",)
    assert (logs.stored(), logs.events()) == ([], [])


def test_a_field_that_stays_empty_in_every_record_is_noticed(logs: Logs) -> None:
    said = "The resource stays empty in every record; check which column holds it."

    assert said in logs.add(HEADER + LINE.replace("case/7", " "), "a.csv").notices
    assert said not in logs.add(HEADER + LINE + LINE.replace("case/7", ""), "b.csv").notices


def test_a_log_of_which_no_record_has_a_time_is_refused(logs: Logs) -> None:
    late = LINE.replace("2025-03-01T17:00:00Z", "March 1 at five")

    with pytest.raises(Invalid, match='the first of its 2 has the time "March 1 at five", which is none'):
        logs.add(HEADER + late + late)

    assert logs.stored() == []
