"""The compare form in SQL: for columns of texts that are too many to be fetched."""

import duckdb

from config.texts import compare_form

_IN_PYTHON = "compare_form_in_python"
_OFFERED = f"SELECT 1 FROM duckdb_functions() WHERE function_name = '{_IN_PYTHON}'"  # noqa: S608 - our word
_ASCII = "strlen(text) = length(text)"


def offer_compare_form(connection: duckdb.DuckDBPyConnection, *, of: str = "") -> None:
    """Make `compare_form(text)` of `config/texts.py` known to a connection as a macro; null stays null.

    Texts of ASCII, which nearly all are, are compared by the database; it has no case folding of others, so that these
    are handed to Python.

    Args:
        of: The SQL of all texts that it will be asked of, where they are at hand: if these are of ASCII, Python is not
            made known to the database, which would load NumPy for it.
    """
    in_python = f"{_IN_PYTHON}(text)"
    if of and connection.execute(f"SELECT count(*) FROM ({of}) texts(text) WHERE NOT {_ASCII}").fetchall() == [(0,)]:  # noqa: S608 - our own words
        in_python = "CASE WHEN text IS NOT NULL THEN error('a text that is not of ASCII') END"
    elif not connection.execute(_OFFERED).fetchall():
        connection.create_function(_IN_PYTHON, compare_form, ["VARCHAR"], "VARCHAR")
    connection.execute(f"""
        CREATE OR REPLACE MACRO compare_form(text) AS CASE
            WHEN {_ASCII} THEN lower(trim(regexp_replace(text, '[\\x09-\\x0d\\x1c-\\x20]+', ' ', 'g')))
            ELSE {in_python}
        END
    """)
