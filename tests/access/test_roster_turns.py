"""What a later roster changes for one person, on plain values."""

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest

from access.roster_turns import Changed, Listed, News, Recorded, Turn, turn, turn_of_missing
from access.stated import StatedAssignment, StatedEmployment


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def moment(text: str | None) -> datetime | None:
    return day(text) if text else None


JULY_1 = day("2025-07-01")


def employment(start: str | None = "2015-01-05", end: str | None = None) -> StatedEmployment:
    return StatedEmployment("E1", moment(start), moment(end))


def assignment(code: str, start: str | None = "2015-01-05", end: str | None = None) -> StatedAssignment:
    return StatedAssignment("E1", code, moment(start), moment(end), None)


def turned(
    recorded: Recorded, positions: Iterable[str] = ("CLERK",), hired: Iterable[str] = (), on: datetime = JULY_1
) -> Turn:
    return turn(Listed("E1", [day(date) for date in hired], list(positions)), recorded, on)


def test_who_stays_in_the_same_position_changes_nothing() -> None:
    found = turned(Recorded([employment()], [assignment("CLERK")]), hired=["2015-01-05"])

    assert found == Turn(News.STAYS, assignments={"CLERK": assignment("CLERK")})


def test_who_moved_leaves_the_old_position_the_day_before_and_begins_the_new_one_that_day() -> None:
    found = turned(Recorded([employment()], [assignment("OFFICER")]), positions=["LIEUTENANT"])

    assert found.assignments["LIEUTENANT"] == assignment("LIEUTENANT", "2025-07-01")
    assert found.changed == (Changed(assignment("OFFICER"), assignment("OFFICER", end="2025-07-01")),)
    assert (found.news, found.entered, found.left) == (News.STAYS, ("LIEUTENANT",), ("OFFICER",))


def test_a_second_position_that_is_not_listed_is_left_and_one_that_is_listed_stands() -> None:
    recorded = Recorded([employment()], [assignment("CLERK"), assignment("NOTARY"), assignment("DRIVER")])

    found = turned(recorded, positions=["CLERK", "NOTARY"])

    assert found.changed == (Changed(assignment("DRIVER"), assignment("DRIVER", end="2025-07-01")),)


def test_what_begins_only_later_is_left_standing() -> None:
    recorded = Recorded([employment()], [assignment("CLERK"), assignment("CHIEF", "2025-09-01")])

    assert turned(recorded).changed == ()
    assert turn_of_missing(recorded, JULY_1) == Turn(
        News.LEFT,
        changed=(
            Changed(employment(), employment(end="2025-07-01")),
            Changed(assignment("CLERK"), assignment("CLERK", end="2025-07-01")),
        ),
        left=("CLERK",),
    )


def test_a_listed_position_that_was_planned_for_later_begins_now_and_goes_over_into_the_planned_one() -> None:
    recorded = Recorded([employment()], [assignment("CHIEF", "2025-09-01", "2026-01-01")])

    found = turned(recorded, positions=["CHIEF"])

    assert found.assignments["CHIEF"] == assignment("CHIEF", "2025-07-01", "2025-09-01")


def test_a_planned_end_after_the_day_stands() -> None:
    recorded = Recorded([employment(end="2025-12-01")], [assignment("CLERK", end="2025-10-01")])

    assert turned(recorded) == Turn(News.STAYS, assignments={"CLERK": assignment("CLERK", end="2025-10-01")})


def test_who_is_still_listed_in_a_position_that_ended_as_planned_begins_it_again() -> None:
    recorded = Recorded([employment()], [assignment("CLERK", end="2025-05-01")])

    assert turned(recorded).assignments["CLERK"] == assignment("CLERK", "2025-07-01")


def test_what_would_not_hold_for_a_moment_is_withdrawn() -> None:
    recorded = Recorded([employment("2025-07-01")], [assignment("CLERK", "2025-07-01")])

    assert turned(recorded, positions=["CHIEF"]).changed == (Changed(assignment("CLERK", "2025-07-01"), None),)
    missing = turn_of_missing(recorded, JULY_1)
    assert missing is not None
    assert [changed.after for changed in missing.changed] == [None, None]


