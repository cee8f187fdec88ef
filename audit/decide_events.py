"""Decides events by looking things up in arrays: numbers since the import, one place each, millions in a second.

The rule of an event is the least of three numbers, that of its resource, that of its account then, and that of what the
employee's grants of the series say then (`decide_events.sql` works these out once). Times are microseconds since 1970
in UTC; a rule is a row of the decision table, NO_RULE follows the last.
"""

from copy import copy
from dataclasses import dataclass
from typing import Any, TypeAlias

import duckdb
import numpy as np

from audit.map_names import NO_RULE

Numbers: TypeAlias = np.ndarray[tuple[int], np.dtype[np.int64]]
Rules: TypeAlias = np.ndarray[tuple[int], np.dtype[np.uint8]]

# The row of the decision table that fits where no grant says anything.
_NO_ASSIGNMENT = NO_RULE - 1
_ACTIONS = 9


@dataclass(frozen=True)
class Events:
    """Some events as numbers: those of their names, 0 or more each, and what counts behind a resource's name."""

    instant: Numbers
    account: Numbers
    resource: Numbers
    resource_count: Numbers
    action: Numbers
    purpose: Numbers


@dataclass(frozen=True)
class Decisions:
    """What was decided of some events.

    `employee` and `series` are keys, -1 for none; `span` is the span of the grants in which the event falls, -1 where
    they say the same at all times.
    """

    rule: Rules
    resource_rule: Rules
    account_rule: Rules
    employee: Numbers
    series: Numbers
    purpose_key: Numbers
    span: Numbers

    def at(self, rows: Numbers) -> "Decisions":
        """Give what was decided of some of the events."""
        return Decisions(**{name: column[rows] for name, column in vars(self).items()})


class Lookups:
    """The arrays that decide, made of the tables of `decide_events.sql` and of mapped names.

    Args:
        connection: Holds the tables.
        employees: How many employees there are.
        series: How many series there are.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, employees: int, series: int) -> None:
        self._series_count = max(1, series)
        (self._first, self._beyond) = connection.execute(
            "SELECT getvariable('first'), getvariable('beyond')"
        ).fetchall()[0]
        self._resources = _Resources(connection)
        self._accounts = _Accounts(connection)
        self._action_keys = _by_number(connection, "SELECT action AS number, action_key AS value FROM action_keys")
        self._purpose_keys = _by_number(connection, "SELECT purpose AS number, purpose_key AS value FROM purpose_keys")
        self._connection, self._pairs = connection, employees * self._series_count
        self._grants = _Grants(connection, self._pairs)

    def by_other_grants(self) -> "Lookups":
        """Give what decides by the grants that the tables have now; what names mean stays as it is."""
        other = copy(self)
        other._grants = _Grants(self._connection, self._pairs)  # noqa: SLF001 - of its own kind
        return other

    def decide(self, events: Events) -> Decisions:
        """Decide some events."""
        resource_rule, series = self._resources.of(events)
        account_rule, employee = self._accounts.of(events)
        pair = np.where((employee >= 0) & (series >= 0), employee * self._series_count + series, -1)
        purpose = self._purpose_keys[events.purpose]
        state, span = self._grants.states(pair, events.instant)
        said = self._grants.rules(state, self._action_keys[events.action], purpose)
        rule = np.minimum(np.minimum(resource_rule, account_rule), said)
        return Decisions(rule, resource_rule, account_rule, employee, series, purpose, span)

    def edges(self, span: Numbers) -> tuple[Numbers, Numbers]:
        """Give the start and the end of spans; where there is none, the first and the last instant of all."""
        return self._grants.edges(span, self._first, self._beyond)


class _Timeline:
    """Finds, among rows that hold from an instant on until the next of the same key, the one that holds at another.

    Args:
        keys: Of each row; rows lie by key, then by start, and each key's first start is before any instant asked for.
    """

    def __init__(self, keys: Numbers, starts: Numbers) -> None:
        self._times = np.unique(starts)
        self._marks = keys * max(1, len(self._times)) + np.searchsorted(self._times, starts)

    def find(self, keys: Numbers, instants: Numbers) -> Numbers:
        """Give the rows that hold."""
        time = np.searchsorted(self._times, instants, side="right") - 1
        rows: Numbers = np.searchsorted(self._marks, keys * max(1, len(self._times)) + time, side="right") - 1
        return rows


class _Resources:
    """What a resource maps to: by its name, or where the number behind it matters, by both."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        names = _columns(connection, "SELECT resource, rule, coalesce(series_key, -1) AS series FROM resource_rules")
        size = _size(names["resource"])
        self._rule, self._series = np.full(size, NO_RULE, np.uint8), np.full(size, -1, np.int64)
        self._rule[names["resource"]], self._series[names["resource"]] = names["rule"], names["series"]
        counted = _columns(
            connection,
            "SELECT resource, resource_count, rule, coalesce(series_key, -1) AS series FROM counted_resource_rules "
            "ORDER BY resource, resource_count",
        )
        self._counted = _Timeline(counted["resource"], counted["resource_count"])
        self._counted_rule, self._counted_series = counted["rule"].astype(np.uint8), counted["series"]
        self._by_count = np.zeros(size, np.bool_)
        self._by_count[counted["resource"]] = True
        self._has_counted = len(counted["resource"]) > 0

    def of(self, events: Events) -> tuple[Rules, Numbers]:
        """Give the rules of resources, and the keys of their series, -1 for none."""
        rule, series = self._rule[events.resource], self._series[events.resource]
        if self._has_counted:
            rows = np.flatnonzero(self._by_count[events.resource] & (events.resource_count > 0))
            # each resource of such a name was mapped, so the one found is the one asked for
            found = self._counted.find(events.resource[rows], events.resource_count[rows])
            rule[rows], series[rows] = self._counted_rule[found], self._counted_series[found]
        return rule, series


