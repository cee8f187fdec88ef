"""Access reviews on the command line: started, counted, listed, shown and closed, in the words of their pages."""

from tests.app.commands import Thirteen

_START = ("review", "start", "Spring", "--to", "+3w", "--days", "600")


def test_a_review_is_started_counted_listed_shown_and_closed(town_thirteen: Thirteen) -> None:
    assert "No access review was started yet" in town_thirteen("review", "list").err
    started = town_thirteen(*_START).out
    assert "Access review 1 is started: 3 grants, asked of" in started
    assert "The uses of 3 grants are counted" in started

    (line,) = town_thirteen("review", "list").out.splitlines()[1:]
    assert line.split()[:2] + line.split()[-3:] == ["1", "Spring", "0", "3", "open"]
    shown = town_thirteen("review", "show", "1").out
    assert "0 of 3 grants are answered for." in shown
    assert "inventory:1" in shown
    assert "inventory:1" not in town_thirteen("review", "show", "1", "--state", "ended").out

    assert "A grant for which nobody answers stays" in town_thirteen("review", "close", "1").out
    again = town_thirteen("review", "close", "1")
    assert (again.status, "was closed already" in again.err) == (1, True)


def test_a_review_of_the_inventory_has_no_uses_to_count(town_thirteen: Thirteen) -> None:
    started = town_thirteen("review", "start", "Year", "--to", "+3w", "--scope", "inventory", "--only", "Bids").out
    assert "Access review 1 is started: 1 data series, asked of" in started
    assert "counted" not in started
    assert "Bids (S4)" in town_thirteen("review", "show", "1").out

    counted = town_thirteen("review", "count", "1")
    assert (counted.status, counted.out) == (1, "")
    assert "asks about the inventory" in counted.err


def test_what_is_wrong_with_a_review_is_said_all_at_once(town_thirteen: Thirteen) -> None:
    ran = town_thirteen("review", "start", "", "--to", "someday", "--scope", "positions", "--only", "P99")

    assert ran.status == 1
    assert "Give the review a name" in ran.err
    assert "This cannot be read" in ran.err
    assert "None of the positions on the record is named so: P99" in ran.err
