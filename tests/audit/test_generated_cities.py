"""On generated cities SQL, the decision table and Casbin give one answer, the reference's; so do the findings."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from sqlmodel import Session

from access.load_facts import load_facts
from access.resolve_grants import Policy
from audit.audit_receipt import AuditReceipt
from audit.build_cases import CaseBuilder
from audit.decided import Decided
from audit.finding_accesses import finding_accesses
from audit.finding_rows import CountingAudit
from audit.finding_views import finding_views
from audit.kept import Kept
from audit.logs.account_forms import normalising_of
from audit.logs.event_store import stored_logs
from audit.map_names import standing_of, target_of
from audit.publish import Moves
from audit.rules import decide
from audit.run_audit import AuditRequest
from audit.run_views import run_views
from config.bulk import open_bulk
from config.clock import from_microseconds
from config.database import connect
from config.settings import Settings
from config.work import Work
from inventory.entity_time import entity_zone
from tests.agree_on_cities import agree_on_city
from tests.audit.deciders import LAST, differences, enter_city, with_graces_of
from tests.cities.files import as_entered
from tests.cities.generate import cities, city_from_seed
from tests.installing import audit
from tests.reference import decide as reference
from tests.reference.facts import City
from tests.town_stages import NewFolder


@dataclass(frozen=True)
class Entered:
    """A city that was entered, each row at its time."""

    city: City
    session: Session
    settings: Settings

    def audit(self, known_at: datetime = LAST) -> AuditReceipt:
        """Audit everything as known at an instant."""
        return audit(self.session, self.settings, AuditRequest(known_at=known_at), LAST)

    def work(self) -> Work:
        """Read what is known in the end."""
        return Work(self.session, LAST, LAST, "test", self.settings, entity_zone)


@pytest.fixture(
    scope="module",
    params=[*(("sqlite", seed) for seed in range(6)), ("postgresql", 10), ("postgresql", 11)],
    ids=lambda param: f"{param[0]}-{param[1]}",
)
def entered(
    request: pytest.FixtureRequest, new_folder: NewFolder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Entered]:
    """Give a city; no test changes what was entered."""
    kind, seed = request.param
    folder = tmp_path_factory.mktemp("city")
    with new_folder(kind, folder / "data") as empty:
        city = city_from_seed(seed)
        settings = with_graces_of(city, empty)
        engine = connect(settings.resolved_database_url())
        with Session(engine) as session:
            yield Entered(enter_city(session, city, folder / "files", settings), session, settings)
        engine.dispose()


def test_all_deciders_agree_with_the_reference_as_known_at_every_step(entered: Entered) -> None:
    assert differences(entered.session, entered.city, entered.settings) == []


@hypothesis_settings(
    max_examples=3, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck), derandomize=True
)
@given(city=cities())
def test_all_deciders_agree_with_the_reference_on_any_city(city: City) -> None:
    assert agree_on_city(city) == []


def test_the_findings_are_those_of_the_reference_and_stay_when_audited_again(entered: Entered) -> None:
    first = entered.audit()
    expected = reference.findings(entered.city, entered.city.events)

    assert _standing(entered.session) == expected
    assert first.moves[:3] == (len(expected), 0, 0)
    assert (first.run.events, first.run.findings) == (len(entered.city.events), len(expected))
    assert first.run.examined == first.run.agreed > 0
    again = entered.audit()
    assert (again.moves, again.run.digest) == (Moves(), first.run.digest)

    moment, known = as_entered(entered.city)[0]
    question = entered.audit(known_at=moment).run
    asked = run_views(entered.session, question.id, ZoneInfo("America/Chicago"))
    assert _in_order(vars(view) for view in asked) == reference.findings(known, entered.city.events)
    assert _standing(entered.session) == expected


def test_findings_show_the_accesses_that_they_counted(entered: Entered) -> None:
    run, views, kept = entered.audit().run, finding_views(entered.session), Kept()
    counted = CountingAudit(run.id, run.known_at, run.logs_known_at)
    for view in views[:: 1 + len(views) // 8]:
        shown = finding_accesses(entered.work(), kept, view, counted, most=1_000).first
        assert (len(shown), shown[0].time, shown[-1].time) == (view.events, view.first, view.last)


def _standing(session: Session) -> list[dict[str, object]]:
    """Give the findings that stand in the shape and order of the reference."""
    return _in_order(vars(view) for view in finding_views(session))


def _in_order(views: Iterable[Mapping[str, object]]) -> list[dict[str, object]]:
    named = ("who", "what", "reason", "month", "events", "first", "last", "subjects")
    rows = [{name: view[name] for name in named} for view in views]
    return sorted(rows, key=lambda row: tuple(str(row[name]) for name in named[:4]))


def test_sql_names_the_grant_that_the_decision_table_names(entered: Entered) -> None:
    policy = Policy(load_facts(entered.session, at=LAST, graces=entered.settings.graces()), open_bulk(entered.settings))
    with closing(policy.connection):
        builder = CaseBuilder(policy)
        store = stored_logs(entered.session, entered.settings.data_dir)
        Decided(policy, store, normalising_of(entered.session, store)).name_grants()
        rows = policy.connection.execute(
            "SELECT grant_id, instant, account, resource, action, purpose, coalesce(employee_id, ''), "
            "coalesce(series, ''), resource_rule, account_rule FROM decided_in_words"
        ).fetchall()
        named = [(row[0], _grant_by_table(builder, *row[1:])) for row in rows]

    assert [pair for pair in named if pair[0] != pair[1]] == []


def _grant_by_table(
    builder: CaseBuilder,
    instant: int,
    account: str,
    resource: str,
    action: str,
    purpose: str,
    employee_id: str,
    series: str,
    resource_rule: int,
    account_rule: int,
) -> str | None:
    case = builder.build(
        time=from_microseconds(instant),
        account=account,
        resource=resource,
        action=action,
        purpose=purpose,
        target=target_of(resource_rule, series),
        standing=standing_of(account_rule),
        employee_id=employee_id,
        series=series,
    )
    grant = decide(case).grant
    return None if grant is None else grant.grant_id
