"""The compare form in SQL: for columns of texts that are too many to be fetched."""

import duckdb

from config.texts import compare_form

_IN_PYTHON = "compare_form_in_python"


def offer_compare_form(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `compare_form(text)` of `config/texts.py` known to a connection as a macro; null stays null.

    Texts of ASCII, which nearly all are, are compared by the database; it has no case folding of others, so that these
    are handed to Python. Most texts have no white space that would have to change, which is seen sooner than changed.
    """
    offered = f"SELECT count(*) FROM duckdb_functions() WHERE function_name = '{_IN_PYTHON}'"  # noqa: S608 - our word
    if not connection.execute(offered).fetchall()[0][0]:
        connection.create_function(_IN_PYTHON, compare_form, ["VARCHAR"], "VARCHAR")
    connection.execute(f"""
        CREATE OR REPLACE MACRO compare_form(text) AS CASE
            WHEN strlen(text) = length(text) AND NOT regexp_matches(text, '[\\x09-\\x0d\\x1c-\\x1f]|  |^ | $')
            THEN lower(text)
            WHEN strlen(text) = length(text)
            THEN lower(trim(regexp_replace(text, '[\\x09-\\x0d\\x1c-\\x20]+', ' ', 'g')))
            ELSE {_IN_PYTHON}(text)
        END
    """)
