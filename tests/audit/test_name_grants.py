"""The grant that a decision of millions names is the one that the decision table names."""

from pathlib import Path

import pytest
from sqlmodel import Session

from access.load_facts import load_facts
from access.resolve_grants import Policy
from audit.build_cases import CaseBuilder
from audit.decided import Decided
from audit.logs.event_store import stored_logs
from audit.logs.sources import normalising_of
from audit.map_names import standing_of, target_of
from audit.rules import decide
from config.bulk import open_bulk
from config.clock import from_microseconds
from config.settings import Settings
from tests.audit.deciders import LAST, enter_city
from tests.cities import city_from_seed


@pytest.mark.parametrize("seed", range(300, 303))
def test_both_name_the_same_grant(seed: int, session: Session, settings: Settings, tmp_path: Path) -> None:
    enter_city(session, city_from_seed(seed), tmp_path / "files", settings)
    policy = Policy(load_facts(session, at=LAST, graces=settings.graces()), open_bulk(settings))
    builder = CaseBuilder(policy)
    store = stored_logs(session, settings.data_dir)
    decided = Decided(policy, store, normalising_of(session, store))
    decided.name_grants()
    rows = policy.connection.execute(
        "SELECT coalesce(employee_id, ''), coalesce(series, ''), grant_id, instant, account, resource, action, "
        "purpose, resource_rule, account_rule FROM decided_in_words"
    ).fetchall()
    policy_names = []
    for employee_id, series, grant_id, instant, account, resource, action, purpose, of_resource, of_account in rows:
        case = builder.build(
            time=from_microseconds(instant),
            account=account,
            resource=resource,
            action=action,
            purpose=purpose,
            target=target_of(of_resource, series),
            standing=standing_of(of_account),
            employee_id=employee_id,
            series=series,
        )
        grant = decide(case).grant
        policy_names.append((grant_id, None if grant is None else grant.grant_id))
    policy.connection.close()

    assert [pair for pair in policy_names if pair[0] != pair[1]] == []
    assert any(named for named, _ in policy_names)
