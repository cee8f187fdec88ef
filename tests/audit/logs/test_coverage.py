"""The coverage ledger: what arrived fills it at once, what is taken back opens it, and what was not seen is said."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import delete
from sqlmodel import select

from audit.logs.count_days import count_days
from audit.logs.coverage import CoverageRequest, SourceCoverage, read_coverage
from audit.logs.event_store import stored_logs
from audit.logs.expected_logs import expect_logs
from audit.logs.judge_days import Gap
from audit.logs.log_days import keep_days
from audit.logs.models import LogDay
from audit.logs.say_coverage import say_days, say_gap, sum_up
from audit.logs.source_purge import find_purge
from config.bulk import open_bulk
from config.officials.limits import Limits
from config.work import Installation
from tests.audit.logs.importing_logs import UTC_ZONE, Logs
from tests.databases import on_both

HEAD = "time,account,resource,action\n"


def log_of(*days: str) -> str:
    return HEAD + "".join(f"{day}T17:00:00Z,ann,case/1,view\n" for day in days)


def covered(logs: Logs) -> SourceCoverage:
    (one,) = read_coverage(logs.work(), CoverageRequest("permits"))
    return one


def expect(logs: Logs, cadence: str, keeps_days: int | None = None) -> None:
    with logs.change() as work:
        expect_logs(work.session, "permits", cadence=cadence, keeps_days=keeps_days, now=work.now, by="test")


@on_both
def test_a_late_file_fills_a_gap_and_taking_it_back_opens_it_again(logs: Logs) -> None:
    expect(logs, "daily")
    logs.add(log_of("2025-03-01", "2025-03-02", "2025-03-05"), "march.csv")
    assert covered(logs).gaps == (Gap(date(2025, 3, 3), date(2025, 3, 4), 2),)

    late = logs.add(log_of("2025-03-02", "2025-03-03", "2025-03-04"), "late.csv")
    assert (covered(logs).gaps, covered(logs).events) == ((), 5)  # one record was known already

    logs.undo(late.number)
    assert covered(logs).gaps == (Gap(date(2025, 3, 3), date(2025, 3, 4), 2),)


def test_a_file_that_is_read_anew_in_another_zone_is_seen_on_other_days(logs: Logs) -> None:
    log = f"{HEAD}2025-03-01 23:30:00,ann,case/1,view\n"
    logs.add(log)
    assert covered(logs).first_seen == date(2025, 3, 1)

    logs.change_source(zone="America/Chicago")
    logs.add(log)

    assert (covered(logs).first_seen, covered(logs).last_seen) == (date(2025, 3, 2), date(2025, 3, 2))


def test_days_of_logs_from_before_days_were_kept_are_counted_from_their_files_and_kept(logs: Logs) -> None:
    logs.add(log_of("2025-03-01", "2025-03-03"))
    logs.session.execute(delete(LogDay))
    logs.session.commit()

    def kept() -> int:
        return len(logs.session.exec(select(LogDay)).all())

    assert (covered(logs).seen, kept()) == (2, 0)
    installation = Installation(
        logs.settings, logs.engine, "test", lambda *_: UTC_ZONE, lambda _: None, lambda: datetime.now(UTC)
    )
    logs.session.commit()
    keep_days(installation)
    assert (covered(logs).seen, kept()) == (2, 2)


def test_days_of_23_and_25_hours_begin_and_end_at_local_midnight(logs: Logs) -> None:
    hours = (
        *("2025-03-09T05:59:59", "2025-03-09T06:00:00", "2025-03-10T04:59:59", "2025-03-10T05:00:00"),
        *("2025-11-02T05:00:00", "2025-11-03T05:59:59", "2025-11-03T06:00:00"),
    )
    logs.add(HEAD + "".join(f"{hour}Z,ann,case/1,view\n" for hour in hours))
    (log,) = stored_logs(logs.session, logs.settings.data_dir).logs

    with open_bulk(logs.settings) as connection:
        days = count_days(connection, log.files[0].path, ZoneInfo("America/Chicago"))

    assert {str(day): events for day, events in days.items()} == {
        "2025-03-08": 1,
        "2025-03-09": 2,
        "2025-03-10": 1,
        "2025-11-02": 2,
        "2025-11-03": 1,
    }


def test_a_time_that_is_asked_for_is_judged_also_before_a_source_was_seen_and_where_nothing_arrived(logs: Logs) -> None:
    logs.add(log_of("2025-03-10"))
    logs.change_source(name="cad")

    found = read_coverage(logs.work(), CoverageRequest(first=date(2025, 2, 1), last=date(2025, 3, 31)))

    assert [(one.source, one.missing) for one in found] == [("cad", 59), ("permits", 28)]
    said = sum_up(found)
    assert said.days == 87
    assert said.said.startswith(
        "Days not seen: 87 in 2 of 2 sources (cad between 1 February and 31 March 2025; permits in February 2025); "
        "accesses of these days are not judged. Nothing ever arrived of cad: none of its accesses are judged."
    )


def test_an_auditor_who_is_limited_is_told_of_named_months_and_sources_alone(logs: Logs) -> None:
    expect(logs, "daily")
    logs.add(log_of("2025-02-27", "2025-04-02"))
    limits = Limits(frozenset({"2025-02", "2025-04"}), frozenset({"permits"}))

    (one,) = read_coverage(logs.work(), CoverageRequest(limits=limits))

    assert one.gaps == (
        Gap(date(2025, 2, 28), date(2025, 2, 28), 1),
        Gap(date(2025, 4, 1), date(2025, 4, 1), 1),
    )


def test_a_source_that_purges_its_trail_is_told_before_and_what_is_lost_after(logs: Logs) -> None:
    expect(logs, "daily", keeps_days=90)  # it is 1 June 2025
    logs.add(log_of("2025-02-27", "2025-03-01", "2025-05-31"))

    purge = find_purge(covered(logs))

    assert purge is not None
    assert (purge.day, purge.on, purge.lost, purge.is_soon) == (date(2025, 3, 3), date(2025, 6, 1), 2, True)
    assert str(purge) == (
        "permits keeps its own trail for 90 days. Of the days not seen, 2 are older: it is likely too late to import "
        "them. What it has of 3 March 2025 is there until 1 June 2025; import it before."
    )


def test_numbers_of_records_that_jump_are_told_once_all_files_are_there(logs: Logs) -> None:
    logs.change_source("fields: {event_id: id, time: time, account: account, resource: resource, action: action}\n")

    def numbered(first: int, last: int, *, unreadable: int = 0) -> str:
        times = (f"2025-03-01T{number // 60:02}:{number % 60:02}:00Z" for number in range(first, last))
        rows = (f"R-{number:05},{time}" for number, time in zip(range(first, last), times, strict=True))
        bad = f"R-{unreadable:05},"
        lines = (bad if unreadable and row.startswith(bad) else row for row in rows)
        return f"id,{HEAD}" + "".join(f"{line},ann,case/1,view\n" for line in lines)

    logs.add(numbered(100, 200, unreadable=150), "a.csv")
    logs.add(numbered(260, 400), "c.csv")
    (jump,) = covered(logs).jumps
    assert jump.say(UTC_ZONE) == (
        "The record numbers of permits jump from R-199 (1 March 2025, 03:19) to R-260 (1 March 2025, 04:20): "
        "60 numbers between them are of no record that was read."
    )

    missing = logs.add(numbered(190, 270), "b.csv")
    assert covered(logs).jumps == ()
    logs.undo(missing.number)
    assert len(covered(logs).jumps) == 1

    logs.add(f"id,{HEAD}8f3a,2025-03-02T08:00:00Z,ann,case/1,view\n", "other-ids.csv")
    assert covered(logs).jumps == ()


def test_days_are_said_in_as_few_words_as_tell_them() -> None:
    assert say_gap("Permits", Gap(date(2026, 3, 3), date(2026, 3, 9), 7)) == (
        "No records of Permits between 3 and 9 March 2026: accesses of these days are not judged."
    )
    assert say_days(date(2026, 3, 4), date(2026, 3, 4)) == "on 4 March 2026"
    assert say_days(date(2026, 2, 1), date(2026, 2, 28)) == "in February 2026"
    assert say_days(date(2026, 2, 28), date(2026, 3, 9)) == "between 28 February and 9 March 2026"
    assert say_days(date(2025, 12, 30), date(2026, 1, 2)) == "between 30 December 2025 and 2 January 2026"
