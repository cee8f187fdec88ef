"""What people typed as reason, at the command line: suggested, accepted, taken back, and shown with its case."""

import json
from pathlib import Path

from tests.app.commands import Thirteen

HEAD = "time,account,resource,action,purpose\n"
PROFILE = r"""
format: csv
fields: {time: time, account: account, resource: resource, action: action, purpose: purpose}
case_number: '\b(\d\d-\d{4})\b'
"""
LOG = f"""{HEAD}2025-04-10 09:00,blarson,pay/1,view,Pay-roll run
2025-04-11 09:00,blarson,pay/1,view,payrol
2025-04-12 09:00,blarson,pay/1,view,audit of 25-0417
2025-04-13 09:00,blarson,pay/1,view,curious
"""


def begin(thirteen: Thirteen) -> None:
    Path("rms.yaml").write_text(PROFILE, encoding="utf-8")
    Path("rms.csv").write_text(LOG, encoding="utf-8")
    thirteen("source", "add", "rms", "--format", "csv", "--profile", "rms.yaml", "--system", "cad")
    thirteen("import", "log", "rms.csv", "--source", "rms")


def reasons(thirteen: Thirteen) -> list[str]:
    """Give the reason of each access of the log, in its order."""
    Path("decisions.json").unlink(missing_ok=True)
    thirteen("decisions", "--out", "decisions.json")
    told = json.loads(Path("decisions.json").read_text(encoding="utf-8"))
    return [one["reason"] for one in sorted(told, key=lambda one: int(one["record"])) if one["source"] == "rms"]


def test_nothing_means_a_purpose_before_somebody_accepts_it(town_thirteen: Thirteen) -> None:
    begin(town_thirteen)

    suggested = town_thirteen("purpose", "suggest", "--source", "rms", "--format", "json")
    listed = json.loads(suggested.out)
    assert [(one["typed"], one["nearest"]) for one in listed] == [
        ("Pay-roll run", "payroll"),
        ("payrol", "payroll"),
        ("audit of 25-0417", ""),
        ("curious", ""),
    ]
    assert "No purpose that work access lists is near to 2 texts." in suggested.err
    assert reasons(town_thirteen) == ["purpose_not_described"] * 4

    refused = town_thirteen("purpose", "map", "payrol", "curious", "--source", "rms")
    assert 'No purpose that work access lists is near to "curious"' in refused.err
    accepted = town_thirteen("purpose", "map", "payrol", "Pay-roll run", "--source", "rms")
    town_thirteen("purpose", "map", "audit*", "--source", "rms", "--means", "payroll", "--pattern")
    assert reasons(town_thirteen) == ["assigned"] * 3 + ["purpose_not_described"]

    number = accepted.out.rpartition("import ")[2].partition(",")[0]
    town_thirteen("undo", number)
    assert reasons(town_thirteen) == ["purpose_not_described"] * 2 + ["assigned", "purpose_not_described"]


def test_a_finding_says_what_was_typed_and_what_it_means_and_names_the_case(town_thirteen: Thirteen) -> None:
    begin(town_thirteen)
    mapped = town_thirteen("purpose", "map", "audit*", "--source", "rms", "--means", "auditing", "--pattern")
    assert 'no work access or temporary duty lists the purpose "auditing"' in mapped.err
    town_thirteen("audit")

    found = json.loads(town_thirteen("findings", "--who", "E2", "--month", "2025-04", "--format", "json").out)
    (key,) = (one["key"] for one in found if one["reason"] == "purpose_not_described")
    page = town_thirteen("finding", key).out

    assert "audit of 25-0417 (means auditing)" in page
    assert "25-0417" in page.partition("case")[2]
