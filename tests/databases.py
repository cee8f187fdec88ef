"""On which kinds of database a test runs: SQLite alone unless it says otherwise."""

import pytest

KINDS = ("sqlite", "postgresql")
# For what a database could do otherwise: its types, order, locks, bulk writes and faults.
on_both = pytest.mark.parametrize("settings", KINDS, indirect=True)
on_postgresql = pytest.mark.parametrize("settings", ["postgresql"], indirect=True)
new_on_both = pytest.mark.parametrize("new_settings", KINDS, indirect=True)
