"""Decide all events of a range at once: the table of DOMAIN.md section 3 as SQL (`decide_events.sql`).

The view `decided` has every event with its `reason`; the verdict follows from the reason. The table macro `decide`
gives the same for a part of the events.
"""

from collections.abc import Mapping, Sequence
from importlib.resources import files

from access.accounts import AccountNormalising
from access.resolve_grants import Policy
from access.rules import ACTIONS
from audit.logs.event_store import StoredFile, open_events
from audit.map_names import AccountMap, MappedResource, Spell, map_purposes, map_resource
from config.bulk import load_rows
from inventory.match_resources import ResourceMap

_CHUNK = 50_000
# What a stem maps to where the number behind it matters.
BY_NUMBER = "by number"


def map_events(
    policy: Policy,
    stored: Sequence[StoredFile],
    normalising: Mapping[int, AccountNormalising],
    *,
    start: int | None = None,
    end: int | None = None,
) -> None:
    """Open the events of a range, and map their accounts, resources and purposes, each once.

    Args:
        normalising: How accounts compare, by source key; a source that is not named strips domains.
        start: Microseconds since 1970 in UTC; None = from the first event on.
        end: The same, exclusive; None = to the last event.
    """
    open_events(policy.connection, stored, start, end)
    systems = {one.source_key: one.system for one in stored}
    _map_accounts(policy, systems, normalising)
    _map_resources(policy, systems)
    _map_purposes(policy)


def decide_events(policy: Policy) -> None:
    """Make the view `decided` over the events whose names `map_events` has mapped."""
    bits = [(action, 1 << place) for place, action in enumerate(ACTIONS)]
    load_rows(policy.connection, "action_bits", [("action", str), ("bit", int)], bits)
    policy.connection.execute(files("audit").joinpath("decide_events.sql").read_text("utf-8"))


def _map_accounts(policy: Policy, systems: Mapping[int, str], normalising: Mapping[int, AccountNormalising]) -> None:
    accounts = AccountMap(policy.facts)
    named = policy.connection.execute("SELECT DISTINCT source_key, account FROM events").fetchall()
    spells = [
        spell
        for key, account in named
        for spell in accounts.spells(key, systems[key], account, normalising.get(key, AccountNormalising()))
    ]
    load_rows(policy.connection, "named_spells", list(Spell.__annotations__.items()), spells)
    policy.connection.execute(
        "CREATE OR REPLACE TABLE account_spells AS "
        "SELECT n.*, e.employee_key, n.standing = 'not_employed' AS not_employed, n.standing = 'shared' AS shared "
        "FROM named_spells n LEFT JOIN employees e USING (employee_id) "
        # those in which no event can fall would only be in the way
        'WHERE n."end" > (SELECT min(instant) FROM events) AND n.start <= (SELECT max(instant) FROM events)'
    )


def _map_resources(policy: Policy, systems: Mapping[int, str]) -> None:
    """Map each stem of a resource once; where the number behind it matters, map each resource with that stem."""
    resources = ResourceMap(policy.facts.patterns)
    connection = policy.connection
    columns = list(MappedResource.__annotations__.items())
    load_rows(connection, "numbered_resources", columns, [])
    by_stem: list[MappedResource] = []
    whole: list[tuple[int, str]] = []
    for key, stem in connection.execute("SELECT DISTINCT source_key, resource_stem FROM events").fetchall():
        if resources.number_matters(systems[key], stem):
            whole.append((key, stem))
            by_stem.append(MappedResource(key, stem, "", BY_NUMBER, ""))
        else:
            by_stem.append(map_resource(resources, key, systems[key], stem))
    load_rows(connection, "resources_by_stem", columns, by_stem)
    load_rows(connection, "stems_to_split", [("source_key", int), ("stem", str)], whole)
    cursor = connection.cursor()
    cursor.execute(
        "SELECT DISTINCT e.source_key, e.resource_stem, e.resource_number FROM events e JOIN stems_to_split s "
        "ON e.source_key = s.source_key AND e.resource_stem = s.stem"
    )
    while chunk := cursor.fetchmany(_CHUNK):
        mapped = [map_resource(resources, key, systems[key], stem, number) for key, stem, number in chunk]
        load_rows(connection, "chunk_of_resources", columns, mapped)
        connection.execute("INSERT INTO numbered_resources FROM chunk_of_resources")
    for table in ("resources_by_stem", "numbered_resources"):
        connection.execute(
            f"CREATE OR REPLACE TABLE mapped_{table} AS "  # noqa: S608 - our own words
            "SELECT n.source_key, n.stem, n.number, s.series_key, n.target = 'ignore' AS ignored, "
            "n.target = 'public' OR coalesce(s.public, false) AS public, n.target = 'nothing' AS unmapped, "
            f"n.target = '{BY_NUMBER}' AS by_number, coalesce(s.untestable, false) AS untestable "
            f"FROM {table} n LEFT JOIN series s USING (code)"
        )


def _map_purposes(policy: Policy) -> None:
    named = policy.connection.execute(
        "SELECT DISTINCT unnest(string_split(purposes, ';')) FROM grants WHERE purposes <> '*'"
    ).fetchall()
    given = (
        policy.connection.execute("SELECT DISTINCT purpose FROM events WHERE purpose <> ''").fetchall() if named else []
    )
    described = list(map_purposes((purpose for (purpose,) in named), (purpose for (purpose,) in given)))
    keys = {purpose: key for key, purpose in enumerate(sorted({purpose for _, purpose in described}))}
    rows = [(given, purpose, keys[purpose]) for given, purpose in described]
    load_rows(policy.connection, "described_purposes", [("given", str), ("purpose", str), ("purpose_key", int)], rows)
