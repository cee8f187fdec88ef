"""An audit's findings: the reference's, standing for their month's newest audit; nothing where a decider differs."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, select

from access.models import Account, Employee, Employment, Position, TemporaryDuty, WorkAccess
from audit.logs.sources import SourceRequest, add_source
from audit.models import AuditRun, Finding, FindingFigures
from audit.note_finding import note_finding
from audit.queries import standing_findings
from audit.run_audit import AuditReceipt, AuditRequest
from config.errors import Invalid, NotFound
from config.settings import Settings
from inventory.models import DataSeries, Entity, ResourcePattern
from tests import reference
from tests.audit.deciders import LAST, enter_city
from tests.builders import APRIL_1, DAY, JUNE_1, MARCH_1, MAY_1, a_row
from tests.cities import as_entered, city_from_seed
from tests.databases import on_both
from tests.installing import audit, import_file

NOW = datetime(2025, 9, 1, tzinfo=UTC)
HEADINGS = "time,account,resource,action,subject,purpose"
# the plain format, but that accounts compare with their domain
WITH_DOMAIN = """
fields: {time: time, account: account, resource: resource, action: action}
accounts: {strip_domain_prefix: false}
"""


# --- Generated cities ---


def graced(settings: Settings, city: reference.City) -> Settings:
    """Give the settings a city's graces."""
    graces = city.graces
    return settings.model_copy(
        update={
            "grace_days_positions": graces.assignment.days,
            "grace_days_work_access": graces.work_access.days,
            "grace_days_temporary_duties": graces.temporary_duty.days,
            "grace_days_officer_duties": graces.officer_duty.days,
        }
    )


def as_reference(session: Session) -> list[dict[str, object]]:
    """Give the findings that stand in the shape and order of the reference."""
    rows = [
        {
            "who": one.finding.who,
            "what": one.finding.what,
            "reason": one.finding.reason,
            "month": one.finding.month,
            "events": one.figures.events,
            "first": one.figures.first,
            "last": one.figures.last,
            "subjects": one.figures.subjects,
        }
        for one in standing_findings(session)
    ]
    return sorted(rows, key=lambda row: tuple(str(row[name]) for name in ("who", "what", "reason", "month")))


def audit_all(session: Session, settings: Settings, known_at: datetime = LAST) -> AuditReceipt:
    """Audit everything as known at an instant."""
    return audit(session, settings, AuditRequest(known_at=known_at), LAST)


@pytest.mark.parametrize("seed", range(100, 112))
def test_the_findings_are_those_of_the_reference_and_stay_when_audited_again(
    seed: int, session: Session, settings: Settings, tmp_path: Path
) -> None:
    city = enter_city(session, city_from_seed(seed), tmp_path / "files", settings)
    first = audit_all(session, graced(settings, city))
    expected = reference.findings(city, city.events)

    assert as_reference(session) == expected
    assert (first.new, first.changed, first.withdrawn) == (len(expected), 0, 0)
    assert (first.run.events, first.run.findings) == (len(city.events), len(expected))
    assert first.run.examined == first.run.agreed > 0

    again = audit_all(session, graced(settings, city))

    assert (again.new, again.changed, again.withdrawn, again.run.digest) == (0, 0, 0, first.run.digest)


@pytest.mark.parametrize("seed", range(200, 202))
def test_audited_as_known_at_each_step_what_stands_is_what_was_found_then(
    seed: int, session: Session, settings: Settings, tmp_path: Path
) -> None:
    city = enter_city(session, city_from_seed(seed), tmp_path / "files", settings)
    for moment, known in reversed(as_entered(city)):
        audit_all(session, graced(settings, city), moment)

        assert as_reference(session) == reference.findings(known, city.events)


# --- A small city whose every access is known ---


class SmallCity:
    """Ann Olson (E1) and her login aolson, Case files (S1) under case/*, a temporary duty in March 2025, a source."""

    def __init__(self, session: Session, settings: Settings, folder: Path) -> None:
        self.session, self.settings, self._folder = session, settings, folder
        models = (Entity, Position, Employee, Employment, Account, DataSeries, ResourcePattern, TemporaryDuty)
        session.add_all([a_row(model) for model in models])
        self._source = SourceRequest("cad", "csv", "", "America/Chicago", "cad")
        session.flush()

    def record(self, *rows: Any) -> None:  # noqa: ANN401 - rows of any table
        """Record more rows."""
        self.session.add_all(rows)
        self.session.flush()

    def log(self, *lines: str, now: datetime = JUNE_1) -> None:
        """Import a log of these lines."""
        path = self._folder / "log.csv"
        path.write_text("\n".join([HEADINGS, *lines, ""]), encoding="utf-8")
        import_file(self.session, self.settings, path, self._source, now)

    def views(self, *days: str, now: datetime = JUNE_1) -> None:
        """Import a log in which Ann Olson views a case at noon of each day."""
        self.log(*(f"{day} 12:00,aolson,case/17,view,C-1," for day in days), now=now)

    def audit(self, start: datetime | None = None, end: datetime | None = None, **known: datetime) -> AuditReceipt:
        """Audit a range, as known now unless told otherwise."""
        return audit(self.session, self.settings, AuditRequest(start, end, **known), NOW)

    def found(self) -> list[tuple[str, str, int]]:
        """Give reason, month and number of events of the findings that stand."""
        standing = standing_findings(self.session)
        return [(one.finding.reason, one.finding.month, one.figures.events) for one in standing]

    def keys(self) -> list[str]:
        """Give the keys of the findings that stand."""
        return [one.finding.key for one in standing_findings(self.session)]


