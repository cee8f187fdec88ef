"""The command line's door to what people typed as their reason: what it may mean, and what it does from now on."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, TypeAlias

import typer

from access.purpose_map import PurposeMatch
from audit.kept import Kept
from audit.kept_unmapped import KeptUnmapped
from audit.list_unmapped import Unmapped, UnmappedName
from audit.map_purpose import PurposeAnswer, map_purposes_of
from audit.suggest_purposes import Suggestion, suggest_purposes, the_nearest
from config.clock import utc_text
from config.errors import Invalid
from config.officials.limits import UNLIMITED
from config.row_layouts import Layout, row_lines
from config.terminal import notice, say, say_data, say_done, say_lines, terminal_width
from config.text_table import TextColumn, table_lines
from config.texts import counted
from config.work import Installation, Work

_HEADINGS = ("typed", "accesses", "first", "last", "nearest", "score", "others")
_COLUMNS = (
    TextColumn("typed", folds=True),
    TextColumn("accesses", right=True),
    TextColumn("nearest purpose", folds=True),
    TextColumn("score", right=True),
    TextColumn("others that are near", folds=True),
)
# So many texts are compared with purposes; of a log with more, those rarely typed are not.
_MOST_ASKED = 5_000
_Suggested: TypeAlias = tuple[UnmappedName, Sequence[Suggestion]]
_Row: TypeAlias = tuple[str, int, str, str, str, int | str, str]
Source = Annotated[str, typer.Option("--source", help="The source in whose logs it is typed.")]


def suggest(
    context: typer.Context,
    source: Source,
    most: Annotated[
        int,
        typer.Option(
            "--most", min=1, help="How many, the most accessed first where something is near, then those of the others."
        ),
    ] = 50,
    layout: Annotated[Layout, typer.Option("--format", help="How to write them.")] = Layout.TABLE,
) -> None:
    """List what people typed that maps to no purpose, first that which is near to one that work access lists."""
    installation: Installation = context.obj()
    with installation.read() as work:
        unmapped = KeptUnmapped(Kept()).of(work, source, UNLIMITED)
        work.session.expunge_all()
    suggested, others = _asked(unmapped)
    rows = list(_rows([*suggested, *others][:most]))
    if layout is not Layout.TABLE:
        say_data(row_lines(layout, _HEADINGS, rows, None))
    else:
        say_lines(_table(rows, terminal_width()))
    _say_rest(source, len(unmapped.purposes), len(rows), len(others), has_described=bool(unmapped.described))


def suggestion_lines(unmapped: Unmapped, most: int, width: int | None) -> Iterator[str]:
    """Give what was typed and is near to a described purpose as a table, the most accessed first; and what is not."""
    suggested, others = _asked(unmapped)
    yield from _table(list(_rows(suggested[:most])), width)
    if further := len(suggested[most:]):
        yield f"And {counted(further, 'more text')} to which a purpose is near."
    if others:
        yield _say_nothing_near(len(others))


def _asked(unmapped: Unmapped) -> tuple[list[_Suggested], list[_Suggested]]:
    """Give what maps to no purpose with what is near, the most accessed first; and apart what nothing is near to."""
    asked = [
        (one, suggest_purposes(one.name, unmapped.described) if place < _MOST_ASKED else ())
        for place, one in enumerate(unmapped.purposes)
    ]
    return [one for one in asked if one[1]], [one for one in asked if not one[1]]


def _table(rows: Sequence[_Row], width: int | None) -> Iterator[str]:
    shown = [[row[0], f"{row[1]:,}", *map(str, row[4:])] for row in rows]
    yield from table_lines(_COLUMNS, shown, width=width) if shown else ()


def _rows(asked: Iterable[_Suggested]) -> Iterator[_Row]:
    for one, near in asked:
        named = (near[0].purpose, near[0].score) if near else ("", "")
        others = ", ".join(f"{other.purpose} ({other.score})" for other in near[1:])
        yield one.name, one.accesses, utc_text(one.first), utc_text(one.last), *named, others


def _say_nothing_near(count: int) -> str:
    return f"No purpose that work access lists is near to {counted(count, 'text')}."


def _say_rest(source: str, total: int, shown: int, far: int, *, has_described: bool) -> None:
    if not has_described:
        notice("No work access and no duty lists a purpose, so every purpose will do and there is nothing to map.")
    elif not total:
        notice(f"Every purpose in the logs of {source} is one that work access lists, or means one.")
    else:
        rest = f"{counted(total - shown, 'further text')} not shown. " if total > shown else ""
        rest += f"{_say_nothing_near(far)} " if far else ""
        notice(f"{rest}Nothing is mapped before somebody accepts it: thirteen purpose map TEXT… --source {source}.")


def map_texts(
    context: typer.Context,
    texts: Annotated[list[str], typer.Argument(metavar="TEXT…", help="What was typed, or patterns.")],
    source: Source,
    means: Annotated[
        str | None, typer.Option("--means", help="The purpose (default: of each text the nearest that is suggested).")
    ] = None,
    pattern: Annotated[bool, typer.Option("--pattern", help="* stands for any letters, ? for one.")] = False,  # noqa: FBT002 - an option
) -> None:
    """Say which purpose texts mean, or accept what is suggested for them; it is an import that can be taken back."""
    if pattern and means is None:
        raise Invalid("Nothing is suggested for patterns; say with --means which purpose they mean.")
    installation: Installation = context.obj()
    with installation.change() as work:
        match = PurposeMatch.PATTERN if pattern else PurposeMatch.TEXT
        meant = [(text, means) for text in texts] if means is not None else _suggested(work, source, texts)
        answers = [PurposeAnswer(text, purpose, match) for text, purpose in meant]
        receipt = map_purposes_of(installation, work, source, answers, by=work.by)
    if receipt.number is None:
        say("The record says so already; nothing was changed.")
        return
    for sentence in receipt.notices:
        notice(sentence)
    say_lines(f'"{text}" means {purpose}.' for text, purpose in meant)
    said = counted(len(meant), "text")
    say_done(f"{said} answered as import {receipt.number}, which can be taken back. The next audit decides by it.")


def _suggested(work: Work, source: str, texts: Sequence[str]) -> list[tuple[str, str]]:
    described = KeptUnmapped(Kept()).described(work)
    found = [(text, suggest_purposes(text, described)) for text in texts]
    return [(text, _nearest(source, text, near).purpose) for text, near in found]


def _nearest(source: str, text: str, near: Sequence[Suggestion]) -> Suggestion:
    nearest = the_nearest(near)
    if nearest is None:
        several = " and ".join(one.purpose for one in near)
        why = f"{several} are as near to" if near else "No purpose that work access lists is near to"
        raise Invalid(
            f'{why} "{text}", so nothing was changed; say with --means what it means, or leave it out. '
            f"thirteen purpose suggest --source {source} lists what is near."
        )
    return nearest
