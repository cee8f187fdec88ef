"""The command line's door to access reviews; who is responsible answers in the service."""

from typing import Annotated

import typer

from access.names import Names
from access.people_below import Reach
from access.reviews.close_review import close_review
from access.reviews.find_review import (
    STATES,
    ItemNow,
    find_review,
    items_in_words,
    list_reviews,
    progress_of,
    review_items,
    states_of,
)
from access.reviews.models import AccessReview, Scope, Silence
from access.reviews.say_item import answer_in_words, holder_in_words, use_in_words
from access.reviews.say_review import review_sentences
from access.reviews.start_review import ReviewRequest, start_review
from config.clock import end_text
from config.errors import Invalid
from config.terminal import notice, say, say_lines, terminal_width
from config.text_table import TextColumn, table_lines
from config.texts import counted
from config.when import EXPECTED_WHEN
from config.work import Installation, Work

_EVERYBODY = Reach("all", "")
Number = Annotated[int, typer.Argument(help="The review, as `thirteen review list` numbers it.", min=1)]
_IN_LIST = (
    *(TextColumn("no.", right=True), TextColumn("review", folds=True), TextColumn("answers until")),
    *(TextColumn("answered", right=True), TextColumn("of", right=True), TextColumn("state")),
)
_OWNER = TextColumn("who answers", folds=True)
_SERIES = (TextColumn("series", folds=True), _OWNER, TextColumn("answer", folds=True))
_GRANTS = (
    *(TextColumn("grant"), TextColumn("held by", folds=True), TextColumn("series", folds=True)),
    *(TextColumn("use", folds=True), _OWNER, TextColumn("answer", folds=True)),
)


def start(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="By which people know the review, such as “Yearly review 2026”.")],
    due: Annotated[
        str, typer.Option("--to", help=f"Until when answers are asked for: {EXPECTED_WHEN}. Of a day its last moment.")
    ],
    scope: Annotated[
        Scope, typer.Option("--scope", help="Grants of what; inventory = what that says of data series, no grants.")
    ] = Scope.ALL,
    names: Annotated[
        list[str] | None,
        typer.Option("--only", help="A position's code, a department, or a series' code or name. Repeatable."),
    ] = None,
    days: Annotated[int, typer.Option("--days", help="For how many days before now uses are counted.")] = 90,
    silence: Annotated[
        Silence, typer.Option("--silence", help="What it means where nobody answers: stays, or is listed besides.")
    ] = Silence.LISTED,
) -> None:
    """Ask who is responsible about the grants in force, or about what the inventory says; uses are counted at once."""
    installation: Installation = context.obj()
    request = ReviewRequest(name, scope, names or (), due, days, silence)
    with installation.change() as work:
        review = start_review(work, request, by=work.by)
        number, is_of_inventory = review.id, review.is_of_inventory
        items = review_items(work.session, number, _EVERYBODY)
        managers = len({one.item.owner for one in items if one.item.owner})
        said = f"Access review {number} is started: {items_in_words(review, len(items))}"
    say(f"{said}, asked of {counted(managers, 'manager')} and, for the rest, of officials.")
    if not is_of_inventory:
        count_uses(installation, number)


def list_all(context: typer.Context) -> None:
    """List the access reviews with how far each has come, the newest first."""
    installation: Installation = context.obj()
    with installation.read() as work:
        found = list_reviews(work.session, _EVERYBODY)
        rows = [_row_of_review(work, one) for one in found]
    if not found:
        notice("No access review was started yet.")
        return
    say_lines(table_lines(_IN_LIST, rows, width=terminal_width()))


def show(
    context: typer.Context,
    number: Number,
    state: Annotated[str, typer.Option("--state", help=f"Only what is so: {', '.join(STATES)}.")] = "",
) -> None:
    """Show how far a review has come, by whom, and what was answered of each grant or series."""
    installation: Installation = context.obj()
    if state and state not in STATES:
        raise Invalid(f'"{state}" is no state of what is reviewed; the states are {", ".join(STATES)}.')
    with installation.read() as work:
        review = find_review(work.session, number, _EVERYBODY)
        items, names = review_items(work.session, number, _EVERYBODY), Names(work.session)
        say(f"{review.name} (access review {number})")
        say_lines(review_sentences(review, items, work.now, work.zone))
        say_lines(["", *table_lines(_columns_of_owners(review), _rows_of_owners(review, items, names))])
        rows = [_row_of_item(work, review, one, names) for one in items if state in {"", one.state}]
        columns = _SERIES if review.is_of_inventory else _GRANTS
        say_lines(["", *table_lines(columns, rows, width=terminal_width())])


def count(context: typer.Context, number: Number) -> None:
    """Count anew how often the grants of a review were used, by the logs imported until now."""
    count_uses(context.obj(), number)


def close(context: typer.Context, number: Number) -> None:
    """Close a review: its answers are final, and what nobody answered is what the review says of silence."""
    installation: Installation = context.obj()
    with installation.change() as work:
        review = find_review(work.session, number, _EVERYBODY)
        close_review(work, review, by=work.by)
        told = review_sentences(review, review_items(work.session, number, _EVERYBODY), work.now, work.zone)
    say(" ".join(told))


def count_uses(installation: Installation, number: int) -> None:
    """Count how often the grants of a review were used, and say of how many."""
    # only here, as what decides takes long to load
    from reports.count_review_uses import ReviewUsesRequest, count_review_uses  # noqa: PLC0415

    grants = count_review_uses(installation, ReviewUsesRequest(number))
    say(f"The uses of {counted(grants, 'grant')} are counted, by the logs imported until now.")


def _row_of_review(work: Work, review: AccessReview) -> tuple[str, ...]:
    items = review_items(work.session, review.id, _EVERYBODY)
    answered = sum(one.answer is not None for one in items)
    state = "closed" if review.closed_at else "overdue" if review.due <= work.now else "open"
    until = end_text(review.due, work.zone)
    return str(review.id), review.name, until, f"{answered:,}", f"{len(items):,}", state


def _columns_of_owners(review: AccessReview) -> list[TextColumn]:
    return [TextColumn("who answers"), *(TextColumn(state, right=True) for state in states_of(review))]


def _rows_of_owners(review: AccessReview, items: list[ItemNow], names: Names) -> list[tuple[str, ...]]:
    return [
        (names.owner(one.owner), *(f"{one.by_state.get(state, 0):,}" for state in states_of(review)))
        for one in progress_of(items)
    ]


def _row_of_item(work: Work, review: AccessReview, now: ItemNow, names: Names) -> tuple[str, ...]:
    item, note = now.item, f": {now.answer.note}" if now.answer and now.answer.note else ""
    answer = f"{answer_in_words(review, now)}{note}"
    if item.is_series:
        return names.series(item.series), names.owner(item.owner), answer
    use = use_in_words(now.use, review.days, work.zone)
    return item.grant, holder_in_words(item, names), names.series(item.series), use, names.owner(item.owner), answer