@pytest.fixture
def city(session: Session, settings: Settings, tmp_path: Path) -> SmallCity:
    """Give a small city."""
    return SmallCity(session, settings, tmp_path)


def moved(receipt: AuditReceipt) -> tuple[int, int, int]:
    """Give how many findings are new, changed and withdrawn."""
    return receipt.new, receipt.changed, receipt.withdrawn


@on_both
def test_a_finding_says_who_did_what_how_often_and_why(city: SmallCity) -> None:
    city.log(
        "2025-04-01 00:41,AOlson,case/17,view,C-1,",
        "2025-04-02 12:00,aolson@city.example,CASE/18,export,C-2,mine",
        "2025-04-03 12:00,CITY\\aolson,case/18,view,C-2,",
        "2025-04-03 13:00,aolson,case/19,view,,",
    )
    city.audit()
    (one,) = standing_findings(city.session)

    assert (one.finding.who, one.finding.who_is_employee, one.finding.what, one.finding.what_is_series) == (
        *("E1", True),
        *("S1", True),
    )
    assert (one.finding.verdict, one.finding.status) == ("unauthorized", "open")
    assert (one.figures.events, one.figures.subjects) == (4, 2)
    assert (one.figures.actions, one.figures.sources) == ("export; view", "cad")
    assert one.figures.first == datetime(2025, 4, 1, 5, 41, tzinfo=UTC)
    assert one.figures.last == datetime(2025, 4, 3, 18, tzinfo=UTC)
    assert one.figures.explanation.startswith(
        "A temporary duty of Ann Olson covered Case files until 1 April 2025, 00:00; the access was 41 minutes later."
    )


@on_both
def test_a_clock_that_was_far_off_is_decided_like_any_other(city: SmallCity) -> None:
    city.record(a_row(TemporaryDuty, start=datetime(1910, 1, 1, tzinfo=UTC), end=datetime(1920, 1, 1, tzinfo=UTC)))
    city.log(*(f"{year}-07-01 12:00,aolson,case/1,view,," for year in (1900, 1915, 1925, 9998)))

    assert city.audit(known_at=NOW).counts["assigned"] == 1
    assert [month for _, month, _ in city.found()] == ["1900-07", "1925-07", "9998-07"]


def test_the_month_of_a_finding_is_that_of_the_entitys_zone(city: SmallCity) -> None:
    city.log("2025-05-01T04:59:59Z,aolson,case/1,view,,", "2025-05-01T05:00:00Z,aolson,case/1,view,,")
    city.audit()

    assert [month for _, month, _ in city.found()] == ["2025-04", "2025-05"]


def test_accounts_of_nobody_and_resources_of_no_series_are_found_under_their_own_names(city: SmallCity) -> None:
    city.log(
        "2025-03-05 12:00,CITY\\Ghost,case/17,view,,",
        "2025-03-05 13:00,ghost,case/18,view,,",
        "2025-03-05 13:00,ghost,Other/Thing,view,,",
        "2025-03-05 13:00,aolson,Other/Thing,view,,",
        "2025-03-05 13:00,,case/1,view,,",
    )
    city.audit()
    found = [
        (one.finding.reason, one.finding.who, one.finding.what, one.figures.events)
        for one in standing_findings(city.session)
    ]

    assert found == [
        ("uninventoried_resource", "E1", "Other/Thing", 1),
        ("uninventoried_resource", "ghost", "Other/Thing", 1),
        ("unknown_account", "", "S1", 1),
        ("unknown_account", "ghost", "S1", 2),
    ]


