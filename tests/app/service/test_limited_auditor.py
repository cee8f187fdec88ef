"""An auditor who is limited to months and sources: what is beyond them is not there, on any way to it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from starlette.testclient import TestClient

from config.errors import Invalid
from config.officials.limits import UNLIMITED, Limits, read_months
from config.officials.officials import limit_auditor
from tests.app.service.serving import Service
from tests.importing import CHICAGO

_JSON = {"Accept": "application/json"}
_DECISIONS = "/api/v1/decisions?look_purpose=held"


@contextmanager
def limited(service: Service, limits: Limits) -> Iterator[TestClient]:
    """Limit the auditor, and give their browser."""
    with service.installation.change() as work:
        limit_auditor(work.session, "auditor", limits, now=work.now, by="test")
    yield service.signed_in("auditor")


def local_month(time: str) -> str:
    """Give the month in which an instant falls in the town."""
    return f"{datetime.fromisoformat(time).astimezone(CHICAGO):%Y-%m}"


def found(browser: TestClient) -> dict[str, tuple[str, str]]:
    """Give month and sources of every finding that is there, by key."""
    items = browser.get("/api/v1/findings").json()["items"]
    return {item["key"]: (item["month"], item["sources"]) for item in items}


@pytest.mark.parametrize("by", ["months", "sources"])
def test_findings_beyond_the_limits_are_not_there(town_service: Service, by: str) -> None:
    everything = found(town_service.signed_in("compliance_official"))
    place = 0 if by == "months" else 1
    one = min(about[place].split("; ")[0] for about in everything.values())
    within = {key for key, about in everything.items() if set(about[place].split("; ")) <= {one}}
    limits = Limits(months=frozenset({one})) if by == "months" else Limits(sources=frozenset({one}))

    with limited(town_service, limits) as auditor:
        assert set(found(auditor)) == within
        exported = auditor.get("/findings.csv").text
        listed = set(re.findall(r'href="/findings/([0-9a-f]{16})"', auditor.get("/findings").text))
        for key in everything:
            addresses = (f"/findings/{key}", f"/api/v1/findings/{key}")
            assert {auditor.get(address).status_code for address in addresses} == {200 if key in within else 404}
            assert [key in exported, key in listed] == [key in within] * 2
            assert (auditor.get(f"/search?q={key}").status_code == 303) == (key in within)


@pytest.mark.parametrize("by", ["months", "sources"])
def test_decisions_beyond_the_limits_are_not_given(town_service: Service, by: str) -> None:
    everything = town_service.signed_in("compliance_official").get(_DECISIONS, headers=_JSON).json()
    place = (lambda one: local_month(one["time"])) if by == "months" else (lambda one: one["source"])
    one = min(map(place, everything))
    limits = Limits(months=frozenset({one})) if by == "months" else Limits(sources=frozenset({one}))

    with limited(town_service, limits) as auditor:
        given = auditor.get(_DECISIONS, headers=_JSON).json()
        assert given == [decision for decision in everything if place(decision) == one]
    other = Limits(months=frozenset({"1999-01"})) if by == "months" else Limits(sources=frozenset({"another"}))
    with limited(town_service, other) as auditor:
        assert auditor.get(_DECISIONS, headers=_JSON).json() == []


@pytest.mark.parametrize("what", ["accounts", "resources", "purposes"])
def test_names_that_map_to_nothing_beyond_the_limits_are_not_there(town_service: Service, what: str) -> None:
    address = f"/api/v1/mappings/{what}"
    (one,) = town_service.signed_in("compliance_official").get(address).json()["items"]

    for month, is_within in ((local_month(one["first"]), True), ("2025-01", False)):
        with limited(town_service, Limits(months=frozenset({month}))) as auditor:
            assert auditor.get(address).json()["items"] == ([one] if is_within else [])
            assert (one["name"] in auditor.get(f"/logs/cad/mapping?what={what}").text) == is_within
    with limited(town_service, Limits(sources=frozenset({"another"}))) as auditor:
        assert auditor.get(address).json()["items"] == []
        beyond = (f"{address}?source=cad", f"/logs/cad/mapping?what={what}", "/logs/cad/mapping/accounts.xlsx")
        assert {auditor.get(one).status_code for one in beyond} == {403}


def test_some_findings_are_beyond_a_month_that_has_none(town_service: Service) -> None:
    with limited(town_service, Limits(months=frozenset({"1999-01"}))) as auditor:
        assert found(auditor) == {}
        assert "No finding fits" in auditor.get("/findings").text


def test_a_report_that_counts_beyond_the_limits_is_not_to_be_had(town_service: Service) -> None:
    with limited(town_service, Limits(months=frozenset({"2025-03"}))) as auditor:
        refused = auditor.post("/api/v1/reports/findings", json={"options": {}})
        assert refused.status_code == 403
        assert auditor.post("/api/v1/reports/inventory", json={"options": {}}).status_code == 202


def test_moves_of_findings_are_no_changes_for_who_is_limited(town_service: Service) -> None:
    official = town_service.signed_in("compliance_official")
    key = next(iter(found(official)))
    tag = official.get(f"/api/v1/findings/{key}").headers["etag"]
    official.post(f"/api/v1/findings/{key}/moves", json={"note": "asked"}, headers={"If-Match": tag})
    moves = "/api/v1/changes?thing=moves of findings"

    assert len(official.get(moves).json()["items"]) == 1
    with limited(town_service, Limits(months=frozenset({"2025-02"}))) as auditor:
        assert auditor.get(moves).json()["items"] == []


def test_limits_are_an_auditors_and_end_where_another_role_reads_all(town_service: Service) -> None:
    with town_service.installation.change() as work, pytest.raises(Invalid, match="Only an auditor"):
        limit_auditor(work.session, "hr", Limits(sources=frozenset({"cad"})), now=work.now, by="test")
    with limited(town_service, UNLIMITED) as auditor:
        assert found(auditor) == found(town_service.signed_in("compliance_official"))


@pytest.mark.parametrize(
    ("texts", "months"),
    [
        (["2025-03"], ["2025-03"]),
        (["2024-11..2025-02", "2025-01"], ["2024-11", "2024-12", "2025-01", "2025-02"]),
    ],
)
def test_months_are_named_one_by_one_or_from_one_to_another(texts: list[str], months: list[str]) -> None:
    assert read_months(texts) == months


@pytest.mark.parametrize("text", ["2025", "2025-13", "2025-05..2025-03", "0001-01..9999-12", "March"])
def test_what_names_no_months_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="months"):
        read_months([text])


def test_uses_that_are_counted_over_all_logs_are_not_told(town_service: Service) -> None:
    with limited(town_service, Limits(months=frozenset({"2025-03"}))) as auditor:
        places = ("/reviews", "/api/v1/access-reviews", "/grants/proposals", "/api/v1/access-proposals")
        answers = [auditor.get(address) for address in places]

    assert [answer.status_code for answer in answers] == [403] * 4
    assert all("you may read months 2025-03 alone" in answer.text for answer in answers)
