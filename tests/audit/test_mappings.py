"""What logs name that maps to nothing, and how it is answered."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from audit.kept import Kept
from audit.kept_unmapped import KeptUnmapped
from audit.list_unmapped import Unmapped
from audit.logs.find_source import find_source
from audit.logs.map_action import ActionAnswer, map_action
from audit.logs.sources import profile_of
from audit.propose_pattern import Proposal, Proposals
from audit.try_pattern import try_pattern
from config.errors import InvalidFields
from config.officials.limits import UNLIMITED, Limits
from config.work import Work
from inventory.entity_time import entity_zone
from tests.town import IMPORTED, NOW, Town

HEAD = "time,account,resource,action,purpose\n"
LATER = IMPORTED + timedelta(hours=1)


def unmapped(town: Town, limits: Limits = UNLIMITED) -> Unmapped:
    work = Work(town.session, NOW, NOW, "test", town.settings, entity_zone)
    return KeptUnmapped(Kept()).of(work, "cad", limits)


def test_what_maps_to_nothing_is_listed_by_its_accesses(logged_town: Town) -> None:
    logged_town.log(
        f"{HEAD}2025-05-02 10:00,CITY\\ghost,old/a/1,peek,payroll\n2025-05-02 11:00,other,old/a/2,peek,fun",
        name="more.csv",
        at=LATER,
    )

    found = unmapped(logged_town)

    assert [(one.name, one.accesses) for one in found.accounts] == [("CITY\\ghost", 2), ("other", 1)]
    assert [(one.name, one.stem, one.names) for one in found.resources] == [
        ("old/a/1", "old/a/", 2),
        ("archive/9", "", 1),
    ]
    assert [(one.name, one.accesses) for one in found.actions] == [("peek", 2)]
    assert [one.name for one in found.purposes] == ["=payroll", "fun"]

    in_may = unmapped(logged_town, Limits(months=frozenset({"2025-05"})))
    assert [(one.name, one.accesses) for one in in_may.accounts] == [("CITY\\ghost", 1), ("other", 1)]
    assert [(one.name, one.names) for one in in_may.resources] == [("old/a/1", 2)]
    assert [one.name for one in in_may.purposes] == ["fun"]


def test_an_account_is_unmapped_at_the_times_at_which_it_is_nobodys(logged_town: Town) -> None:
    logged_town.enter("accounts", "system,login,employee_id,start,end\ncad,ghost,E1,2025-05-01,2025-05-31")
    logged_town.log(f"{HEAD}2025-05-02 10:00,ghost,case/1,view,\n2025-06-02 10:00,ghost,case/1,view,", at=LATER)

    (ghost,) = unmapped(logged_town).accounts

    assert (ghost.name, ghost.accesses, ghost.last.month) == ("ghost", 2, 6)  # 4 April is the other


def test_a_pattern_is_proposed_for_the_folder_where_more_of_it_map_to_nothing(logged_town: Town) -> None:
    logged_town.log(f"{HEAD}2025-05-02 10:00,ghost,old/a/x,view,\n2025-05-02 11:00,ghost,old/a/[y],view,", at=LATER)
    resources = unmapped(logged_town).resources
    proposals = Proposals(resources)

    by_name = {one.name: proposals.of(one) for one in resources}

    assert by_name["old/a/x"] == by_name["old/a/[y]"] == Proposal("old/a/*", 2, 2)
    assert by_name["archive/9"] == Proposal("archive/9", 1, 1)


def test_what_a_pattern_would_match_tells_what_a_longer_one_keeps(logged_town: Town) -> None:
    def matched(pattern: str) -> dict[tuple[str, bool], Sequence[str]]:
        found = try_pattern(logged_town.session, logged_town.settings, "cad", pattern)
        return {(one.target, one.moves): one.first for one in found}

    assert matched("a*") == {("", True): ["archive/9"], ("S3", False): ["agenda/1"]}
    assert matched("agenda/1*") == {("S3", True): ["agenda/1"]}
    assert matched("c*") == {("S1", False): ["case/…"]}


def test_an_action_that_is_answered_is_mapped_when_its_logs_are_read_anew(logged_town: Town) -> None:
    logged_town.log(f"{HEAD}2025-05-02 10:00,ghost,case/1,*peek,", at=LATER)
    source = map_action(logged_town.session, ActionAnswer("cad", "*peek", "view"), now=NOW, by="clerk")

    assert source.superseded_at is None
    assert profile_of(source).actions["view"] == ("view", "[*]peek")
    assert profile_of(source).actions["modify"] == ("modify",)
    assert unmapped(logged_town).actions == []


def test_a_word_that_is_answered_anew_means_the_newer_one_alone(logged_town: Town) -> None:
    for meaning in ("view", "export"):
        map_action(logged_town.session, ActionAnswer("cad", "peek", meaning), now=NOW, by="clerk")

    actions = profile_of(find_source(logged_town.session, "cad")).actions
    assert (actions["view"], actions["export"]) == (("view",), ("export", "peek"))


def test_a_meaning_that_is_none_is_said_at_its_field(logged_town: Town) -> None:
    with pytest.raises(InvalidFields) as refused:
        map_action(logged_town.session, ActionAnswer("cad", "peek", "look"), now=NOW, by="clerk")

    assert "meaning" in refused.value.faults
