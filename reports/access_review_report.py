"""An access review as a workbook: how far each owner has come, and what was answered.

Of each grant with its use; of each data series that the inventory has, whether that is right still.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from access.names import Names
from access.reviews.find_review import WAITING, ItemNow, progress_of, silence_in_words, states_of
from access.reviews.models import AccessReview
from access.reviews.say_item import answer_in_words, holder_in_words, permits_in_words, use_in_words
from config.clock import end_text
from reports.about import About
from reports.sheets import CellValue, Column, ColumnKind, Cover, Section, Sheet

_WHAT_IT_IS = (
    "The procedures under Minn. Stat. 13.05 subd. 5 must ensure that not public data are accessible only to persons "
    "whose work assignment reasonably requires access. A review asks of each grant that was in force at its start "
    "whether it is still needed; grants of public data are left out."
)
_WHAT_IT_IS_OF_INVENTORY = (
    "The inventory is updated annually and at any other time as necessary to keep it accurate (Minn. Stat. 13.025 "
    "subd. 1). A review asks of each data series that was in use at its start whether what the inventory says is right "
    "still, or what is to be changed. What is confirmed is gone over for the year."
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
        items: Every grant or series of the review, as it stands now.
    """

    review: AccessReview
    items: Sequence[ItemNow]
    names: Names


def access_review_report(records: ReviewRecords, about: About) -> Iterator[Cover | Sheet]:
    """Lay out a review."""
    yield _cover(records, about)
    yield _owners(records)
    yield _series(records) if records.review.is_of_inventory else _grants(records, about)


def _grants(records: ReviewRecords, about: About) -> Sheet:
    return Sheet(
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


def _series(records: ReviewRecords) -> Sheet:
    return Sheet(
        title="Data series",
        heading=records.review.name,
        columns=[
            Column("Who answers", 22, ColumnKind.WRAPPED),
            Column("Series", 30, ColumnKind.WRAPPED),
            Column("State", 16, ColumnKind.WRAPPED),
            Column("Answer", 30, ColumnKind.WRAPPED),
            Column("Note", 36, ColumnKind.WRAPPED),
            Column("Answered", 18, ColumnKind.INSTANT),
            Column("By", 16, ColumnKind.WRAPPED),
        ],
        rows=[
            (
                records.names.owner(one.item.owner),
                records.names.series(one.item.series),
                _state(one, records),
                answer_in_words(records.review, one),
                *_answered(one),
            )
            for one in records.items
        ],
        empty="The review has no series.",
        frozen_columns=2,
    )


def _cover(records: ReviewRecords, about: About) -> Cover:
    review, states = records.review, [one.state for one in records.items]
    closed = f"{about.say(review.closed_at)}, by {review.closed_by}" if review.closed_at else "not yet"
    names = ", ".join(review.names.splitlines())
    is_of_inventory = review.is_of_inventory
    asked = "What the inventory says of" if is_of_inventory else "Grants of"
    of = "data series" if is_of_inventory else review.scope
    return Cover(
        heading=f"Access review: {review.name}",
        sections=[
            about.section(
                ("Started", f"{about.say(review.started_at)}, by {review.started_by}"),
                (asked, f"{of}: {names}" if names else of),
                ("Answers asked for", end_text(review.due, about.zone)),
                ("Closed", closed),
                (f"Where nobody answers, {'a series' if is_of_inventory else 'a grant'}", silence_in_words(review)),
                *([] if is_of_inventory else [("Uses counted in the days before the start", review.days)]),
                paragraphs=[_WHAT_IT_IS_OF_INVENTORY] if is_of_inventory else [_WHAT_IT_IS, _WHAT_USES_MEAN],
            ),
            Section(
                heading="In numbers",
                facts=[
                    (_called(review), len(states)),
                    *((state.capitalize(), states.count(state)) for state in states_of(review)),
                ],
            ),
        ],
    )


def _owners(records: ReviewRecords) -> Sheet:
    every = states_of(records.review)
    return Sheet(
        title="Who answers",
        columns=[
            Column("Who answers", 28, ColumnKind.WRAPPED),
            Column(_called(records.review), 9, ColumnKind.INTEGER),
            *(Column(state.capitalize(), 11, ColumnKind.INTEGER) for state in every),
        ],
        rows=[
            (records.names.owner(one.owner), one.count, *(one.by_state.get(state, 0) for state in every))
            for one in progress_of(records.items)
        ],
        empty="The review asks about nothing.",
    )


def _row(now: ItemNow, records: ReviewRecords, about: About) -> tuple[CellValue, ...]:
    item, use, names = now.item, now.use, records.names
    return (
        names.owner(item.owner),
        item.grant,
        holder_in_words(item, names),
        names.series(item.series),
        permits_in_words(item, about.zone),
        _state(now, records),
        answer_in_words(records.review, now),
        *_answered(now),
        use.uses if use else None,
        use.last_use if use else None,
        use_in_words(use, records.review.days, about.zone),
    )


def _state(now: ItemNow, records: ReviewRecords) -> str:
    return "nobody answered" if now.state == WAITING and records.review.closed_at is not None else now.state


def _answered(now: ItemNow) -> tuple[CellValue, ...]:
    """Give the note of an answer, when it was given, and by whom."""
    answer = now.answer
    return (answer.note, answer.recorded_at, answer.recorded_by) if answer else ("", None, "")


def _called(review: AccessReview) -> str:
    return "Data series" if review.is_of_inventory else "Grants"