class _Accounts:
    """Whose an account is: always the same, or by spells."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        spells = _columns(
            connection,
            "SELECT account, start, rule, coalesce(employee_key, -1) AS employee FROM account_spells "
            "ORDER BY account, start",
        )
        account = spells["account"]
        size = _size(account)
        self._rule, self._employee = np.full(size, NO_RULE, np.uint8), np.full(size, -1, np.int64)
        self._rule[account], self._employee[account] = spells["rule"], spells["employee"]
        self._varies = np.bincount(account, minlength=size) > 1
        self._spells = _Timeline(account, spells["start"])
        self._spell_rule, self._spell_employee = spells["rule"].astype(np.uint8), spells["employee"]

    def of(self, events: Events) -> tuple[Rules, Numbers]:
        """Give the rules of accounts then, and the keys of their employees, -1 for none."""
        rule, employee = self._rule[events.account], self._employee[events.account]
        rows = np.flatnonzero(self._varies[events.account])
        spell = self._spells.find(events.account[rows], events.instant[rows])
        rule[rows], employee[rows] = self._spell_rule[spell], self._spell_employee[spell]
        return rule, employee


class _Grants:
    """What the grants of a pair say then: one state for all the time of the events, or by spans.

    A state's rules lie together, nine actions for purposes in general, then nine for each purpose that it lists: `base`
    is where they begin, and `slots` says which nine a purpose has, 0 for those in general.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, pairs: int) -> None:
        spans = _columns(connection, 'SELECT pair, start, "end", state FROM spans ORDER BY pair, start')
        pair = spans["pair"]
        states = int(spans["state"].max(initial=0))
        self._several = states + 1  # stands for a pair that has several spans
        self._state = np.zeros(pairs + 1, np.min_scalar_type(self._several))
        self._state[pair] = spans["state"]
        self._state[pair[1:][pair[1:] == pair[:-1]]] = self._several
        self._spans = _Timeline(pair, spans["start"])
        self._span_state, self._span_start, self._span_end = spans["state"], spans["start"], spans["end"]
        self._fill_rules(connection, states)

    def states(self, pair: Numbers, instant: Numbers) -> tuple[Numbers, Numbers]:
        """Give the states of pairs then, 0 where nothing is granted, and the spans of those with several, else -1."""
        state = self._state[pair].astype(np.int64)  # -1, for no pair, is the last: nothing
        span = np.full(len(pair), -1, np.int64)
        rows = np.flatnonzero(state == self._several)
        span[rows] = self._spans.find(pair[rows], instant[rows])
        state[rows] = self._span_state[span[rows]]
        return state, span

    def rules(self, state: Numbers, action: Numbers, purpose: Numbers) -> Rules:
        """Give the rules of states for actions and purposes."""
        slot = self._slots[self._purposes[state], purpose]
        rules: Rules = self._rules[self._base[state] + slot * _ACTIONS + action]
        return rules

    def edges(self, span: Numbers, first: int, beyond: int) -> tuple[Numbers, Numbers]:
        """Give the start and the end of spans; where there is none, the first and the last instant of all."""
        start, end = np.full(len(span), first, np.int64), np.full(len(span), beyond, np.int64)
        rows = np.flatnonzero(span >= 0)
        start[rows], end[rows] = self._span_start[span[rows]], self._span_end[span[rows]]
        return start, end

    def _fill_rules(self, connection: duckdb.DuckDBPyConnection, states: int) -> None:
        rules = _columns(
            connection,
            "SELECT state, purpose_key, rule FROM rules_of_states ORDER BY state, purpose_key, action_key",
        )
        # state 0 has no grants
        self._rules = np.concatenate([np.full(_ACTIONS, _NO_ASSIGNMENT, np.uint8), rules["rule"].astype(np.uint8)])
        self._base = np.zeros(states + 1, np.int64)
        firsts = np.flatnonzero(np.diff(rules["state"], prepend=0))
        self._base[rules["state"][firsts]] = firsts + _ACTIONS
        self._purposes = np.zeros(states + 1, np.int64)
        listed: dict[tuple[int, ...], int] = {(): 0}
        each = rules["purpose_key"][::_ACTIONS]
        ends = np.append(firsts, len(rules["state"]))[1:]
        for state, begin, end in zip(rules["state"][firsts], firsts // _ACTIONS, ends // _ACTIONS, strict=True):
            self._purposes[state] = listed.setdefault(tuple(each[begin + 1 : end].tolist()), len(listed))
        (greatest,) = connection.execute("SELECT coalesce(max(purpose_key), 0) FROM described_purposes").fetchall()[0]
        self._slots = np.zeros((len(listed), 1 + greatest), np.int64)
        for purposes, number in listed.items():
            self._slots[number, list(purposes)] = np.arange(1, len(purposes) + 1)


def _columns(connection: duckdb.DuckDBPyConnection, query: str) -> dict[str, Any]:
    """Give a query's columns of integers."""
    return {name: np.asarray(column, np.int64) for name, column in connection.execute(query).fetchnumpy().items()}


def _by_number(connection: duckdb.DuckDBPyConnection, query: str) -> Numbers:
    """Give an array of values by number, 0 where there is none."""
    rows = _columns(connection, query)
    values = np.zeros(_size(rows["number"]), np.int64)
    values[rows["number"]] = rows["value"]
    return values


def _size(numbers: Numbers) -> int:
    return int(numbers.max(initial=-1)) + 2
