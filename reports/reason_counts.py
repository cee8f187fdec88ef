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
_WITH_CASE = "sum(with_case)::BIGINT"
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
# What has a date of whatever age is left out as well.
_POOR = f"""
    SELECT source, quality, text, accesses, share FROM (
        SELECT r.source, quality, CASE WHEN quality = '{ReasonQuality.CASE_UNKNOWN}' THEN case_number
            ELSE min(reason) OVER (PARTITION BY form_number) END AS text, r.accesses, f.share
        FROM reasons r LEFT JOIN filled_in f USING (form_number)
        WHERE oldest_year IS NULL AND quality IN ('{ReasonQuality.PLACEHOLDER}', '{ReasonQuality.BY_TOOL}',
            '{ReasonQuality.CASE_UNKNOWN}')
    )
"""  # noqa: S608 - our own words
_CONSTANT = f"""
    SELECT j.source, quality, reason AS text, j.accesses, NULL AS share
    FROM judged_reasons j JOIN (
        SELECT form_number, min(reason) AS reason FROM reasons WHERE oldest_year IS NULL GROUP BY form_number
    ) USING (form_number)
    WHERE quality = '{ReasonQuality.CONSTANT}'
"""  # noqa: S608 - our own words
_COMMONEST = f"""
    SELECT source, quality, text, sum(accesses)::BIGINT AS accesses, max(share)::DOUBLE
    FROM ({_POOR} UNION ALL {_CONSTANT})
    GROUP BY source, quality, text ORDER BY accesses DESC, source, quality, text LIMIT {_MOST_TEXTS}
"""  # noqa: S608 - our own words


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
    """A text that says too little, with how many accesses have it.

    Args:
        share: Of what a program filled in: its share among the accesses of its source that have a reason.
    """

    source: str
    quality: ReasonQuality
    reason: str
    accesses: int
    share: float | None


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
    """Give the texts that say too little, the most used first, but none that may hold personal data."""
    rows = judged.connection.execute(_COMMONEST).fetchall()
    return [PoorReason(source, ReasonQuality(quality), *row) for source, quality, *row in rows]


def _counts(row: Sequence[Any]) -> ReasonCounts:
    source, month, who, is_employee, accesses, *counted, with_case = row
    by_quality = dict(zip(ReasonQuality, counted, strict=True))
    return ReasonCounts(source, month, who, is_employee, accesses, by_quality, with_case)