def test_the_run_records_what_was_asked_and_decided(city: SmallCity) -> None:
    city.views("2025-03-05", "2025-04-05")
    run = city.audit().run

    assert (run.events, run.authorized, run.unauthorized, run.unresolved, run.out_of_scope) == (2, 1, 1, 0, 0)
    assert json.loads(run.reasons) == {"assigned": 1, "assignment_ended": 1}
    assert (run.examined, run.agreed, run.findings, run.run_by, run.run_at) == (2, 2, 1, "test", NOW)
    assert (run.range_start, run.range_end, run.known_at, run.logs_known_at) == (None, None, NOW, NOW)


def test_auditing_again_changes_nothing(city: SmallCity) -> None:
    city.views("2025-04-05")
    first, again = city.audit(), city.audit()

    assert (moved(first), moved(again)) == ((1, 0, 0), (0, 0, 0))
    assert len(city.session.exec(select(FindingFigures)).all()) == 1


@on_both
def test_later_logs_make_a_finding_grow_and_keep_its_status_and_notes(city: SmallCity) -> None:
    city.views("2025-04-05")
    city.audit()
    (key,) = city.keys()
    note_finding(city.session, key, status="under review", note="asked the chief", now=NOW, by="official")
    city.views("2025-04-05", "2025-04-06", "2025-04-07")
    receipt = city.audit()
    (one,) = standing_findings(city.session)

    assert moved(receipt) == (0, 1, 0)
    assert (one.finding.key, one.finding.status, one.figures.events) == (key, "under review", 3)
    assert len(city.session.exec(select(FindingFigures)).all()) == 2  # what was counted before stays


@on_both
def test_a_finding_that_is_no_longer_found_is_withdrawn_but_kept_and_may_come_back(city: SmallCity) -> None:
    city.views("2025-04-05")
    city.audit()
    (key,) = city.keys()
    note_finding(city.session, key, status="closed", note="", now=NOW, by="official")
    city.record(a_row(WorkAccess, holder_type="employee", holder="E1", recorded_at=MAY_1))

    assert moved(city.audit()) == (0, 0, 1)
    assert city.keys() == []
    assert city.session.exec(select(Finding.status)).one() == "closed"
    assert moved(city.audit(known_at=MAY_1 - DAY)) == (0, 1, 0)
    assert city.keys() == [key]


def test_known_at_asks_again_as_it_was_known_then(city: SmallCity) -> None:
    city.views("2025-04-05")
    city.record(a_row(WorkAccess, holder_type="employee", holder="E1", recorded_at=MAY_1))

    then = city.audit(known_at=MAY_1 - timedelta(microseconds=1))
    assert city.found() == [("assignment_ended", "2025-04", 1)]
    assert then.notices == (
        (
            "The findings of this time stand now as known on 30 April 2025, 23:59:59.999999; "
            "audit it again for the present."
        ),
    )
    city.audit(known_at=MAY_1)
    assert city.found() == []


def test_logs_known_at_leaves_out_logs_imported_later(city: SmallCity) -> None:
    city.views("2025-04-05", now=MAY_1)
    city.views("2025-04-06", now=JUNE_1)

    assert city.audit(logs_known_at=MAY_1).run.events == 1
    assert city.audit(logs_known_at=MAY_1 - DAY).run.events == 0
    assert city.audit().run.events == 2


def test_an_audit_without_logs_finds_nothing(city: SmallCity) -> None:
    receipt = city.audit()

    assert (receipt.run.events, receipt.counts, moved(receipt)) == (0, {}, (0, 0, 0))


def test_without_an_entity_nothing_can_be_audited(session: Session, settings: Settings) -> None:
    with pytest.raises(NotFound, match="no entity here yet"):
        audit_all(session, settings)


@pytest.mark.parametrize("end", [MARCH_1, MARCH_1 - DAY])
def test_a_range_that_ends_before_it_begins_is_refused_and_not_recorded(city: SmallCity, end: datetime) -> None:
    with pytest.raises(Invalid, match="would end before it begins"):
        city.audit(MARCH_1, end)

    assert city.session.exec(select(AuditRun)).all() == []


# --- Ranges ---


def test_a_range_holds_from_its_start_up_to_not_including_its_end(city: SmallCity) -> None:
    city.log(
        "2025-04-01T04:59:59.999999Z,aolson,case/1,view,,",
        "2025-04-01T05:00:00Z,aolson,case/1,view,,",
        "2025-05-01T04:59:59.999999Z,aolson,case/1,view,,",
        "2025-05-01T05:00:00Z,aolson,case/1,view,,",
    )

    assert city.audit(APRIL_1, MAY_1).run.events == 2
    assert city.found() == [("assignment_ended", "2025-04", 2)]


