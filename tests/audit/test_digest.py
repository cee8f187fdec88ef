"""The digest of what an audit rests on: another where anything is, and the same where nothing is."""

from collections.abc import Callable
from dataclasses import replace

from access.models import Account, Assignment, Employee, Employment, OfficerDuty, Position, TemporaryDuty, WorkAccess
from audit.logs.sources import SourceChange, set_source
from inventory.models import DataSeries, ResourcePattern
from tests.audit.auditing import view_bids
from tests.builders import JUNE_1, MARCH_1, MAY_1, a_row
from tests.town import Town

# the plain format, but that accounts compare with their domain
WITH_DOMAIN = """
fields: {time: time, account: account, resource: resource, action: action}
accounts: {strip_domain_prefix: false}
"""


def compare_with_domain(town: Town) -> None:
    set_source(town.session, "cad", SourceChange(profile=WITH_DOMAIN), now=JUNE_1, by="clerk")


CHANGES: dict[str, Callable[[Town], None]] = {
    "employee": lambda town: town.record(a_row(Employee, employee_id="E9")),
    "position": lambda town: town.record(a_row(Position, position_code="P9")),
    "series": lambda town: town.record(a_row(DataSeries, code="S9")),
    "employment": lambda town: town.record(a_row(Employment, start=MARCH_1)),
    "assignment": lambda town: town.record(a_row(Assignment, position_code="P4")),
    "account": lambda town: town.record(a_row(Account, login="other")),
    "pattern": lambda town: town.record(a_row(ResourcePattern, pattern="x*")),
    "work access": lambda town: town.record(a_row(WorkAccess, stated_recorded_at=MAY_1)),
    "duty": lambda town: town.record(a_row(TemporaryDuty, reason="other")),
    "specified duty": lambda town: town.record(a_row(OfficerDuty)),
    "log": lambda town: view_bids(town, "2025-04-06"),
    "normalising": compare_with_domain,
}


def test_each_other_input_has_another_digest_and_the_same_the_same(quiet_town: Town) -> None:
    view_bids(quiet_town, "2025-04-05")
    digests = {"nothing": quiet_town.audit().run.digest}
    assert quiet_town.audit().run.digest == digests["nothing"]

    for name, change in CHANGES.items():
        change(quiet_town)
        digests[name] = quiet_town.audit().run.digest
    patient = quiet_town.settings.model_copy(update={"grace_days_work_access": 3})
    digests["grace"] = replace(quiet_town, settings=patient).audit().run.digest
    digests["range"] = quiet_town.audit(None, MAY_1).run.digest

    assert [name for name, digest in digests.items() if list(digests.values()).count(digest) > 1] == []
