"""Carries our SQL, which is DuckDB's, to Spark: by sqlglot, and here stands all that sqlglot does not carry.

* A variable is a number that stands in the text.
* Times are numbers of microseconds in UTC; Spark's own functions make them of and into a time that has no zone.
* What the text makes a table is a view that Spark keeps once it was asked for, and is not dropped before the end.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sqlglot
from sqlglot import exp


@dataclass(frozen=True)
class Carried:
    """A query in Spark's SQL.

    Args:
        name: Of the table or view that it makes; empty = it is only asked.
        is_kept: It makes a table.
    """

    sql: str
    name: str = ""
    is_kept: bool = False


def carry_statements(text: str, variables: Mapping[str, int]) -> Iterator[Carried]:
    """Carry the statements of a text, which makes tables and views.

    Raises:
        UnsupportedError: sqlglot does not carry something, nor does this module.
    """
    for statement in sqlglot.parse(text, read="duckdb"):
        if isinstance(statement, exp.Create):
            is_kept = statement.kind == "TABLE"
            yield Carried(_in_spark(statement.expression, variables), statement.this.name, is_kept)
        elif not isinstance(statement, exp.Drop):
            raise sqlglot.UnsupportedError(f"This is not carried: {text}")


def carry_query(text: str, variables: Mapping[str, int]) -> str:
    """Carry a query.

    Raises:
        UnsupportedError: As in `carry_statements`.
    """
    return _in_spark(sqlglot.parse_one(text, read="duckdb"), variables)


def _in_spark(query: exp.Expr, variables: Mapping[str, int]) -> str:
    carried = query.transform(lambda node: _carry(node, variables))
    return carried.sql("spark", unsupported_level=sqlglot.ErrorLevel.RAISE, comments=False)


def _carry(node: exp.Expr, variables: Mapping[str, int]) -> exp.Expr:
    if isinstance(node, exp.UnixToTime):  # make_timestamp(…); Spark's would have a zone
        return exp.cast(exp.func("TIMESTAMP_MICROS", node.this), "TIMESTAMPNTZ")
    match node:
        case exp.Anonymous(this="getvariable", expressions=[name]):
            return exp.cast(exp.Literal.number(variables[name.name]), "BIGINT")
        case exp.Anonymous(this="epoch_us", expressions=[time]):
            return exp.func("UNIX_MICROS", exp.cast(time, "TIMESTAMPLTZ"))
        case _:
            return node
