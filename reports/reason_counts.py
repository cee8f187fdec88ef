"""Questions to judged reasons: how many of each quality, and which texts say too little."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from audit.reason_quality import JudgedReasons, ReasonQuality

_AT_ONCE = 10_000
_MOST_TEXTS = 500
_QUALITIES = ", ".join(
    f"coalesce(sum(accesses) FILTER (quality = '{quality}'), 0)::BIGINT" for quality in ReasonQuality
)
_WITH_CASE = "coalesce(sum(accesses) FILTER (case_number <> ''), 0)::BIGINT"
_BY_SOURCE = f"""
    SELECT source, month, '' AS who, false AS is_employee, sum(accesses)::BIGINT, {_QUALITIES}, {_WITH_CASE}
    FROM judged_reasons GROUP BY source, month ORDER BY source, month
"""  # noqa: S608 - our own words
_BY_PERSON = f"""
    SELECT source, month, who, is_employee, sum(accesses)::BIGINT, {_QUALITIES}, {_WITH_CASE}
    FROM judged_reasons GROUP BY source, month, who, is_employee
    ORDER BY month DESC, sum(accesses) FILTER (quality NOT IN ('{ReasonQuality.FINE}', '{ReasonQuality.MASKED}'))
        DESC NULLS LAST, who, is_employee, source
"""  # noqa: S608 - our own words
_POOR = f"""
    SELECT source, quality, any_value(form) AS form, text, sum(accesses)::BIGINT AS accesses,
        count(DISTINCT (is_employee, who)) AS people
    FROM (
        SELECT *, CASE WHEN quality = '{ReasonQuality.CASE_UNKNOWN}' THEN case_number
            ELSE min(reason) OVER (PARTITION BY source, form) END AS text
        FROM judged_reasons
        WHERE quality IN ('{ReasonQuality.PLACEHOLDER}', '{ReasonQuality.BY_TOOL}', '{ReasonQuality.CONSTANT}',
            '{ReasonQuality.CASE_UNKNOWN}')
    )
    GROUP BY source, quality, text ORDER BY accesses DESC, source, quality, text LIMIT {_MOST_TEXTS}
"""  # noqa: S608 - our own words
_FILLED_IN = """
    SELECT c.source, f.form, f.share::DOUBLE FROM filled_in f JOIN sources_of_reasons c USING (source_key) ORDER BY ALL
"""


@dataclass(frozen=True)
class ReasonCounts:
    """How many accesses have reasons of each quality: of a month and a source, of all or of one person or account."""

    source: str
    month: str
    who: str
    is_employee: bool
    accesses: int
    by_quality: Mapping[ReasonQuality, int]
    with_case: int

    def of(self, quality: ReasonQuality) -> int:
        """Give how many are of a quality."""
        return self.by_quality[quality]


@dataclass(frozen=True)
class PoorReason:
    """A text that says too little, with how many accesses have it; `form` is its compare form."""

    source: str
    quality: ReasonQuality
    form: str
    reason: str
    accesses: int
    people: int


@dataclass(frozen=True)
class FilledIn:
    """A text that programs fill in, and its share among the accesses of its source that have a reason."""

    source: str
    form: str
    share: float


def counts_by_source(judged: JudgedReasons) -> list[ReasonCounts]:
    """Count by source and month, in that order."""
    return [_counts(row) for row in judged.connection.execute(_BY_SOURCE).fetchall()]


def counts_by_person(judged: JudgedReasons) -> Iterator[ReasonCounts]:
    """Count by month, person or account, and source; the newest month and the poorest reasons first."""
    with judged.connection.cursor() as cursor:
        cursor.execute(_BY_PERSON)
        while rows := cursor.fetchmany(_AT_ONCE):
            yield from map(_counts, rows)


def poor_reasons(judged: JudgedReasons) -> list[PoorReason]:
    """Give the texts that say too little, the most used first, but none that looks as if it held personal data."""
    return [PoorReason(row[0], ReasonQuality(row[1]), *row[2:]) for row in judged.connection.execute(_POOR).fetchall()]


def filled_in(judged: JudgedReasons) -> list[FilledIn]:
    """Give what programs fill in, by source."""
    return [FilledIn(*row) for row in judged.connection.execute(_FILLED_IN).fetchall()]


def _counts(row: Sequence[Any]) -> ReasonCounts:
    source, month, who, is_employee, accesses, *counted, with_case = row
    by_quality = dict(zip(ReasonQuality, counted, strict=True))
    return ReasonCounts(source, month, who, is_employee, accesses, by_quality, with_case)
