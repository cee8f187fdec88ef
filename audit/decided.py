"""The decided events, opened one way by all who need them: counts, a sample, the flagged, all rows, and uses of grants.

The rule of an event is a number, its row in the decision table. Times are microseconds since 1970 in UTC.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any

from access.accounts import AccountNormalising
from access.resolve_grants import Policy
from access.rules import ACTIONS, normal_purpose
from audit.logs.event_keys import keyed_events
from audit.logs.event_store import Store, open_events
from audit.map_names import BEYOND, NO_RULE, AccountMap, MappedResource, Spell, map_resource
from audit.rules import REASONS, VERDICT_OF, Verdict
from config.bulk import load_rows, one_row
from config.errors import Conflict
from inventory.match_resources import ResourceMap

_CHUNK = 50_000
FLAGGED = tuple(
    number
    for number, reason in enumerate(REASONS, 1)
    if VERDICT_OF[reason] in {Verdict.UNAUTHORIZED, Verdict.UNRESOLVED}
)


@dataclass(frozen=True)
class Range:
    """Events from `start` up to, not including, `end`, in microseconds since 1970 in UTC; None = no bound."""

    start: int | None = None
    end: int | None = None


class Decided:
    """The stored events of a range, each with its rule, by what a policy knows.

    In the policy's connection the view `decided` has each event as numbers, with `instant`, `employee_key`,
    `series_key`, `state`, `rule`, and the edges of the span in which it falls; `rules` has each rule's reason and
    verdict; `in_words` (event_store.py) gives the texts of any part of it.

    Args:
        policy: What was known, resolved.
        store: The logs.
        normalising: How accounts compare, by source key; a source that is not named strips domains.
    """

    def __init__(
        self,
        policy: Policy,
        store: Store,
        normalising: Mapping[int, AccountNormalising],
        asked: Range | None = None,
    ) -> None:
        self.policy = policy
        self.connection = policy.connection
        self._store = store
        self._asked = asked or Range()
        open_events(self.connection, store, self._asked.start, self._asked.end)
        self._map_accounts(normalising)
        self._map_resources()
        self._map_actions_and_purposes()
        self._open()

    @cached_property
    def events(self) -> int:
        """How many events there are in the range."""
        (events,) = one_row(self.connection, "SELECT count(*) FROM numbered_events")
        return int(events)

    def check_count(self, decided: int) -> None:
        """Refuse a result that does not hold each event once.

        Raises:
            Conflict: Events are missing from it, or doubled.
        """
        stored = self.events
        if decided != stored or (self._asked == Range() and stored != self._store.events):
            raise Conflict(
                f"{decided:,} accesses were decided, but {stored:,} are stored and the record lists "
                f"{self._store.events:,}. Nothing was published; verify the data folder."
            )

    def name_grants(self) -> None:
        """Name the grant on which each access rests: by which it was authorized, or came too late to be.

        Makes the table `uses` (`name_grants.sql`), and the view `decided_in_words` of all decided events in words, with
        `grant_id` (NULL where no grant decided), `reason`, `verdict`, `employee_id`, `series` and `event_key`.
        """
        self.connection.execute(files("audit").joinpath("name_grants.sql").read_text("utf-8"))
        self.connection.execute(_IN_WORDS.format(keyed=keyed_events(self._store)))

    def _map_accounts(self, normalising: Mapping[int, AccountNormalising]) -> None:
        accounts, systems = AccountMap(self.policy.facts), self._store.systems
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
        first, last = one_row(self.connection, "SELECT epoch_us(min(time)), epoch_us(max(time)) FROM numbered_events")
        for name, value in (("first", first or 0), ("last", last or 0), ("beyond", BEYOND)):
            self.connection.execute(f"SET VARIABLE {name} = {value}::BIGINT")
        self.connection.execute(
            "CREATE OR REPLACE TABLE account_spells AS "
            'SELECT n.account::INTEGER AS account, n.start, n."end", n.rule::TINYINT AS rule, '
            "e.employee_key::INTEGER AS employee_key "
            "FROM named_spells n LEFT JOIN employees e USING (employee_id) "
            # those in which no event can fall would only be in the way
            "WHERE n.\"end\" > getvariable('first') AND n.start <= getvariable('last')"
        )

    def _map_resources(self) -> None:
        """Map each name of a resource once; where the number behind it matters, map each resource of that name."""
        resources, systems = ResourceMap(self.policy.facts.patterns), self._store.systems
        for table in ("mapped_names", "mapped_resources"):
            self._make(table, _MAPPED_COLUMNS)
        self._make("counted_names", _COUNTED_COLUMNS)
        for names in self._names("resource"):
            mapped = [self._mapped(resources, systems[key], name, number) for number, key, name in names]
            self._add("mapped_names", _MAPPED_COLUMNS, mapped)
            counted = [(number,) for number, key, name in names if resources.number_matters(systems[key], name)]
            self._add("counted_names", _COUNTED_COLUMNS, counted)
        for chunk in self._chunks(_NUMBERED_RESOURCES):
            mapped = [
                self._mapped(resources, systems[key], f"{name}{str(count)[1:]}", number, count)
                for number, key, name, count in chunk
            ]
            self._add("mapped_resources", _MAPPED_COLUMNS, mapped)
        self.connection.execute(_RESOURCE_RULES)

    def _mapped(self, resources: ResourceMap, system: str, text: str, number: int, behind: int = 0) -> MappedResource:
        return map_resource(resources, self.policy.facts.series, system, text, number=number, behind=behind)

    def _map_actions_and_purposes(self) -> None:
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

    def _open(self) -> None:
        self.connection.execute("DROP VIEW IF EXISTS decided")
        self.connection.execute(files("audit").joinpath("decide_events.sql").read_text("utf-8"))
        self.connection.execute("CREATE VIEW decided AS FROM decide('numbered_events')")
        rows = [(number, reason, str(VERDICT_OF[reason])) for number, reason in enumerate(REASONS, 1)]
        load_rows(self.connection, "rules", [("rule", int), ("reason", str), ("verdict", str)], rows)

    def _names(self, kind: str) -> Iterator[list[Any]]:
        """Give the number, the source's key and the text of all names of a kind."""
        return self._chunks(f"SELECT number, source_key, name FROM names WHERE kind = '{kind}' ORDER BY number")  # noqa: S608 - our own words

    def _chunks(self, query: str) -> Iterator[list[Any]]:
        """Give the rows of a query so many at a time: a source can have millions of names."""
        with closing(self.connection.cursor()) as cursor:  # its own, so that the other is free meanwhile
            cursor.execute(query)
            while rows := cursor.fetchmany(_CHUNK):
                yield rows

    def _make(self, table: str, columns: Sequence[tuple[str, type]]) -> None:
        load_rows(self.connection, table, columns, [])

    def _add(self, table: str, columns: Sequence[tuple[str, type]], rows: Sequence[Sequence[object]]) -> None:
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
_IN_WORDS = """
    CREATE OR REPLACE VIEW decided_with_grants AS
    SELECT d.*, s.grant_id
    FROM decided d
    LEFT JOIN grants_used u
        ON u.pair = d.employee_key * getvariable('series_count') + d.series_key AND u.span_start = d.span_start
        AND u.action = d.action AND u.purpose_key = coalesce(d.purpose_key, 0) AND u.rule = d.rule
    LEFT JOIN stated s USING (stated);
    CREATE OR REPLACE VIEW decided_in_words AS
    SELECT w.*, k.event_key, r.reason, r.verdict, e.employee_id, c.code AS series
    FROM in_words('decided_with_grants') w
    JOIN (SELECT import_id, record, event_key FROM ({keyed})) k USING (import_id, record)
    JOIN rules r USING (rule)
    LEFT JOIN employees e USING (employee_key)
    LEFT JOIN series c USING (series_key);
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