@pytest.mark.parametrize("recorded", [employment(end="2025-07-01"), employment("2025-08-01")])
def test_who_does_not_work_here_on_the_day_is_not_missing(recorded: StatedEmployment) -> None:
    assert turn_of_missing(Recorded([recorded], [assignment("CLERK")]), JULY_1) is None


@pytest.mark.parametrize(("hired", "since"), [(["2025-06-02"], "2025-06-02"), ([], "2025-07-01")])
def test_whoever_is_new_begins_with_the_hire_date_or_else_with_the_day(hired: list[str], since: str) -> None:
    found = turned(Recorded(), hired=hired)

    assert (found.news, found.begun) == (News.HIRED, employment(since))
    assert found.assignments["CLERK"] == assignment("CLERK", since)


@pytest.mark.parametrize(
    ("hired", "since"),
    [(["2025-05-05"], "2025-05-05"), (["2015-01-05"], "2025-07-01"), ([], "2025-07-01")],
)
def test_who_is_back_begins_again_with_a_hire_date_after_the_separation_or_else_with_the_day(
    hired: list[str], since: str
) -> None:
    recorded = Recorded([employment(end="2025-03-01")], [assignment("CLERK", end="2025-03-01")])

    found = turned(recorded, hired=hired)

    assert (found.news, found.begun, found.changed) == (News.BACK, employment(since), ())
    assert found.assignments["CLERK"] == assignment("CLERK", since)


def test_a_position_left_open_at_the_separation_does_not_come_back_with_the_person() -> None:
    recorded = Recorded([employment(end="2025-03-01")], [assignment("OFFICER")])

    found = turned(recorded, hired=["2025-05-05"])

    assert found.changed == (Changed(assignment("OFFICER"), assignment("OFFICER", end="2025-05-05")),)


def test_who_was_separated_lately_and_is_still_listed_stays_separated() -> None:
    recorded = Recorded([employment(end="2025-06-15")], [assignment("CLERK")])

    found = turned(recorded, positions=["CHIEF"], hired=["2015-01-05"])

    assert (found.news, found.begun, found.changed) == (News.SEPARATED_YET_LISTED, None, ())
    assert "CHIEF" not in found.assignments


def test_whom_only_an_earlier_roster_missed_lately_is_back() -> None:
    missed = employment(end="2025-06-15")

    found = turned(Recorded([missed], [], missed=[missed]), hired=["2015-01-05"])

    assert (found.news, found.begun) == (News.BACK, employment("2025-07-01"))


def test_another_hire_date_corrects_the_recorded_one_and_what_began_with_it() -> None:
    recorded = Recorded([employment()], [assignment("CLERK"), assignment("NOTARY", "2020-01-01")])

    found = turned(recorded, positions=["CLERK", "NOTARY"], hired=["2015-02-02"])

    assert found.news is News.HIRE_DATE_CORRECTED
    assert found.changed == (
        Changed(employment(), employment("2015-02-02")),
        Changed(assignment("CLERK"), assignment("CLERK", "2015-02-02")),
    )


def test_a_hire_date_becomes_known_that_was_not() -> None:
    found = turned(Recorded([employment(None)], [assignment("CLERK", None)]), hired=["2015-01-05"])

    assert found.changed == (Changed(employment(None), employment()),)


def test_the_first_hire_date_of_somebody_who_came_back_corrects_nothing() -> None:
    recorded = Recorded([employment(end="2018-01-01"), employment("2020-01-06")], [assignment("CLERK", "2020-01-06")])

    assert turned(recorded, hired=["2015-01-05"]) == Turn(
        News.STAYS, assignments={"CLERK": assignment("CLERK", "2020-01-06")}
    )


@pytest.mark.parametrize("hired", ["2025-08-01", "2017-01-02"])
def test_a_hire_date_after_the_day_or_within_an_earlier_employment_is_left_alone(hired: str) -> None:
    recorded = Recorded([employment(end="2018-01-01"), employment("2020-01-06")], [assignment("CLERK", "2020-01-06")])

    found = turned(recorded, hired=[hired])

    assert (found.news, found.changed) == (News.HIRE_DATE_UNCLEAR, ())
