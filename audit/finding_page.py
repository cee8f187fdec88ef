"""One finding as lines of text: the sentence first, then what it rests on and what people made of it."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from access.rules import Grant
from audit.finding_accesses import FindingAccesses
from audit.other_findings import SomeFindings
from audit.read_finding import FindingDetails
from audit.statuses import move_details
from audit.views import FindingView, MoveView
from config.clock import end_text, local_text, start_text
from config.shown_text import shown
from config.text_table import TextColumn, table_lines
from config.texts import counted

VERDICTS_IN_WORDS = {"unauthorized": "possible unauthorized access", "unresolved": "unresolved"}
_MOST_OTHERS = 5
NEWEST_OTHERS = slice(-_MOST_OTHERS, None)


def finding_page(details: FindingDetails, zone: ZoneInfo, width: int | None) -> Iterator[str]:
    """Give the lines; times are in the entity's zone.

    Args:
        details: Of others like it, those at `NEWEST_OTHERS`.
        width: Of the terminal; None where it is none, and no line needs to be folded.
    """
    finding = details.finding
    yield f"Finding {finding.key}: {VERDICTS_IN_WORDS[finding.verdict]}, {finding.reason}, {finding.month}"
    yield f"Who: {details.who}"
    yield f"What: {details.what}"
    yield _counted(finding, zone)
    yield f"Status: {finding.status}{f'; grew by {finding.grown:,} since it was closed' if finding.grown else ''}"
    yield f"Why: {finding.explanation}"
    if details.accesses.nearest is not None:
        yield f"Nearest grant: {_grant(details.accesses.nearest, zone)}"
    yield from _accesses(details.accesses, finding, zone, width)
    yield from _moves(details.moves, zone)
    yield from _others(f"Other findings of {details.who}", details.of_same_who, width)
    yield from _others(f"Findings of others about {details.what}", details.of_same_what, width)


def _counted(finding: FindingView, zone: ZoneInfo) -> str:
    times = f"from {local_text(finding.first, zone)} to {local_text(finding.last, zone)} ({zone.key})"
    about = f"; about {counted(finding.subjects, 'data subject')}" if finding.subjects else ""
    return f"Accesses: {finding.events:,}, {times}; {finding.actions}{about}; in the logs of {finding.sources}"


def _grant(grant: Grant, zone: ZoneInfo) -> str:
    start = f"from {start_text(grant.start, zone)}" if grant.start else "from always"
    end = end_text(grant.end, zone) if grant.end else "without an end"
    through = f" through {grant.through}" if grant.through else ""
    return f"{grant.grant_id}, {grant.kind}{through}, {start} {end} ({grant.authority or 'no authority given'})"


def _accesses(accesses: FindingAccesses, finding: FindingView, zone: ZoneInfo, width: int | None) -> Iterator[str]:
    yield ""
    if accesses.count != finding.events:
        of_all = counted(finding.events, "access", "accesses")
        why = accesses.removed or "Audit again."
        yield f"The imported logs have {accesses.count:,} of its {of_all} now. {why}"
    yield f"Accesses ({len(accesses.first):,} of {accesses.count:,})"
    columns = [
        TextColumn("time"),
        TextColumn("file", folds=True),
        TextColumn("record", right=True),
        TextColumn("account", folds=True),
        TextColumn("action"),
        TextColumn("resource", folds=True),
        TextColumn("subject", folds=True),
    ]
    rows = [
        [
            f"{one.time.astimezone(zone):%Y-%m-%d %H:%M:%S}",
            *(shown(text) for text in (one.file, str(one.record), one.account, one.action, one.resource, one.subject)),
        ]
        for one in accesses.first
    ]
    for heading, cells in (
        ("purpose", [shown(one.purpose_in_words) for one in accesses.first]),
        ("case", [shown(one.case_number) for one in accesses.first]),
    ):
        if any(cells):
            columns.append(TextColumn(heading, folds=True))
            rows = [[*row, cell] for row, cell in zip(rows, cells, strict=True)]
    yield from table_lines(columns, rows, width=width)


def _moves(moves: Sequence[MoveView], zone: ZoneInfo) -> Iterator[str]:
    yield ""
    yield "History" if moves else "Nobody has noted anything on it yet."
    for move in moves:
        yield f"  {local_text(move.moved_at.replace(microsecond=0), zone)}, {move.moved_by}: {_moved(move, zone)}"


def _moved(move: MoveView, zone: ZoneInfo) -> str:
    told = [] if move.from_status == move.to_status else [f"{move.from_status} to {move.to_status}"]
    return ". ".join(part for part in (", ".join([*told, *move_details(move, zone)]), move.note) if part)


def _others(heading: str, others: SomeFindings, width: int | None) -> Iterator[str]:
    if not others.total:
        return
    yield ""
    more = f", the newest {_MOST_OTHERS} here" if others.total > _MOST_OTHERS else ""
    yield f"{heading}: {others.total:,}{more}"
    columns = [TextColumn(name) for name in ("month", "who", "what", "reason", "key")]
    columns[1:3] = [TextColumn(name, folds=True) for name in ("who", "what")]
    rows = [[one.month, shown(one.who), shown(one.what), one.reason, one.key] for one in others.shown]
    yield from table_lines(columns, rows, width=width)
