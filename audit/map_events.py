"""Maps the names of stored events to what decides: whose accounts, which series, which action, which described purpose.

Each distinct name is asked once (`map_names.py`); the results are small tables by the numbers of names.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any

from access.accounts import AccountNormalising
from access.resolve_grants import Keyed, Policy
from access.rules import ACTIONS, normal_purpose
from audit.logs.event_store import Store
from audit.map_names import BEYOND, NO_RULE, AccountMap, MappedResource, Spell, map_resource
from audit.map_purposes import map_purposes
from config.bulk import cursor_beside, load_rows, one_row
from inventory.match_resources import ResourceMap, resource_map

if TYPE_CHECKING:
    import duckdb

_CHUNK = 50_000
# In microseconds.
DAY = 86_400_000_000


def map_events(policy: Policy, store: Store, normalising: Mapping[int, AccountNormalising]) -> None:
    """Map all names of the events that were opened in the policy's connection.

    Makes the tables of `map_whose_and_what` and of `map_what_grants_say`.

    Args:
        normalising: How accounts compare, by source key; a source that is not named strips domains.
    """
    map_whose_and_what(policy, store, normalising)
    map_what_grants_say(policy, store)


def map_what_grants_say(policy: Policy, store: Store) -> None:
    """Map the actions and purposes of events to those that grants describe, once the other names are mapped.

    Makes the tables `action_keys`, `purpose_keys`, `action_bits` and `described_purposes`.
    """
    with closing(cursor_beside(policy.connection)) as cursor:
        _Mapping(policy, store, cursor).map_actions_and_purposes()


def map_whose(known: Keyed, store: Store, normalising: Mapping[int, AccountNormalising]) -> None:
    """Map the names of accounts of the events that were opened in the connection of what is known.

    Makes the tables `account_spells` and `account_forms`, and sets the variables of `map_whose_and_what`.

    Args:
        normalising: As in `map_events`.
    """
    with closing(cursor_beside(known.connection)) as cursor:
        _Mapping(known, store, cursor).map_accounts(normalising)


def map_whose_and_what(known: Keyed, store: Store, normalising: Mapping[int, AccountNormalising]) -> None:
    """Map the names of accounts, resources and purposes of the events opened in the connection of what is known.

    Makes the tables `account_spells` and `account_forms`, `resource_rules` and `counted_resource_rules`, and sets the
    variables `first` and `last`, a day before the first event and a day after the last, and `beyond`, later than any.

    Args:
        normalising: As in `map_events`.
    """
    map_purposes(known.connection, known.facts.purposes, store)
    with closing(cursor_beside(known.connection)) as cursor:
        mapping = _Mapping(known, store, cursor)
        mapping.map_accounts(normalising)
        mapping.map_resources()


class _Mapping:
    """Maps names.

    Args:
        cursor: Reads beside the connection of what is known.
    """

    def __init__(self, known: Keyed, store: Store, cursor: "duckdb.DuckDBPyConnection") -> None:
        self.known = known
        self.connection = known.connection
        self._store, self._cursor = store, cursor

    def map_accounts(self, normalising: Mapping[int, AccountNormalising]) -> None:
        first, last = one_row(
            self.connection,
            "SELECT coalesce(epoch_us(min(time)), 0), coalesce(epoch_us(max(time)), 0) FROM numbered_events",
        )
        # an edge of a grant within a day of an event is told, be it before the first or after the last
        for name, value in (("first", first - DAY), ("last", last + DAY), ("beyond", BEYOND)):
            self.connection.execute(f"SET VARIABLE {name} = {value}::BIGINT")
        accounts, systems = AccountMap(self.known.facts, first, last), self._store.systems
        self._make("named_spells", _SPELL_COLUMNS)
        self._make("account_forms", _FORM_COLUMNS)
        for names in self._names("account"):
            spells, forms = list[Spell](), list[tuple[int, str]]()
            for number, key, name in names:
                how = normalising.get(key, AccountNormalising())
                form = how.key(name)
                forms.append((number, form))
                spells += accounts.spells(number, systems[key], form, how)
            self._add("named_spells", _SPELL_COLUMNS, spells)
            self._add("account_forms", _FORM_COLUMNS, forms)
        self.connection.execute(
            "CREATE OR REPLACE TABLE account_spells AS "
            'SELECT n.account::INTEGER AS account, n.start, n."end", n.rule::TINYINT AS rule, '
            "e.employee_key::INTEGER AS employee_key "
            "FROM named_spells n LEFT JOIN employees e USING (employee_id)"
        )

    def map_resources(self) -> None:
        """Map each name of a resource once; where the number behind it matters, map each resource of that name."""
        resources, systems = resource_map(self.known.facts.patterns), self._store.systems
        for table in ("mapped_names", "mapped_resources"):
            self._make(table, _MAPPED_COLUMNS)
        self._make("counted_names", _COUNTED_COLUMNS)
        any_counted = False
        for names in self._names("resource"):
            mapped = [self._mapped(resources, systems[key], name, number) for number, key, name in names]
            self._add("mapped_names", _MAPPED_COLUMNS, mapped)
            counted = [(number,) for number, key, name in names if resources.number_matters(systems[key], name)]
            self._add("counted_names", _COUNTED_COLUMNS, counted)
            any_counted |= bool(counted)
        for chunk in self._chunks(_NUMBERED_RESOURCES) if any_counted else ():
            mapped = [
                self._mapped(resources, systems[key], f"{name}{str(count)[1:]}", number, count)
                for number, key, name, count in chunk
            ]
            self._add("mapped_resources", _MAPPED_COLUMNS, mapped)
        self.connection.execute(_RESOURCE_RULES)

    def _mapped(self, resources: ResourceMap, system: str, text: str, number: int, behind: int = 0) -> MappedResource:
        return map_resource(resources, self.known.facts.series, system, text, number=number, behind=behind)

    def map_actions_and_purposes(self) -> None:
        bits = [(key, action, 1 << key) for key, action in enumerate(ACTIONS)]
        load_rows(self.connection, "action_bits", [("action_key", int), ("action", str), ("bit", int)], bits)
        listed = self.connection.execute("SELECT DISTINCT purpose FROM listed_purposes ORDER BY purpose").fetchall()
        described = {purpose: key for key, (purpose,) in enumerate(listed, 1)}
        columns = [("purpose_key", int), ("purpose", str)]
        load_rows(self.connection, "described_purposes", columns, [(key, text) for text, key in described.items()])
        self._make("keyed_purposes", _PURPOSE_COLUMNS)
        for chunk in self._chunks("SELECT number, meaning FROM names WHERE kind = 'purpose' ORDER BY number"):
            keyed = [(number, described.get(normal_purpose(meaning), 0)) for number, meaning in chunk]
            self._add("keyed_purposes", _PURPOSE_COLUMNS, keyed)
        self.connection.execute(
            "CREATE OR REPLACE TABLE purpose_keys AS "
            "SELECT purpose::INTEGER AS purpose, purpose_key::INTEGER AS purpose_key FROM keyed_purposes"
        )
        self.connection.execute(
            "CREATE OR REPLACE TABLE action_keys AS SELECT n.number AS action, b.action_key::INTEGER AS action_key "
            "FROM names n JOIN action_bits b ON b.action = n.meaning WHERE n.kind = 'action'"
        )

    def _names(self, kind: str) -> Iterator[list[Any]]:
        """Give the number, the source's key and the text of all names of a kind."""
        return self._chunks(f"SELECT number, source_key, name FROM names WHERE kind = '{kind}' ORDER BY number")  # noqa: S608 - our own words

    def _chunks(self, query: str) -> Iterator[list[Any]]:
        """Give the rows of a query so many at a time: a source can have millions of names."""
        self._cursor.execute(query)
        while rows := self._cursor.fetchmany(_CHUNK):
            yield rows

    def _make(self, table: str, columns: Sequence[tuple[str, type]]) -> None:
        load_rows(self.connection, table, columns, [])

    def _add(self, table: str, columns: Sequence[tuple[str, type]], rows: Sequence[Sequence[object]]) -> None:
        if rows:
            load_rows(self.connection, "added_rows", columns, rows)
            self.connection.execute(f"INSERT INTO {table} FROM added_rows")


