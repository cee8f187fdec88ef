"""What files state has a field for every column of the table that it is recorded in."""

from typing import Any, get_type_hints

import pytest

from access.import_kinds import IMPORT_KINDS
from access.stated import ACCOUNTS, StatedAccount
from config.tables.facts import CLOCK_COLUMNS, StatedTable

TABLES = {table.model.__name__: table for kind in IMPORT_KINDS.values() for table in kind.tables}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_fact_states_every_column_of_its_table_but_the_clocks(table: StatedTable[Any]) -> None:
    columns = {
        name: column.annotation for name, column in table.model.model_fields.items() if name not in CLOCK_COLUMNS
    }

    assert get_type_hints(table.fact) == columns
    assert {*table.identity, *table.folded} <= columns.keys()


@pytest.mark.parametrize("login", [" JDoe", "JD\u200boe\xa0", "jdoe"])
def test_logins_are_stated_in_compare_form(login: str) -> None:
    account = StatedAccount(system=" HRIS", login=login, employee_id="E1", kind="personal", start=None, end=None)

    assert list(ACCOUNTS.compared([account])) == [account._replace(system="hris", login="jdoe")]
