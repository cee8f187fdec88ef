"""The policy that is kept: it answers as one that is resolved anew, and follows every change of the record."""

from access.current_policy import CurrentPolicy
from access.load_facts import load_facts
from access.models import WorkAccess
from access.resolve_grants import Policy
from config.bulk import open_bulk
from config.work import Installation
from tests.builders import a_row
from tests.town import NOW


def test_it_answers_as_a_policy_that_is_resolved_anew(town_installation: Installation) -> None:
    with town_installation.read() as work:
        kept = CurrentPolicy().of(work)
        facts = load_facts(work.session, at=work.now, graces=work.settings.graces())
        anew = Policy(facts, open_bulk(work.settings))
        pairs = [(employee, code) for employee in facts.employees for code in facts.series]

        assert [kept.grants_of(*pair) for pair in pairs] == [anew.grants_of(*pair) for pair in pairs]
        assert [one.grant for one in kept.grants_of_employee("E1")] == [
            grant for code in sorted(facts.series) for grant in anew.grants_of("E1", code)
        ]
        assert [one.grant for one in kept.grants_of_series("S1")] == [
            grant for employee in sorted(facts.employees) for grant in anew.grants_of(employee, "S1")
        ]


def test_it_stays_while_the_record_stands_and_follows_a_change(town_installation: Installation) -> None:
    policies = CurrentPolicy()
    with town_installation.read() as work:
        before = policies.of(work)
        assert policies.of(work) is before
    with town_installation.change() as work:
        added = a_row(WorkAccess, series="S4", holder="P2", recorded_at=work.now)
        work.session.add(added)
    with town_installation.read() as work:
        after = policies.of(work)
        as_known = policies.known_at(work, NOW)
        assert as_known is before

    count = len(before.grants_of("E2", "S4"))
    assert (len(after.grants_of("E2", "S4")), len(as_known.grants_of("E2", "S4"))) == (count + 1, count)


def test_of_some_series_it_answers_as_the_whole_and_is_not_kept(town_installation: Installation) -> None:
    policies, wanted = CurrentPolicy(), {"S1", "S4"}
    with town_installation.read() as work:
        alone, whole = policies.about(work, wanted), policies.of(work)

        assert alone is not whole
        assert policies.about(work, wanted) is whole
        for code in wanted:
            assert whole.grants_of_series(code)
            assert alone.grants_of_series(code) == whole.grants_of_series(code)
            assert alone.facts.series[code] == whole.facts.series[code]
        for told in ("employees", "positions", "employments", "offices", "holdings", "logins", "patterns"):
            assert getattr(alone.facts, told) == getattr(whole.facts, told)


def test_a_state_of_the_past_that_is_asked_for_stays_at_hand_over_further_changes(
    town_installation: Installation,
) -> None:
    policies, later = CurrentPolicy(), list[object]()
    with town_installation.read() as work:
        then, audited = work.now, policies.of(work)
    for holder in ("P1", "P2", "P3"):
        with town_installation.change() as work:
            work.session.add(a_row(WorkAccess, series="S4", holder=holder, recorded_at=work.now))
        with town_installation.read() as work:
            later.append(policies.of(work))
            assert policies.known_at(work, then) is audited
            assert policies.known_at(work, None) is later[-1]

    assert len({*map(id, later)}) == len(later)
