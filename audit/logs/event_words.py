"""Events as numbers come to words: the SQL that puts the texts of names in the place of their numbers."""

from collections.abc import Sequence

from audit.logs.event_columns import COUNTED, KINDS, WITH_MEANING


def words_of(events: str, kinds: Sequence[str] = KINDS, *, whole: bool = True) -> str:
    """Give the SQL of events in words, given that of events as numbers: their columns, with texts instead of numbers.

    Args:
        kinds: The kinds of names whose numbers there are.
        whole: There are columns of names that were kept whole, too.
    """
    counted = [kind for kind in COUNTED if kind in kinds]
    numbers = [*kinds, *(f"{kind}_count" for kind in counted), *(f"{kind}_whole" for kind in kinds if whole)]
    joins = "\n".join(
        f"LEFT JOIN names {kind}_names ON {kind}_names.kind = '{kind}' AND {kind}_names.number = e.{kind}"
        for kind in kinds
    )
    texts = ", ".join(_texts(kind, whole=whole) for kind in kinds)
    return f"""
        SELECT e.* EXCLUDE ({", ".join(numbers)}), f.source, f.file, (e.import_id::BIGINT << 40) + e.record AS place,
            {texts}
        FROM {events} e JOIN stored_files f USING (import_id)
        {joins}"""  # noqa: S608 - our own names


def _texts(kind: str, *, whole: bool) -> str:
    """Give the SQL of a kind's text, and where it has a meaning, of both."""
    count = f", substr(nullif(e.{kind}_count, 0)::VARCHAR, 2)" if kind in COUNTED else ""
    text = f"concat({kind}_names.name{count})"
    kept = [f"e.{kind}_whole"] if whole else []
    written = f"coalesce({', '.join([*kept, text])})"
    if kind not in WITH_MEANING:
        return f"{written} AS {kind}"
    return f"coalesce({', '.join([f'{kind}_names.meaning', *kept])}) AS {kind}, {written} AS raw_{kind}"
