"""Decisions about accesses that have not happened yet, by the current policy: so that a system can ask first."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from access.accounts import normal_system
from access.asked_purpose import PurposeReader
from access.current_policy import CurrentPolicy, KeptPolicy
from access.purpose_map import PurposeMap
from access.rules import ACTIONS, Grant, described_purposes
from access.stated_login_forms import SystemLogins, logins_by_system
from audit.build_cases import CaseBuilder
from audit.case import Decision, Standing, Target
from audit.map_names import AccountMap, map_resource, standing_of, target_of
from audit.rules import decide, nearest_grant
from config.clock import ALWAYS, FOREVER, microseconds
from config.errors import Invalid
from config.spellings import Spellings
from config.texts import compare_form, shortened
from config.work import Work
from inventory.match_resources import ResourceMap


@dataclass(frozen=True)
class Asker:
    """Who would reach the data: an employee by id, or an account of a system."""

    employee_id: str = ""
    system: str = ""
    account: str = ""


@dataclass(frozen=True)
class Asked:
    """What would be reached: a series by code or exact name, or a resource of a system."""

    series: str = ""
    system: str = ""
    resource: str = ""


@dataclass(frozen=True)
class LiveQuestion:
    """An access that somebody is about to make; `action` is one of ours, `time` in UTC."""

    who: Asker
    what: Asked
    action: str
    purpose: str
    time: datetime
    source: str = ""  # in whose logs it would stand, where somebody says


@dataclass(frozen=True)
class LiveDecision:
    """A decision, whom and what it was found to be about, for what, and the grant that came nearest to covering it."""

    decision: Decision
    employee_id: str
    series: str
    purpose: str
    nearest: Grant | None


class LiveDecisions:
    """Decides accesses by the current policy; what one state of the record says of names is looked up once."""

    def __init__(self, policy: CurrentPolicy) -> None:
        self._policy, self._lock = policy, Lock()
        self._names: KnownNames | None = None

    def decide(self, work: Work, question: LiveQuestion, *, known_at: datetime | None = None) -> LiveDecision:
        """Decide one access.

        Args:
            known_at: As it was known here then, for which a city is resolved anew; None = now.

        An employee, account, series or resource that is not known is no fault: the decision table has a row for it.

        Raises:
            Invalid: The action is none of the actions, several series have this name, there is no such source, or the
                purpose means different ones in the logs of different sources.
        """
        return self.known(work, known_at=known_at).decide(question)

    def known(self, work: Work, *, known_at: datetime | None = None) -> "KnownNames":
        """Give what decides accesses by the state of the record that is being read, again and again if need be."""
        return self._names_of(work) if known_at is None else self._names_then(work, known_at)

    def _names_then(self, work: Work, known_at: datetime) -> "KnownNames":
        return KnownNames(self._policy.known_at(work, known_at), logins_by_system(work.session))

    def _names_of(self, work: Work) -> "KnownNames":
        policy, names = self._policy.of(work), self._names
        if names is None or names.policy is not policy:
            with self._lock:
                names = self._names
                if names is None or names.policy is not policy:
                    names = self._names = KnownNames(policy, logins_by_system(work.session))
        return names


class KnownNames:
    """What one state of the record says of the names by which a question is asked, and the answer; several may ask."""

    def __init__(self, policy: KeptPolicy, logins: Mapping[str, SystemLogins]) -> None:
        facts = policy.facts
        self.policy, self._builder = policy, CaseBuilder(policy)
        self._logins = logins
        self._employees = Spellings(facts.employees)
        self._codes = Spellings(facts.series)
        self._titles: dict[str, list[str]] = {}
        for code, one in facts.series.items():
            self._titles.setdefault(compare_form(one.name), []).append(code)
        self._accounts = AccountMap(facts, ALWAYS, FOREVER)
        self._resources = ResourceMap(facts.patterns)
        self._sources = frozenset[str]().union(*(one.sources for one in logins.values()))
        described = described_purposes([one.purposes for rows in (facts.accesses, facts.duties) for one in rows])
        self._purposes = PurposeReader(PurposeMap(facts.purposes), lambda: described)

    def decide(self, question: LiveQuestion) -> LiveDecision:
        """Decide one access.

        Raises:
            Invalid: As of `LiveDecisions.decide`.
        """
        if question.action not in ACTIONS:
            raise Invalid(f'"{question.action}" is no action; the actions are {", ".join(ACTIONS)}.')
        employee_id, standing = self._whose(question.who, question.time)
        series, target = self._which(question.what)
        purpose = self._purposes.read(question.purpose, self._sources_of(question))
        case = self._builder.build(
            time=question.time,
            account=question.who.account or question.who.employee_id,
            resource=question.what.resource or question.what.series,
            action=question.action,
            purpose=purpose,
            target=target,
            standing=standing,
            employee_id=employee_id,
            series=series,
        )
        decision = decide(case)
        return LiveDecision(decision, employee_id, series, purpose, nearest_grant(case, decision.reason))

    def _sources_of(self, question: LiveQuestion) -> Collection[str] | None:
        """Give the sources in whose logs an access would stand, as far as is known; the data's system goes first."""
        if question.source:
            if question.source not in self._sources:
                raise Invalid(f'There is no source "{shortened(question.source)}".')
            return [question.source]
        system = question.what.system or question.who.system
        return self._logins.get(normal_system(system), SystemLogins()).sources if system else None

    def _whose(self, who: Asker, time: datetime) -> tuple[str, Standing]:
        """Give the employee, empty where it is nobody known, and how they stand then."""
        if not who.account:
            employee_id = self._employees.find(who.employee_id)
            if employee_id is None:
                return "", Standing.UNKNOWN
            return employee_id, self._builder.standing_of(employee_id, time)
        instant, standing = microseconds(time), ("", Standing.UNKNOWN)
        for form in self._logins.get(normal_system(who.system), SystemLogins()).forms:
            for spell in self._accounts.spells(0, who.system, form.key(who.account), form):
                if spell.start <= instant < spell.end and standing[1] is Standing.UNKNOWN:
                    standing = spell.employee_id, standing_of(spell.rule)
        return standing

    def _which(self, what: Asked) -> tuple[str, Target]:
        """Give the series' code, empty where it is none known, and what it is mapped to."""
        if what.resource:
            mapped = map_resource(self._resources, self.policy.facts.series, what.system, what.resource, number=0)
            return mapped.code, target_of(mapped.rule, mapped.code)
        code = self._codes.find(what.series)
        if code is not None:
            return code, Target.SERIES
        named = self._titles.get(compare_form(what.series), [])
        if len(named) > 1:
            raise Invalid(f'Several data series are named "{what.series}"; give the code of one: {", ".join(named)}.')
        return (named[0], Target.SERIES) if named else ("", Target.NOTHING)
