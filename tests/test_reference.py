"""The reference held against answers worked out by hand from DOMAIN.md."""

from datetime import datetime

import pytest

from tests.hand_worked import SAMPLES
from tests.plain_city import VIEWED, Sample, a_city, at, duty
from tests.reference.decide import REASONS, decide, findings
from tests.reference.facts import City


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.claim)
def test_by_hand(sample: Sample) -> None:
    city = a_city(sample.rows, zone=sample.zone, late=sample.late)

    assert " ".join(decide(city, VIEWED | sample.event)) == sample.answer


def test_the_hand_worked_samples_give_every_reason() -> None:
    assert {sample.answer.split()[1] for sample in SAMPLES} == set(REASONS)


def test_an_entity_that_never_went_live_has_no_recorded_time_of_its_own() -> None:
    city = a_city({}, late=duty())
    before_live = City(city.time_zone, city.rows, source_zones=city.source_zones, went_live_at=None)

    assert decide(before_live, VIEWED | at("2025-03-01T11:59:59Z")) == ("authorized", "assigned")


def test_accesses_of_one_employee_to_one_series_in_one_local_month_are_one_finding() -> None:
    times = ("2025-04-01T04:59:59.999999Z", "2025-03-31T12:00:00Z", "2025-04-01T05:00:00Z")
    events = [
        VIEWED | {"time": time, "subject": subject} for time, subject in zip(times, ("C-1", "", "C-1"), strict=True)
    ]

    found = findings(a_city({}), [*events, events[0]])

    last_in_march, in_march, in_april = (datetime.fromisoformat(time) for time in times)
    plain = {"who": "E1", "what": "S1", "reason": "no_work_assignment", "subjects": 1}
    assert found == [
        plain | {"month": "2025-03", "events": 3, "first": in_march, "last": last_in_march},
        plain | {"month": "2025-04", "events": 1, "first": in_april, "last": in_april},
    ]


def test_a_finding_names_the_account_and_the_resource_where_nothing_better_is_known() -> None:
    events = [
        VIEWED | {"account": account, "resource": "Else/Where", "subject": subject}
        for account, subject in ((r"CITY\Bo", "C-1"), ("bo@city.example", "C-2"))
    ]

    found = findings(a_city({}), events)

    assert [(f["who"], f["what"], f["events"], f["subjects"]) for f in found] == [("bo", "Else/Where", 2, 2)]


def test_what_was_authorised_or_out_of_scope_makes_no_finding() -> None:
    city = a_city(duty() | {"resources": "permits,db.s1.*,S1\npermits,health,ignore"})

    assert findings(city, [VIEWED, VIEWED | {"resource": "health"}]) == []
