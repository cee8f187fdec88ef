"""What holds an audit to its other deciders: each finds the decision that is wrong, and then nothing is published."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path

import duckdb
import pytest
from sqlmodel import Session, select

from access.load_facts import load_facts
from access.models import Account, Assignment, Employee, Employment, Officer, OfficerDuty, Position, WorkAccess
from access.resolve_grants import Policy
from audit.build_cases import CaseBuilder
from audit.cross_examine import Examination, cross_examine
from audit.decide_events import Lookups
from audit.decided import Decided
from audit.logs.event_store import stored_logs
from audit.logs.sources import SourceRequest, normalising_of
from audit.models import AuditRun, Finding
from audit.pick_accesses import Sampled, pick_accesses
from audit.rules import RESTS_ON_GRANTS, VERDICT_OF
from config.bulk import open_bulk
from config.clock import microseconds
from config.errors import Conflict
from config.settings import Settings
from inventory.models import DataSeries, Entity, ResourcePattern
from tests.builders import APRIL_1, JUNE_1, MARCH_1, MAY_1, a_row
from tests.installing import import_file

PRODUCT = Path(__file__).parents[2]
HOUR = timedelta(hours=1)


class Bench:
    """A policy ready to be asked: Ann Olson may view S1 in March, E2 is an officer with a duty in March for S2."""

    def __init__(self, session: Session, settings: Settings, folder: Path) -> None:
        rows = [
            a_row(model) for model in (Entity, Position, Employee, Employment, Account, DataSeries, ResourcePattern)
        ]
        rows += [a_row(Assignment), a_row(WorkAccess, actions="view", purposes="audit", start=MARCH_1, end=APRIL_1)]
        rows += [a_row(Employee, employee_id="E2", name="Bo Larson"), a_row(Employment, employee_id="E2")]
        rows += [a_row(Officer, employee_id="E2"), a_row(OfficerDuty, employee_id="E2", series="S1")]
        rows += [a_row(Account, employee_id="E2", login="blarson")]
        rows += [
            a_row(WorkAccess, holder_type="employee", holder="E2", stated_recorded_at=JUNE_1, start=MAY_1, end=JUNE_1)
        ]
        session.add_all(rows)
        session.flush()
        self.log(session, settings, folder)
        self.policy = Policy(load_facts(session, at=JUNE_1, graces=settings.graces()), open_bulk(settings))
        self._store = stored_logs(session, settings.data_dir)
        self._normalising = normalising_of(session, self._store)
        self.decided = self.decide()
        self.builder = CaseBuilder(self.policy)

    def decide(self) -> Decided:
        """Decide all events by the grants that the policy holds."""
        self.decided = Decided(self.policy, self._store, self._normalising)
        return self.decided

    def log(self, session: Session, settings: Settings, folder: Path) -> None:
        """Import a log with an access or more of each of several reasons."""
        lines = ["time,account,resource,action,purpose"]
        moments = (MARCH_1 + HOUR, APRIL_1 - HOUR, APRIL_1 + HOUR, MAY_1 + HOUR, MARCH_1 - HOUR)
        lines += [
            f"{moment.isoformat()},{account},case/1,{rest}"
            for account, moment, rest in product(
                ("aolson", "blarson", "ghost"), moments, ("view,audit", "print,audit", "view,fun")
            )
        ]
        path = folder / "log.csv"
        path.write_text("\n".join([*lines, ""]), encoding="utf-8")
        import_file(session, settings, path, SourceRequest("cad", "csv", "", "UTC", "cad"), JUNE_1)

    def sample(self, most: int = 100) -> list[Sampled]:
        """Give sampled decisions."""
        return pick_accesses(self.decided, most)[1]


@pytest.fixture
def bench(session: Session, settings: Settings, tmp_path: Path) -> Iterator[Bench]:
    """Give a bench."""
    bench = Bench(session, settings, tmp_path)
    yield bench
    bench.policy.connection.close()


def test_right_decisions_agree_and_are_counted(bench: Bench) -> None:
    sample = bench.sample()

    assert cross_examine(bench.policy, bench.builder, sample) == Examination(45, 45)
    assert {event.reason for event in sample} == {
        *("assigned", "officer_duty", "backdated", "purpose_not_described", "action_exceeds_assignment"),
        *("officer_without_duty", "assignment_ended", "assignment_not_begun", "unknown_account"),
    }


def test_every_reason_is_heard_in_a_small_sample(bench: Bench) -> None:
    counts, sample = pick_accesses(bench.decided, len(VERDICT_OF))

    assert {event.reason for event in sample} == set(counts)
    assert sum(counts.values()) == 45


def test_those_nearest_to_an_edge_are_among_the_sample(bench: Bench) -> None:
    near = {event.time for event in bench.sample(9) if event.reason in RESTS_ON_GRANTS}

    assert microseconds(APRIL_1 - HOUR) in near


def test_a_decision_that_is_any_other_reason_is_found_out(bench: Bench) -> None:
    """No decider lets one wrong reason pass, whatever the right one is."""
    by_reason = {event.reason: event for event in bench.sample()}
    for event in by_reason.values():
        for wrong in set(VERDICT_OF) - {event.reason}:
            with pytest.raises(Conflict, match=f"published nothing.* as {wrong}, but"):
                cross_examine(bench.policy, bench.builder, [replace(event, reason=wrong)])


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("moment", "tampered"),
    [
        (MARCH_1 + HOUR, "UPDATE grants SET actions = 0 WHERE NOT of_an_office"),
        (MARCH_1 + HOUR, "DELETE FROM grants"),
        (APRIL_1 + HOUR, 'UPDATE grants SET "end" = 4611686018427387904'),
        (MARCH_1 - HOUR, "UPDATE grants SET start = -4611686018427387904"),
        (MAY_1 + HOUR, "UPDATE grants SET timely_from = -4611686018427387904"),
        (MARCH_1 + HOUR, "UPDATE grants SET timely_from = 1900000000000000"),
    ],
)
def test_casbin_finds_out_grants_that_were_resolved_wrongly(bench: Bench, moment: datetime, tampered: str) -> None:
    """The table rests on the same grants as the bulk decision and agrees with it; Casbin finds its way by itself."""
    bench.policy.connection.execute(tampered)
    bench.decide()
    sample = [event for event in bench.sample() if event.time == microseconds(moment)]

    with pytest.raises(Conflict, match="but Casbin answers otherwise"):
        cross_examine(bench.policy, bench.builder, sample)


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "tampered",
    [
        "UPDATE rules_of_states SET rule = 10 WHERE rule = 7",
        "UPDATE rules_of_states SET rule = 14 WHERE rule = 11",
        "UPDATE rules_of_states SET rule = 16 WHERE rule = 14",
        "UPDATE rules_of_states SET rule = 8",
        "UPDATE account_spells SET rule = 17 WHERE rule = 12",
    ],
)
def test_the_decision_table_finds_out_what_was_decided_wrongly(
    bench: Bench, tampered: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def of_tampered_tables(connection: duckdb.DuckDBPyConnection, employees: int, series: int) -> Lookups:
        connection.execute(tampered)
        return Lookups(connection, employees, series)

    monkeypatch.setattr("audit.decided.Lookups", of_tampered_tables)
    bench.decide()

    with pytest.raises(Conflict, match="but the decision table answers otherwise"):
        cross_examine(bench.policy, bench.builder, bench.sample())


# --- A whole product with one fault in its deciding SQL ---

AUDIT = """
import sys
from audit.run_audit import AuditRequest, run_audit
from config.database import connect
from config.settings import Settings
from config.work import Installation
from inventory.queries import entity_zone

