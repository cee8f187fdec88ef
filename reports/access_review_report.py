"""An access review as a workbook: how far each owner has come, and what was answered of each grant, with its use."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from access.reviews.find_review import STATES, WAITING, ItemNow, progress_of, silence_in_words
from access.reviews.models import AccessReview
from access.reviews.say_item import Names, answer_in_words, permits_in_words, use_in_words
from config.clock import end_text
from reports.about import About
from reports.sheets import CellValue, Column, ColumnKind, Cover, Section, Sheet

_WHAT_IT_IS = (
    "The procedures under Minn. Stat. 13.05 subd. 5 must ensure that not public data are accessible only to persons "
    "whose work assignment reasonably requires access. A review asks of each grant that was in force at its start "
    "whether it is still needed; grants of public data are left out."
)
_WHAT_USES_MEAN = (
    "An access rests on one grant: where several cover it, on the first in this order: position, employee, temporary "
    "duty, department, everyone. “No log seen”: no log of a system that holds the series has an access in these days, "
    "so that it cannot be told whether the grant was used."
)
NONE_STARTED = "No access review was started yet, so there is nothing to report."


@dataclass(frozen=True)
class ReviewRecords:
    """What the report is made of.

    Args:
        items: Every grant of the review, as it stands now.
    """

    review: AccessReview
    items: Sequence[ItemNow]
    names: Names


def access_review_report(records: ReviewRecords, about: About) -> Iterator[Cover | Sheet]:
    """Lay out a review."""
    yield _cover(records, about)
    yield _owners(records)
    yield Sheet(
        title="Grants",
        heading=records.review.name,
        notes=[_WHAT_USES_MEAN],
        columns=[
            Column("Who answers", 16, ColumnKind.WRAPPED),
            Column("Grant", 14, ColumnKind.WRAPPED),
            Column("Held by", 20, ColumnKind.WRAPPED),
            Column("Series", 20, ColumnKind.WRAPPED),
            Column("Permitted at the start", 24, ColumnKind.WRAPPED),
            Column("State", 11, ColumnKind.WRAPPED),
            Column("Answer", 20, ColumnKind.WRAPPED),
            Column("Note", 18, ColumnKind.WRAPPED),
            Column("Answered", 18, ColumnKind.INSTANT),
            Column("By", 12, ColumnKind.WRAPPED),
            Column("Uses", 8, ColumnKind.INTEGER),
            Column("Last use", 11, ColumnKind.DATE),
            Column("Use in words", 20, ColumnKind.WRAPPED),
        ],
        rows=[_row(one, records, about) for one in records.items],
        empty="The review has no grant.",
        frozen_columns=2,
    )


def _cover(records: ReviewRecords, about: About) -> Cover:
    review, states = records.review, [one.state for one in records.items]
    closed = f"{about.say(review.closed_at)}, by {review.closed_by}" if review.closed_at else "not yet"
    names = ", ".join(review.names.splitlines())
    return Cover(
        heading=f"Access review: {review.name}",
        sections=[
            about.section(
                ("Started", f"{about.say(review.started_at)}, by {review.started_by}"),
                ("Grants of", f"{review.scope}: {names}" if names else review.scope),
                ("Answers asked for", end_text(review.due, about.zone)),
                ("Closed", closed),
                ("Where nobody answers, a grant", silence_in_words(review)),
                ("Uses counted in the days before the start", review.days),
                paragraphs=[_WHAT_IT_IS, _WHAT_USES_MEAN],
            ),
            Section(
                heading="In numbers",
                facts=[("Grants", len(states)), *((state.capitalize(), states.count(state)) for state in STATES)],
            ),
        ],
    )


def _owners(records: ReviewRecords) -> Sheet:
    return Sheet(
        title="Who answers",
        columns=[
            Column("Who answers", 28, ColumnKind.WRAPPED),
            Column("Grants", 9, ColumnKind.INTEGER),
            *(Column(state.capitalize(), 11, ColumnKind.INTEGER) for state in STATES),
        ],
        rows=[
            (records.names.owner(one.owner), one.count, *(one.by_state.get(state, 0) for state in STATES))
            for one in progress_of(records.items)
        ],
        empty="The review has no grant.",
    )


def _row(now: ItemNow, records: ReviewRecords, about: About) -> tuple[CellValue, ...]:
    item, answer, use, names = now.item, now.answer, now.use, records.names
    is_listed = now.state == WAITING and records.review.closed_at is not None
    return (
        names.owner(item.owner),
        item.grant,
        names.holder(item),
        names.series(item.series),
        permits_in_words(item, about.zone),
        "nobody answered" if is_listed else now.state,
        answer_in_words(records.review, now),
        answer.note if answer else "",
        answer.recorded_at if answer else None,
        answer.recorded_by if answer else "",
        use.uses if use else None,
        use.last_use if use else None,
        use_in_words(use, records.review.days, about.zone),
    )
