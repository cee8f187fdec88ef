"""What the reasons of accesses are worth, counted over the store in DuckDB: by source, month and person.

A reason of poor quality is no finding: it says that a log tells too little of why, not that anybody did wrong.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from importlib.resources import files

import duckdb
from sqlmodel import Session, select

from access.accounts import normal_system
from access.facts import Facts
from access.load_facts import load_facts
from access.models import ListedCase
from access.resolve_grants import Keyed
from audit.case_numbers import case_patterns, offer_case_numbers
from audit.logs.account_forms import normalising_of
from audit.logs.detecting.told_values import kind_sql
from audit.logs.event_store import Store, stored_logs
from audit.logs.open_events import open_events
from audit.map_events import map_whose
from audit.personal_texts import BIRTH_NAMED, NAMED_PLATE, PLATE
from config.bulk import load_rows, one_row, open_bulk, plain_faults, text_sql
from config.clock import from_microseconds, microseconds, months_between
from config.compare_sql import offer_compare_form
from config.recorded import known_at
from config.settings import Settings
from config.texts import compare_form

CONSTANT_FROM = 20  # accesses of a person to a source in a month
TOOL_SHARE, TOOL_ACCESSES, TOOL_PEOPLE = 0.9, 100, 3  # of the accesses of a source that have a reason
YEARS_OLD = 10  # a date so long before an access is none of the matter at hand


class ReasonQuality(StrEnum):
    """What a reason is worth; of several that fit, the first counts."""

    MISSING = "missing"
    PLACEHOLDER = "placeholder"
    MASKED = "masked"
    PERSONAL = "personal"
    BY_TOOL = "by_tool"
    CASE_UNKNOWN = "case_unknown"
    CONSTANT = "constant"
    FINE = "fine"


@dataclass(frozen=True)
class JudgedReasons:
    """The accesses of a range with what their reasons are worth.

    In the connection, `judged_reasons` has `source, month, who, is_employee, accesses, with_case, quality`; `reasons`,
    each reason of a source with the quality that it has by itself; and `filled_in`, what programs fill in.

    Args:
        has_cases: The sources whose case numbers were looked up in a list of cases.
        with_pattern: The sources whose profile says how a case number is found.
    """

    connection: duckdb.DuckDBPyConnection
    facts: Facts
    store: Store
    has_cases: frozenset[str]
    with_pattern: frozenset[str]


_WRITTEN_DATE = r"\b(?:0?[1-9]|1[0-2])[/.-](?:0?[1-9]|[12][0-9]|3[01])[/.-]((?:19|20)[0-9]{2}|[0-9]{2})\b"
_ISO_DATE = r"\b((?:19|20)[0-9]{2})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])\b"
_SOURCE_COLUMNS = [("source_key", int), ("source", str), ("system", str)]


@contextmanager
def judging_reasons(
    session: Session,
    settings: Settings,
    *,
    known: datetime,
    start: datetime | None = None,
    end: datetime | None = None,
) -> Iterator[JudgedReasons]:
    """Judge the reasons of the accesses in [start, end), None = no bound, by what was known at an instant.

    Raises:
        NotFound: There is no entity yet.
        Conflict: A file of the store is not as its receipt says, the disk is full, or the memory allowed does not
            suffice.
    """
    facts = load_facts(session, at=known, graces=settings.graces())
    store = stored_logs(session, settings.data_dir)
    bounds = (None if bound is None else microseconds(bound) for bound in (start, end))
    with closing(open_bulk(settings)) as connection, plain_faults():
        open_events(connection, store, *bounds)
        map_whose(Keyed(facts, connection), store, normalising_of(session, store))
        patterns = case_patterns(session)
        listed = _load_cases(session, connection, store, known)
        has_cases = frozenset(store.sources[key] for key in listed if store.sources[key] in patterns)
        _offer_macros(connection, facts, patterns)
        sql = files("audit").joinpath("reason_quality.sql").read_text("utf-8")
        connection.execute(sql.format(**_patterns(store)))
        yield JudgedReasons(connection, facts, store, has_cases, frozenset(patterns))


def _load_cases(
    session: Session, connection: duckdb.DuckDBPyConnection, store: Store, known: datetime
) -> frozenset[int]:
    """Load the lists of cases; give the keys of the sources for which there is one."""
    cases = session.exec(select(ListedCase.system, ListedCase.case_number).where(known_at(ListedCase, known))).all()
    forms = [(normal_system(system) if system else "", compare_form(number)) for system, number in cases]
    load_rows(connection, "listed_forms", [("system", str), ("form", str)], forms)
    systems = {key: normal_system(system) for key, system in store.systems.items()}
    sources = [(key, source, systems[key]) for key, source in store.sources.items()]
    load_rows(connection, "sources_of_reasons", _SOURCE_COLUMNS, sources)
    named = {system for system, _ in forms}
    listed = {key: system for key, system in systems.items() if "" in named or system in named}
    load_rows(connection, "listed_systems", [("system", str)], [(system,) for system in sorted({*listed.values()})])
    return frozenset(listed)


def _offer_macros(connection: duckdb.DuckDBPyConnection, facts: Facts, patterns: Mapping[str, str]) -> None:
    offer_compare_form(connection)
    offer_case_numbers(connection, patterns)
    connection.execute(f"CREATE OR REPLACE MACRO kind_of_reason(form) AS {kind_sql('form')}")
    first, last = one_row(connection, "SELECT epoch_us(min(time)), epoch_us(max(time)) FROM numbered_events")
    months = [] if first is None else months_between(from_microseconds(first), from_microseconds(last), facts.zone)
    whens = " ".join(
        f"WHEN time < make_timestamp({microseconds(end)}) THEN {text_sql(month)}" for month, _, end in months
    )
    connection.execute(f"CREATE OR REPLACE MACRO month_of(time) AS {f'CASE {whens} END' if whens else 'NULL::VARCHAR'}")
    year = 0 if last is None else from_microseconds(last).year
    for name, value in (
        ("last_year", f"{year}::INTEGER"),
        ("tool_share", f"{TOOL_SHARE}::DOUBLE"),
        ("tool_accesses", f"{TOOL_ACCESSES}::BIGINT"),
        ("tool_people", f"{TOOL_PEOPLE}::BIGINT"),
        ("constant_from", f"{CONSTANT_FROM}::BIGINT"),
        ("years_old", f"{YEARS_OLD}::INTEGER"),
    ):
        connection.execute(f"SET VARIABLE {name} = {value}")


def _patterns(store: Store) -> dict[str, str]:
    """Give what stands in the SQL for braces: the patterns, and the texts that events keep whole, where some do."""
    patterns = {
        "plate": PLATE,
        "named_plate": NAMED_PLATE,
        "birth_named": BIRTH_NAMED,
        "written_date": _WRITTEN_DATE,
        "iso_date": _ISO_DATE,
    }
    whole = "e.purpose_whole" if store.has_whole_names else "NULL::VARCHAR"
    and_whole = f"AND r.whole IS NOT DISTINCT FROM {whole}" if store.has_whole_names else ""
    return {"whole": whole, "and_whole": and_whole, **{name: text_sql(text) for name, text in patterns.items()}}