_SPELL_COLUMNS = list(Spell.__annotations__.items())
_FORM_COLUMNS = [("account", int), ("form", str)]
_MAPPED_COLUMNS = list(MappedResource.__annotations__.items())
_COUNTED_COLUMNS = [("resource", int)]
_PURPOSE_COLUMNS = [("purpose", int), ("purpose_key", int)]
_NUMBERED_RESOURCES = """
    SELECT c.resource, n.source_key, n.name, c.resource_count
    FROM (
        SELECT DISTINCT e.resource, e.resource_count FROM numbered_events e JOIN counted_names USING (resource)
        WHERE e.resource_count <> 0
    ) c JOIN names n ON n.kind = 'resource' AND n.number = c.resource
"""
_RESOURCE_RULES = f"""
    CREATE OR REPLACE TABLE resource_rules AS
    SELECT m.resource::INTEGER AS resource, s.series_key::INTEGER AS series_key, m.rule::TINYINT AS rule,
        c.resource IS NOT NULL AS by_count
    FROM mapped_names m LEFT JOIN series s USING (code) LEFT JOIN counted_names c USING (resource);
    CREATE OR REPLACE TABLE counted_resource_rules AS
    SELECT m.resource::INTEGER AS resource, m.behind AS resource_count, s.series_key::INTEGER AS series_key,
        coalesce(m.rule, {NO_RULE})::TINYINT AS rule
    FROM mapped_resources m LEFT JOIN series s USING (code)
"""  # noqa: S608 - our own words
