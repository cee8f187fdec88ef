"""Copies all rows of the record from one database to another."""

from sqlalchemy import Connection, delete, func, insert, select, text

from app.migrations.comparison import TABLES

_ROWS_AT_ONCE = 5_000


def copy_rows(source: Connection, target: Connection) -> None:
    """Let the target's tables hold what the source's do; both are of the newest version."""
    for table in reversed(TABLES.sorted_tables):
        target.execute(delete(table))
    for table in TABLES.sorted_tables:
        options = {"stream_results": True, "yield_per": _ROWS_AT_ONCE}
        # in the order of their numbers, as a row names none of its own table but an earlier one
        chosen = select(table).order_by(*table.primary_key)
        for rows in source.execute(chosen, execution_options=options).mappings().partitions():
            target.execute(insert(table), [dict(row) for row in rows])
    if target.dialect.name == "postgresql":
        _go_on_counting(target)


def _go_on_counting(target: Connection) -> None:
    """Let each sequence go on behind the highest number that was copied."""
    for table in TABLES.sorted_tables:
        for column in table.primary_key:
            sequence = text("SELECT pg_get_serial_sequence(:table, :column)")
            name = target.scalar(sequence, {"table": f'"{table.name}"', "column": column.name})
            if name is not None:
                behind = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
                target.execute(select(func.setval(name, behind, False)))  # noqa: FBT003 - that none has this number yet
