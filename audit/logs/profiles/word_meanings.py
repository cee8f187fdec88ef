"""What a log's words for actions and purposes mean by its source's profile; each distinct word is asked once."""

from collections.abc import Callable, Mapping, Sequence

import duckdb
import pyarrow as pa

from audit.logs.profiles.language import Profile
from audit.logs.profiles.sql import EventSql
from config.texts import compare_form


def meanings_of(
    profile: Profile, connection: duckdb.DuckDBPyConnection
) -> Mapping[str, Callable[[Sequence[str]], list[str]]]:
    """Give, for actions and purposes, what finds the meanings of some words: our actions, and described purposes."""
    sql = EventSql(profile, {})

    def by(expression: str) -> Callable[[Sequence[str]], list[str]]:
        def mean(words: Sequence[str]) -> list[str]:
            folded = [compare_form(word) for word in words]
            columns = {"word": pa.array(words, pa.string()), "folded": pa.array(folded, pa.string())}
            connection.register("words", pa.table(columns))
            found = connection.execute(f"SELECT {expression} FROM words").fetchall()  # noqa: S608 - the profile's words
            connection.unregister("words")
            return [meaning for (meaning,) in found]

        return mean

    return {"action": by(sql.action("folded")), "purpose": by(sql.purpose("word", "folded"))}
