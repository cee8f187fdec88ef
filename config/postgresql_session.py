"""What a session on PostgreSQL needs, whatever the server, the database or the account is set to."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import URL

from config.database_faults import say_of
from config.errors import Conflict

_NEEDED = {
    "client_encoding": "UTF8",
    "DateStyle": "ISO, MDY",
    "IntervalStyle": "postgres",
    "TimeZone": "UTC",
    "extra_float_digits": "1",
    "standard_conforming_strings": "on",
    "default_transaction_deferrable": "off",
    # bulk work lasts minutes, within a statement and between two
    "statement_timeout": "0",
    "transaction_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
    "idle_session_timeout": "0",
}
# Asked of the server's list, as older servers do not know every name.
_SET = """
    SELECT set_config(name, value, false)
    FROM unnest(%s::text[], %s::text[]) AS needed (name, value) JOIN pg_settings USING (name)
"""
# All tables lie in one schema: where ours are, else where new ones go.
_SETTLE = """
    SELECT set_config('search_path', quote_ident(schema), false)
    FROM (SELECT coalesce(
        (SELECT nspname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE pg_class.oid = to_regclass('work_access_parts')),
        current_schema()
    ) AS schema) AS settled
    WHERE schema IS NOT NULL
"""


@dataclass(frozen=True)
class PostgresqlSession:
    """Sets up the sessions of one database.

    Args:
        wait_seconds: How long a statement waits for what another transaction keeps.
    """

    url: URL
    wait_seconds: float

    def set_up(self, connection: Any, _record: object) -> None:  # noqa: ANN401 - a DB-API connection has no common type
        """Give a new connection what it needs; reading it or writing to it means the same on every server then.

        Raises:
            Conflict: The database cannot hold every letter.
        """
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            connection.close()
            raise Conflict(
                say_of(self.url, f"{{place}} keeps texts as {encoding}, which loses letters. Nothing was changed; ")
                + "have it made anew as UTF-8: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0."
            )
        patience = f"{max(1, round(self.wait_seconds * 1000))}ms"  # 0 would wait for ever
        settings = _NEEDED | {"lock_timeout": patience}
        connection.execute(_SET, [list(settings), list(settings.values())])
        connection.execute(_SETTLE)
        connection.commit()
