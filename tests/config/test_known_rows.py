"""What is read of tables by their names is what their classes say of them."""

import pytest

import access.known_tables
import inventory.known_tables
from app.migrations.comparison import TABLES
from config.database import UtcDateTime
from config.known_rows import KnownTable

KNOWN = (*access.known_tables.KNOWN_TABLES, *inventory.known_tables.KNOWN_TABLES)


@pytest.mark.parametrize("table", KNOWN, ids=lambda table: table.name)
def test_a_table_has_the_columns_that_are_read_of_it_and_those_that_are_instants_are_known(table: KnownTable) -> None:
    columns = TABLES.tables[table.name].columns

    instants = {name for name in table.columns if isinstance(columns[name].type, UtcDateTime)}

    assert instants == table.times
    assert {*table.thing} <= {*table.columns}
