"""A source that does not record views says so, wherever somebody may take that for clean."""

import pytest

from audit.logs.coverage import CoverageRequest, read_coverage
from audit.logs.list_sources import describe_source
from audit.logs.say_coverage import sum_up
from tests.audit.logs.importing_logs import HEADER, LINE, Logs

FIELDS = "fields: {time: time, account: account, resource: resource, action: action}\n"


@pytest.mark.parametrize("what", ["changes", "sign-ins"])
def test_an_import_and_an_audit_of_a_source_without_views_say_that_none_were_seen(logs: Logs, what: str) -> None:
    logs.change_source(f"records_what: {what}\n{FIELDS}")

    receipt = logs.add(HEADER + LINE)

    assert f"This source records {what} alone" in " ".join(receipt.notices)
    said = sum_up(read_coverage(logs.work(), CoverageRequest(usual=False))).said
    assert f"Only {what} are recorded by permits: who viewed data there was not seen." in said
    listed = describe_source(logs.session, logs.source, logs.settings.data_dir)
    assert listed.records_what.startswith(f"It records {what} alone")


def test_a_source_with_views_has_nothing_to_say(logs: Logs) -> None:
    logs.change_source(f"records_what: views\n{FIELDS}")

    receipt = logs.add(HEADER + LINE)

    assert not [notice for notice in receipt.notices if "alone" in notice]
    assert "recorded by" not in sum_up(read_coverage(logs.work(), CoverageRequest(usual=False))).said