settings = Settings(data_dir=sys.argv[1])
run_audit(Installation(settings, connect(settings.resolved_database_url()), "auditor", entity_zone), AuditRequest())
"""


def faulty_product(folder: Path, right: str, wrong: str) -> Path:
    """Copy the product and change one place of the SQL that decides."""
    for name in ("audit", "access", "inventory", "config"):
        shutil.copytree(PRODUCT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    sql = folder / "audit" / "decide_events.sql"
    text = sql.read_text("utf-8")
    assert text.count(right) == 1
    sql.write_text(text.replace(right, wrong), encoding="utf-8")
    return folder


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("WHEN timely_duty THEN 8\n", ""),
        ("""g.start <= since AND since < g."end" AS in_force""", """g.start < since AND since < g."end" AS in_force"""),
    ],
)
def test_a_program_that_decides_wrongly_publishes_nothing(
    right: str, wrong: str, session: Session, settings: Settings, tmp_path: Path
) -> None:
    Bench(session, settings, tmp_path).policy.connection.close()
    session.commit()
    copied = faulty_product(tmp_path / "product", right, wrong)
    environment = {"PYTHONPATH": str(copied), "PATH": ""}
    if settings.database_url is not None:
        environment["THIRTEEN_DATABASE_URL"] = settings.database_url
    ran = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", AUDIT, str(settings.data_dir)],
        cwd=copied,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 1
    assert "Conflict: The audit published nothing" in ran.stderr
    assert session.exec(select(AuditRun)).all() == []
    assert session.exec(select(Finding)).all() == []
