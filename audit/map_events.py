"""Maps the names of stored events to what decides: whose accounts, which series, which action, which described purpose.

Each distinct name is asked once (`map_names.py`); the results are small tables by the numbers of names.
"""

from collections.abc import Mapping

from access.accounts import AccountNormalising
from access.resolve_grants import Policy
from access.rules import ACTIONS, normal_purpose
from audit.logs.event_store import Store
from audit.map_names import BEYOND, NO_RULE, AccountMap, MappedResource, Spell, map_resource
from config.bulk import load_rows, one_row
from inventory.match_resources import ResourceMap

_CHUNK = 50_000


def map_events(policy: Policy, store: Store, normalising: Mapping[int, AccountNormalising]) -> None:
    """Map all names of the events that were opened in the policy's connection.

    Makes the tables `account_spells` and `account_forms`, `resource_rules` and `counted_resource_rules`, `action_keys`,
    `purpose_keys`, `action_bits` and `described_purposes`, and sets the variables `first` and `last`, the times of the
    first and the last event, and `beyond`, later than any.

    Args:
        normalising: How accounts compare, by source key; a source that is not named strips domains.
    """
    mapping = _Mapping(policy, store)
    mapping.map_accounts(normalising)
    mapping.map_resources()
    mapping.map_actions_and_purposes()


class _Mapping:
    def __init__(self, policy: Policy, store: Store) -> None:
        self.policy = policy
        self.connection = policy.connection
        self._store = store

    def map_accounts(self, normalising: Mapping[int, AccountNormalising]) -> None:
        first, last = one_row(
            self.connection,
            "SELECT coalesce(epoch_us(min(time)), 0), coalesce(epoch_us(max(time)), 0) FROM numbered_events",
        )
        for name, value in (("first", first), ("last", last), ("beyond", BEYOND)):
            self.connection.execute(f"SET VARIABLE {name} = {value}::BIGINT")
        accounts, systems = AccountMap(self.policy.facts, first, last), self._store.systems
        spells, forms = list[Spell](), list[tuple[int, str]]()
        for number, key, name in self._names("account"):
            how = normalising.get(key, AccountNormalising())
            form = how.key(name)
            forms.append((number, form))
            spells += accounts.spells(number, systems[key], form, how)
        load_rows(self.connection, "named_spells", list(Spell.__annotations__.items()), spells)
        load_rows(self.connection, "account_forms", [("account", int), ("form", str)], forms)
        self.connection.execute(
            "CREATE OR REPLACE TABLE account_spells AS "
            'SELECT n.account::INTEGER AS account, n.start, n."end", n.rule::TINYINT AS rule, '
            "e.employee_key::INTEGER AS employee_key "
            "FROM named_spells n LEFT JOIN employees e USING (employee_id)"
        )

    def map_resources(self) -> None:
        """Map each name of a resource once; where the number behind it matters, map each resource of that name."""
        resources, systems = ResourceMap(self.policy.facts.patterns), self._store.systems
        by_name, by_count = list[MappedResource](), dict[int, tuple[int, str]]()
        for number, key, name in self._names("resource"):
            if resources.number_matters(systems[key], name):
                by_count[number] = key, name
            else:
                by_name.append(self._mapped(resources, systems[key], name, number))
        counted = [self._mapped(resources, systems[key], name, number) for number, (key, name) in by_count.items()]
        columns = list(MappedResource.__annotations__.items())
        load_rows(self.connection, "mapped_names", columns, [*by_name, *counted])
        load_rows(self.connection, "counted_names", [("resource", int)], [(number,) for number in by_count])
        load_rows(self.connection, "mapped_resources", columns, [])
        cursor = self.connection.cursor()
        cursor.execute(
            "SELECT DISTINCT e.resource, e.resource_count FROM numbered_events e JOIN counted_names USING (resource) "
            "WHERE e.resource_count <> 0"
        )
        while chunk := cursor.fetchmany(_CHUNK):
            mapped = [
                self._mapped(resources, systems[key], f"{name}{str(count)[1:]}", number, count)
                for number, count in chunk
                for key, name in [by_count[number]]
            ]
            load_rows(self.connection, "chunk_of_resources", columns, mapped)
            self.connection.execute("INSERT INTO mapped_resources FROM chunk_of_resources")
        self.connection.execute(_RESOURCE_RULES)

    def _mapped(self, resources: ResourceMap, system: str, text: str, number: int, behind: int = 0) -> MappedResource:
        return map_resource(resources, self.policy.facts.series, system, text, number=number, behind=behind)

    def map_actions_and_purposes(self) -> None:
        bits = [(key, action, 1 << key) for key, action in enumerate(ACTIONS)]
        load_rows(self.connection, "action_bits", [("action_key", int), ("action", str), ("bit", int)], bits)
        listed = self.connection.execute("SELECT DISTINCT purpose FROM listed_purposes ORDER BY purpose").fetchall()
        described = {purpose: key for key, (purpose,) in enumerate(listed, 1)}
        columns = [("purpose_key", int), ("purpose", str)]
        load_rows(self.connection, "described_purposes", columns, [(key, text) for text, key in described.items()])
        meant = self.connection.execute("SELECT number, meaning FROM names WHERE kind = 'purpose'").fetchall()
        keyed = [(number, described.get(normal_purpose(meaning), 0)) for number, meaning in meant]
        load_rows(self.connection, "keyed_purposes", [("purpose", int), ("purpose_key", int)], keyed)
        self.connection.execute(
            "CREATE OR REPLACE TABLE purpose_keys AS "
            "SELECT purpose::INTEGER AS purpose, purpose_key::INTEGER AS purpose_key FROM keyed_purposes"
        )
        self.connection.execute(
            "CREATE OR REPLACE TABLE action_keys AS SELECT n.number AS action, b.action_key::INTEGER AS action_key "
            "FROM names n JOIN action_bits b ON b.action = n.meaning WHERE n.kind = 'action'"
        )

    def _names(self, kind: str) -> list[tuple[int, int, str]]:
        """Give the number, the source's key and the text of all names of a kind."""
        asked = "SELECT number, source_key, name FROM names WHERE kind = ? ORDER BY number"
        return self.connection.execute(asked, [kind]).fetchall()


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
