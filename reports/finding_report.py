"""One finding on one sheet: why, the drawing that shows it, the same as tables, its accesses, what was made of it."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from audit.draw_lanes import Drawing
from audit.finding_drawing import draw_finding
from audit.read_finding import FindingDetails
from audit.statuses import move_details
from audit.views import MoveView
from config.clock import local_text
from reports.about import MASKED, About
from reports.dossier import Dossier, SmallTable, SpanningColumn
from reports.lanes_picture import draw_picture
from reports.legal_basis import LEGAL_BASIS, OTHER_GROUNDS, POSSIBLE, VERDICTS_IN_WORDS
from reports.sheets import CellValue, ColumnKind

MOST_ACCESSES = 1_000
_MOST_LANES = 60  # more than can be told apart in one picture
_WIDTHS = (20, 12, 30, 18, 16, 22, 8)


def finding_report(details: FindingDetails, about: About) -> Iterator[Dossier]:
    """Lay out one finding; its picture and its table of grants are made of one drawing."""
    drawing = draw_finding(details, about.zone)
    is_drawn = len(drawing.lanes) <= _MOST_LANES
    yield Dossier(
        title="Finding",
        heading=f"Finding {details.finding.key}: {VERDICTS_IN_WORDS[details.finding.verdict]}",
        widths=_WIDTHS,
        paragraphs=list(_paragraphs(details, about, is_drawn=is_drawn)),
        picture=draw_picture(drawing) if is_drawn else None,
        tables=[_grants(drawing), _accesses(details, about), _history(details.moves, about.zone)],
        closing=[POSSIBLE, OTHER_GROUNDS],
    )


def _paragraphs(details: FindingDetails, about: About, *, is_drawn: bool) -> Iterator[str]:
    finding, zone = details.finding, about.zone
    grown = f"; it grew by {finding.grown:,} since it was closed" if finding.grown else ""
    yield finding.explanation
    yield f"Who: {details.who}. What: {details.what}. Month: {finding.month}. Status: {_status(finding.status)}{grown}."
    yield (
        f"Reason: {LEGAL_BASIS[finding.reason].in_words}. {finding.events:,} "
        f"{'access' if finding.events == 1 else 'accesses'}, from {local_text(finding.first, zone)} to "
        f"{local_text(finding.last, zone)} ({zone.key}), in the logs of {finding.sources}."
    )
    yield (
        f"{about.entity}. Produced {local_text(about.produced_at.replace(microsecond=0), zone)}; "
        f"as audited in run {details.run.id}."
    )
    if about.not_seen:
        yield about.not_seen
    if not is_drawn:
        yield "There are too many grants for a drawing; the table names them all."


def _status(status: str) -> str:
    return status.replace("_", " ")


def _grants(drawing: Drawing) -> SmallTable:
    """Tell in words what the picture shows of grants."""
    return SmallTable(
        heading="Grants of this employee and this data",
        notes=[
            f"The drawing shows {drawing.title}. A bar is hatched where accesses came before the grant was recorded."
        ],
        columns=[
            SpanningColumn("Grant", 32, ColumnKind.WRAPPED, span=2),
            SpanningColumn("What it covers, and from whom", 48, ColumnKind.WRAPPED, span=2),
            SpanningColumn("In force", 46, ColumnKind.WRAPPED, span=3),
        ],
        rows=[(lane.name, lane.detail, lane.period) for lane in drawing.lanes],
        empty="There is no grant of this data to this employee, in force or not.",
    )


def _accesses(details: FindingDetails, about: About) -> SmallTable:
    accesses = details.accesses
    notes = [MASKED] if about.masks_subjects else []
    if accesses.count != details.finding.events:
        notes.append(
            f"The imported logs have {accesses.count:,} of its {details.finding.events:,} accesses now. "
            f"{accesses.removed or 'Audit again.'}"
        )
    if len(accesses.first) < accesses.count:
        notes.append(f"The first {len(accesses.first):,} of {accesses.count:,}; the report decisions holds them all.")
    return SmallTable(
        heading="Accesses",
        notes=notes,
        columns=[
            SpanningColumn("Time", 20, ColumnKind.INSTANT),
            SpanningColumn("Action", 12, ColumnKind.WRAPPED),
            SpanningColumn("Resource", 30, ColumnKind.WRAPPED),
            SpanningColumn("Subject", 18, ColumnKind.WRAPPED),
            SpanningColumn("Account, purpose, case", 16, ColumnKind.WRAPPED),
            SpanningColumn("File", 22, ColumnKind.WRAPPED),
            SpanningColumn("Record", 8, ColumnKind.INTEGER),
        ],
        rows=[
            (
                *(one.time, one.action, one.resource, one.subject),
                ", ".join(part for part in (one.account, one.purpose_in_words, one.case_number) if part),
                *(f"{one.source}: {one.file}", one.record),
            )
            for one in accesses.first
        ],
        empty="No access of it is in the imported logs any more; audit again.",
    )


def _history(moves: Sequence[MoveView], zone: ZoneInfo) -> SmallTable:
    return SmallTable(
        heading="History",
        columns=[
            SpanningColumn("When", 20, ColumnKind.INSTANT),
            SpanningColumn("By", 12, ColumnKind.WRAPPED),
            SpanningColumn("Moved", 30, ColumnKind.WRAPPED),
            SpanningColumn("Note", 64, ColumnKind.WRAPPED, span=4),
        ],
        rows=[_moved(move, zone) for move in moves],
        empty="Nobody has noted anything on it yet.",
    )


def _moved(move: MoveView, zone: ZoneInfo) -> tuple[CellValue, ...]:
    is_moved = move.from_status != move.to_status
    moved = f"{_status(move.from_status)} to {_status(move.to_status)}" if is_moved else ""
    said = ", ".join(part for part in (moved, *move_details(move, zone)) if part)
    return move.moved_at, move.moved_by, said, move.note