def test_months_outside_the_range_are_untouched(city: SmallCity) -> None:
    city.views("2025-04-05", "2025-05-05", "2025-06-05")
    city.audit()
    city.record(a_row(WorkAccess, holder_type="employee", holder="E1", recorded_at=MAY_1))
    receipt = city.audit(MAY_1, JUNE_1)

    assert moved(receipt) == (0, 0, 1)
    assert receipt.notices == ()
    assert city.found() == [("assignment_ended", "2025-04", 1), ("assignment_ended", "2025-06", 1)]


DAYS = [f"2025-04-{day:02d}" for day in range(1, 31)]


@pytest.mark.parametrize(
    ("before", "asked", "audited"),
    [
        ([(0, 30)], (9, 19), (0, 30)),
        ([(0, 5)], (19, 24), (0, 24)),
        ([(19, 24)], (0, 5), (0, 24)),
        ([(0, 5), (25, 30)], (9, 10), (0, 30)),
        ([(5, 9)], (5, 9), (5, 9)),
        ([(9, 19)], (5, 15), (5, 19)),
        ([(-31, 5)], (9, 19), (0, 19)),
        ([(25, 45)], (9, 19), (9, 30)),
        ([(None, None)], (9, 19), (0, 30)),
        ([(-31, 0)], (9, 19), (9, 19)),
        ([(30, 60)], (9, 19), (9, 19)),
        ([(None, 5)], (9, None), (0, None)),
        ([(20, None)], (None, 9), (None, 30)),
    ],
)
def test_a_range_within_a_month_is_widened_to_the_days_audited_before(
    city: SmallCity, before: Sequence[tuple[int | None, int | None]], asked: tuple[int, int], audited: tuple[int, int]
) -> None:
    city.views(*DAYS)

    def bounds(days: Iterable[int | None]) -> list[datetime | None]:
        return [None if day is None else APRIL_1 + day * DAY for day in days]

    for earlier in before:
        city.audit(*bounds(earlier))
    receipt = city.audit(*bounds(asked))

    assert [receipt.run.range_start, receipt.run.range_end] == bounds(audited)
    assert any(text.startswith("Audited from") for text in receipt.notices) == (audited != asked)
    first, last = (0 if audited[0] is None else audited[0]), (30 if audited[1] is None else audited[1])
    assert city.found() == [("assignment_ended", "2025-04", last - first)]


def test_the_widening_is_said(city: SmallCity) -> None:
    city.audit(APRIL_1, MAY_1)

    assert city.audit(APRIL_1 + DAY, APRIL_1 + 2 * DAY).notices == (
        "Audited from 1 April 2025, 00:00 to 1 May 2025, 00:00, as other days of these months were audited before.",
        "Nothing that decisions rest on has changed since run 1; its findings stand.",
    )


# --- The digest of what an audit rests on ---


def digest(city: SmallCity) -> str:
    """Audit all, and give the digest."""
    return city.audit().run.digest


@pytest.mark.parametrize(
    "change",
    [
        lambda city: city.record(a_row(Employee, employee_id="E9")),
        lambda city: city.record(a_row(Position, position_code="P9")),
        lambda city: city.record(a_row(DataSeries, code="S9")),
        lambda city: city.record(a_row(Employment, start=MARCH_1)),
        lambda city: city.record(a_row(Account, login="other")),
        lambda city: city.record(a_row(ResourcePattern, pattern="x*")),
        lambda city: city.record(a_row(TemporaryDuty, reason="other")),
        lambda city: city.views("2025-04-06"),
        lambda city: add_source(
            city.session,
            SourceRequest("cad", "csv", WITH_DOMAIN, "America/Chicago", "cad"),
            now=JUNE_1,
            by="clerk",
        ),
    ],
    ids=["employee", "position", "series", "employment", "account", "pattern", "duty", "log", "normalising"],
)
def test_another_input_has_another_digest_and_the_same_the_same(city: SmallCity, change: Any) -> None:  # noqa: ANN401
    city.views("2025-04-05")
    before = digest(city)

    assert digest(city) == before
    change(city)
    assert digest(city) != before


def test_another_grace_or_range_has_another_digest(city: SmallCity) -> None:
    city.record(a_row(WorkAccess, stated_recorded_at=MAY_1))
    before = digest(city)
    city.settings = city.settings.model_copy(update={"grace_days_work_access": 3})

    assert len({before, digest(city), city.audit(None, MAY_1).run.digest}) == 3


def test_figures_name_the_run_that_counted_them(city: SmallCity) -> None:
    city.views("2025-04-05")
    first = city.audit().run
    city.audit()
    city.views("2025-04-06")
    third = city.audit().run
    rows = city.session.exec(select(FindingFigures).order_by(col(FindingFigures.id))).all()

    assert [(row.run_id, row.events) for row in rows] == [(first.id, 1), (third.id, 2)]
