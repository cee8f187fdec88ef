"""The grant that a decision of millions names is the one that the decision table names."""

from pathlib import Path

import pytest
from sqlmodel import Session

from access.load_facts import load_facts
from access.resolve_grants import Policy
from audit.build_cases import CaseBuilder
from audit.decide_events import decide_events, map_events
from audit.logs.event_store import stored_files
from audit.logs.sources import normalising_of
from audit.name_grants import name_grants
from audit.rules import decide
from config.bulk import open_bulk
from config.clock import from_microseconds
from config.settings import Settings
from tests.audit.deciders import LAST, enter_city
from tests.cities import city_from_seed


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
@pytest.mark.parametrize("seed", range(300, 303))
def test_both_name_the_same_grant(seed: int, session: Session, settings: Settings, tmp_path: Path) -> None:
    enter_city(session, city_from_seed(seed), tmp_path / "files", settings)
    policy = Policy(load_facts(session, at=LAST, graces=settings.graces()), open_bulk(settings))
    builder = CaseBuilder(policy)
    stored = stored_files(session, settings.data_dir)
    map_events(policy, stored, normalising_of(session, stored))
    decide_events(policy)
    name_grants(policy)
    employees = {key: name for name, key in policy.employee_keys.items()}
    codes = {key: code for code, key in policy.series_keys.items()}
    rows = policy.connection.execute(
        "SELECT employee_key, series_key, grant_id, instant, account, resource, action, purpose, target, standing "
        "FROM decided_by_grant"
    ).fetchall()
    policy_names = []
    for employee_key, series_key, grant_id, instant, account, resource, action, purpose, target, standing in rows:
        case = builder.build(
            time=from_microseconds(instant),
            account=account,
            resource=resource,
            action=action,
            purpose=purpose,
            target=target,
            standing=standing,
            employee_id=employees.get(employee_key, ""),
            series=codes.get(series_key, ""),
        )
        grant = decide(case).grant
        policy_names.append((grant_id, None if grant is None else grant.grant_id))
    policy.connection.close()

    assert [pair for pair in policy_names if pair[0] != pair[1]] == []
    assert any(named for named, _ in policy_names)
