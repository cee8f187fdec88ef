"""A list of look-ups is answered as the audit and explanations decide, with what the logs hold of each."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from audit.answer_lookups import Assurance, answer_lookups
from audit.explain_access import AccessQuestion, explain_access
from audit.kept import Kept
from audit.live_decisions import LiveDecisions
from audit.logs.import_log import import_logs
from audit.lookup_list import read_lookups
from config.errors import Invalid
from config.officials.limits import UNLIMITED, Limits
from config.tables.read_file import TableFile, open_text
from tests.installing import installed
from tests.town import FILES, NOW, REASONS, Town


@dataclass(frozen=True)
class Clerk:
    """Answers lists of the town."""

    town: Town

    def answer(self, text: str, source: str = "cad", limits: Limits = UNLIMITED) -> Assurance:
        """Answer a list as it is pasted."""
        kept = Kept()
        with installed(self.town.session, self.town.settings, NOW).read() as work:
            asked = read_lookups(work, partial(_open, text), source)
            return answer_lookups(work, asked, kept, LiveDecisions(kept.policy), limits=limits)


def _open(text: str, headings: frozenset[str]) -> TableFile:
    return open_text("the list", text, known_headings=headings)


@pytest.fixture
def clerk(town: Town) -> Clerk:
    """Give a clerk of the town with its log."""
    return Clerk(town)


def test_what_is_in_the_logs_is_answered_as_the_audit_decides_it(clerk: Clerk) -> None:
    lines = (FILES / "cad.csv").read_text("utf-8").splitlines()
    asked = ["When,User,Record", *(",".join(line.split(",")[:3]) for line in lines[1:])]
    answered = clerk.answer("\n".join(asked))

    assert [one.reason for one in answered.answers] == list(REASONS.values())
    assert {one.presence for one in answered.answers} == {"found"}
    assert [row.number for row in answered.refused] == [7]
    assert "expected a day with its time" in answered.refused[0].sentence


def test_what_is_not_in_the_logs_is_answered_as_it_is_explained(clerk: Clerk) -> None:
    asked = "time\taccount\trecord\n2025-02-03 10:00\tCITY\\AOlson\tcase/1\n2025-04-02 09:00\taolson\tbid/9"
    first, second = clerk.answer(asked).answers
    with installed(clerk.town.session, clerk.town.settings, NOW).read() as work:
        explained = [
            explain_access(work, AccessQuestion("E1", series, one.time)).decision
            for series, one in (("S1", first), ("S4", second))
        ]

    assert [(one.verdict, one.grant) for one in (first, second)] == [(one.verdict, one.grant) for one in explained]
    assert [one.sentence for one in (first, second)] == [one.explanation for one in explained]
    assert (first.whose, first.presence, second.presence) == ("Ann Olson (E1)", "not_there", "not_there")


def test_of_what_is_not_found_it_is_said_whether_its_day_was_seen_and_what_is_nearest(clerk: Clerk) -> None:
    lines = "2025-04-02 10:00:30,aolson,bid/1", "2025-04-02 10:00,aolson,B-2", "2025-03-09 10:00,aolson,bid/1"
    answered = clerk.answer("\n".join(("time,account,record", *lines)))
    rounded, by_subject, unseen = answered.answers

    assert rounded.presence == "not_there"
    assert "within a minute is of bid/1, 2 April 2025, 10:00" in rounded.in_logs
    assert (by_subject.presence, by_subject.reason) == ("found", "assignment_ended")
    assert (unseen.presence, "cannot be told" in unseen.in_logs) == ("day_not_seen", True)


def test_a_reading_of_the_clock_that_came_twice_is_looked_for_at_both(clerk: Clerk, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text("time,account,resource,action\n2024-11-03T07:30:00Z,aolson,case/1,view\n", encoding="utf-8")
    import_logs(installed(clerk.town.session, clerk.town.settings, NOW), [log], "cad")
    times = ("2024-11-03 01:30:00", "2024-11-03T01:30:00-05:00", "2024-11-03 01:31:30")

    asked = "\n".join(["time,account,record", *(f"{time},aolson,case/1" for time in times)])
    either, first, neither = clerk.answer(asked).answers

    assert (either.presence, either.time.hour) == ("found", 7)
    assert (first.presence, neither.presence) == ("not_there", "not_there")
    assert "twice that night; it is at neither" in neither.in_logs
    assert "twice" not in first.in_logs


def test_of_the_nearest_access_it_is_not_told_whom_it_is_about(clerk: Clerk) -> None:
    log = "time,account,resource,action,subject\n2025-05-05 09:00:10,aolson,plates/QRS771,view,QRS771"
    clerk.town.log(log, name="b.csv")
    (answer,) = clerk.answer("time,account,record\n2025-05-05 09:00,aolson,TUV882").answers

    assert "is of plates/(masked), 5 May 2025" in answer.in_logs


def test_a_row_that_cannot_be_answered_says_why(clerk: Clerk) -> None:
    text = "time,account,record,action,source\n{}"
    for line, said in (
        ("2025-04-02 10:00,aolson,bid/1,peek,", "is no action"),
        ("2025-04-02 10:00,aolson,bid/1,,moon", "the sources are cad"),
        ("2025-04-02,aolson,bid/1,,", "a day with its time"),
        ("2026-04-02 10:00,aolson,bid/1,,", "has come already"),
        ("2025-04-02 10:00,,bid/1,,", "is empty"),
    ):
        answered = clerk.answer(text.format(line))
        assert not answered.answers
        assert said in answered.refused[0].sentence
    beyond = clerk.answer(text.format("2025-04-02 10:00,aolson,bid/1,,"), limits=Limits(months=frozenset({"2025-03"})))
    assert [row.number for row in beyond.refused] == [2]
    with pytest.raises(Invalid, match="no column for account"):
        clerk.answer("time,record\n2025-04-02 10:00,bid/1")
