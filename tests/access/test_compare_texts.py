"""In what the inventory's texts and the recorded work access differ."""

from access.compare_texts import compare_texts
from access.facts import Access, Facts, PositionFacts, SeriesFacts
from config.clock import ALWAYS, FOREVER, microseconds
from tests.builders import CHICAGO, MARCH_1

TEXT = Access("inventory:1", "S1", "position", "P1", 511, "*", ALWAYS, FOREVER, ALWAYS, "")
RECORDED = TEXT._replace(grant_id="work-access:1", actions=1, purposes="case work")
VIEW_ALONE = RECORDED._replace(purposes="*")


def compared(*accesses: Access, untestable: tuple[str, ...] = ()) -> list[tuple[str, str, str]]:
    facts = Facts(
        zone=CHICAGO,
        employees={},
        positions={code: PositionFacts(code, "Police Clerk", "Police") for code in ("P1", "P2")},
        series={"S1": SeriesFacts("S1", "Case files", public=False, untestable=untestable)},
        employments=(),
        offices=(),
        holdings=(),
        accesses=accesses,
        duties=(),
        officer_duties=(),
        logins=(),
        patterns=(),
    )
    return [(one.kind.value, one.holder, one.near) for one in compare_texts(facts, microseconds(MARCH_1))]


def test_a_holder_that_one_of_both_names_is_told() -> None:
    assert compared(TEXT) == [("by text only", "P1", "")]
    assert compared(RECORDED) == [("recorded only", "P1", "")]
    assert compared(TEXT, RECORDED._replace(holder="P2", actions=511, purposes="*")) == [
        ("by text only", "P1", ""),
        ("recorded only", "P2", ""),
    ]


def test_limits_of_what_was_recorded_are_moot_where_the_text_gives_all() -> None:
    assert compared(TEXT, RECORDED) == [("wider by text", "P1", "")]
    assert compared(TEXT, VIEW_ALONE) == [("wider by text", "P1", "")]
    assert compared(TEXT._replace(holder_type="department", holder="POLICE"), RECORDED) == [
        ("by text only", "POLICE", ""),
        ("wider by text", "P1", ""),
    ]


def test_the_same_in_both_is_no_difference_nor_is_what_is_not_in_force() -> None:
    assert compared(TEXT, RECORDED._replace(actions=511, purposes="*")) == []
    assert compared(RECORDED._replace(end=microseconds(MARCH_1))) == []


def test_a_part_that_names_nobody_known_is_told_with_the_name_it_may_mean() -> None:
    assert compared(untestable=("Police Clerks", "whoever needs it")) == [
        ("unread", "Police Clerks", "Police Clerk"),
        ("unread", "whoever needs it", ""),
    ]
