"""What holds an audit to its other deciders: each finds the decision that is wrong, and then nothing is published."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import duckdb
import pytest
from sqlmodel import Session, select

from access.load_facts import load_facts
from access.resolve_grants import Policy
from audit.build_cases import CaseBuilder
from audit.cross_examine import Examination, cross_examine
from audit.decide_events import Lookups
from audit.decided import Decided
from audit.logs.account_forms import normalising_of
from audit.logs.event_store import stored_logs
from audit.models import AuditRun, Finding
from audit.pick_accesses import Sampled, pick_accesses, sample_of
from audit.rules import RESTS_ON_GRANTS, VERDICT_OF
from audit.tally import Tally
from config.bulk import open_bulk
from config.database import connect
from config.errors import Conflict
from tests.audit.auditing import HEADINGS
from tests.town import NOW, Town
from tests.town_stages import NewFolder, Stage, TownStages

# The reasons that the town's own log has no access for, and one within an hour of an edge.
MORE = """
2025-02-20 09:00,aolson,bid/1,view,,
2025-03-10 09:00,cdale,bid/1,view,,
2025-03-04 23:30,aolson,bid/1,view,,
"""
EVENTS = 18


class Bench:
    """The town's policy ready to be asked, with an access or more for each reason."""

    def __init__(self, town: Town) -> None:
        facts = load_facts(town.session, at=NOW, graces=town.settings.graces())
        self.policy = Policy(facts, open_bulk(town.settings))
        self._store = stored_logs(town.session, town.settings.data_dir)
        self._normalising = normalising_of(town.session, self._store)
        self.decided = self.decide()
        self.builder = CaseBuilder(self.policy)

    def decide(self) -> Decided:
        """Decide all events by the grants that the policy holds."""
        self.decided = Decided(self.policy, self._store, self._normalising)
        return self.decided

    def sample(self, most: int = 100) -> list[Sampled]:
        """Give sampled decisions."""
        return self.picked(most)[1]

    def picked(self, most: int) -> tuple[Mapping[str, int], list[Sampled]]:
        """Give the events by reason, and sampled decisions."""
        tally = Tally.of_nothing(most)
        pick_accesses(self.decided, tally)
        return tally.by_reason, sample_of(self.policy.connection, tally)

    def sampled(self, place: str) -> list[Sampled]:
        """Give the decision of one record."""
        return [event for event in self.sample() if event.place == place]


@pytest.fixture(scope="module")
def town_with_more(
    town_stages: TownStages, new_folder: NewFolder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    """Give the town with more accesses, once for all tests here, none of which changes it."""
    folder = tmp_path_factory.mktemp("bench")
    with new_folder("sqlite", folder / "data") as settings:
        town_stages.put(Stage.LOGGED, settings)
        engine = connect(settings.resolved_database_url())
        with Session(engine) as session:
            town = Town(session, settings, folder)
            town.log(f"{HEADINGS}{MORE}", name="more.csv")
            yield town
        engine.dispose()


@pytest.fixture
def bench(town_with_more: Town) -> Iterator[Bench]:
    """Give a bench whose policy may be changed."""
    bench = Bench(town_with_more)
    yield bench
    bench.policy.connection.close()


def test_right_decisions_agree_and_are_counted(bench: Bench) -> None:
    sample = bench.sample()

    assert cross_examine(bench.policy, bench.builder, sample) == Examination(EVENTS, EVENTS)
    assert {event.reason for event in sample} == set(VERDICT_OF)


def test_every_reason_is_heard_in_a_small_sample(bench: Bench) -> None:
    counts, sample = bench.picked(len(VERDICT_OF))

    assert {event.reason for event in sample} == set(counts)
    assert sum(counts.values()) == EVENTS


def test_those_nearest_to_an_edge_are_among_the_sample(bench: Bench) -> None:
    near = {event.place for event in bench.sample(1) if event.reason in RESTS_ON_GRANTS}

    assert near == {"more.csv, record 3"}


def test_a_decision_that_is_any_other_reason_is_found_out(bench: Bench) -> None:
    """No decider lets one wrong reason pass, whatever the right one is."""
    by_reason = {event.reason: event for event in bench.sample()}
    for event in by_reason.values():
        for wrong in set(VERDICT_OF) - {event.reason}:
            with pytest.raises(Conflict, match=f"published nothing.* as {wrong}, but"):
                cross_examine(bench.policy, bench.builder, [replace(event, reason=wrong)])


@pytest.mark.parametrize(
    ("place", "tampered"),
    [
        ("cad.csv, record 1", "UPDATE grants SET actions = 0 WHERE NOT of_an_office"),
        ("cad.csv, record 1", "DELETE FROM grants"),
        ("cad.csv, record 1", "UPDATE grants SET timely_from = 1900000000000000"),
        ("cad.csv, record 3", 'UPDATE grants SET "end" = 4611686018427387904'),
        ("cad.csv, record 15", "UPDATE grants SET timely_from = -4611686018427387904"),
        ("more.csv, record 1", "UPDATE grants SET start = -4611686018427387904"),
    ],
)
def test_casbin_finds_out_grants_that_were_resolved_wrongly(bench: Bench, place: str, tampered: str) -> None:
    """The table rests on the same grants as the bulk decision and agrees with it; Casbin finds its way by itself."""
    bench.policy.connection.execute(tampered)
    bench.decide()

    with pytest.raises(Conflict, match="but Casbin answers otherwise"):
        cross_examine(bench.policy, bench.builder, bench.sampled(place))


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


@contextmanager
def deciding_by(folder: Path, right: str, wrong: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the program decide by SQL that has one place changed."""
    text = files("audit").joinpath("decide_events.sql").read_text("utf-8")
    assert text.count(right) == 1
    (folder / "decide_events.sql").write_text(text.replace(right, wrong), encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr("audit.decided.files", lambda _package: folder)
        yield


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("WHEN timely_duty THEN 8\n", ""),
        ("""g.start <= since AND since < g."end" AS in_force""", """g.start < since AND since < g."end" AS in_force"""),
    ],
)
def test_a_program_that_decides_wrongly_publishes_nothing(
    right: str, wrong: str, logged_town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with deciding_by(tmp_path, right, wrong, monkeypatch), pytest.raises(Conflict, match="The audit published nothing"):
        logged_town.audit()

    for table in (AuditRun, Finding):
        assert logged_town.session.exec(select(table)).all() == []
