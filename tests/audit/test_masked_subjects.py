"""A mask stands wherever an access's own subject would, the same by Python as in SQL."""

from contextlib import closing

import duckdb
import pytest

from audit.masked_subjects import hide, masked_rows, offer_masks
from config.compare_sql import offer_compare_form
from config.texts import compare_form

# text, subject, what is shown with the mask M; a text in which the subject does not stand is as it was written
HIDDEN = [
    ("Plates/ABC 123", "abc  123", "plates/M"),
    ("ABC1/ABC1.pdf, ABC12, XABC1", "ABC1", "M/M.pdf, abc12, xabc1"),
    ("Calls/2012/1_b", "1", "calls/2012/M_b"),
    ("Calls/2012", "1", "Calls/2012"),
    ("Åsa Øst asked", "ÅSA øst", "M asked"),
    ("Case (a.b)", "(a.b)", "case M"),
    ("Case/7", "", "Case/7"),
    ("", "x", ""),
]


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    """Give a database that knows masks."""
    connection = duckdb.connect()
    offer_compare_form(connection)
    offer_masks(connection)
    return connection


@pytest.mark.parametrize(("text", "subject", "shown"), HIDDEN)
def test_a_subject_is_hidden_where_it_stands_alone_in_a_text(
    connection: duckdb.DuckDBPyConnection, text: str, subject: str, shown: str
) -> None:
    with closing(connection):
        (in_sql,) = connection.execute("SELECT hide(?, compare_form(?), 'M')", [text, subject]).fetchall()

    assert hide(text, compare_form(subject), "M") == shown == in_sql[0]


def test_equal_subjects_have_equal_masks_which_another_file_does_not_share(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    rows = "('Ann B', 'people/ann b', NULL), ('ann  b', 'x', 'of Ann B'), ('C', NULL, ''), (NULL, 'y', 'z')"
    connection.execute(f"CREATE TABLE told AS FROM (VALUES {rows}) told(subject, resource, purpose)")
    asked = f"FROM {masked_rows('told')}"
    with closing(connection):
        first = connection.execute(asked).fetchall()
        offer_masks(connection)
        again = connection.execute(asked).fetchall()

    ann, other = first[0][0], first[2][0]
    assert ann.startswith("masked ")
    assert first == [(ann, f"people/{ann}", None), (ann, "x", f"of {ann}"), (other, None, ""), (None, "y", "z")]
    assert not {ann, other} & {again[0][0], again[2][0]}
