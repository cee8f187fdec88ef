"""What an audit says when it has ended, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from audit.differences import Differences
from audit.models import AuditRun
from audit.publish import Moves
from audit.rules import VERDICT_OF
from config.texts import counted


@dataclass(frozen=True)
class AuditReceipt:
    """What an audit did.

    Args:
        moves: What it moved among the findings that stand.
        reopened: How many findings were opened again as their exception had ended.
        differences: Of a question about the past, how it differs from what stands; else None.
        is_new: Whether anything had to be decided.
    """

    run: AuditRun
    counts: dict[str, int]
    notices: tuple[str, ...]
    moves: Moves = field(default_factory=Moves)
    reopened: int = 0
    differences: Differences | None = None
    is_new: bool = True


def receipt_lines(receipt: AuditReceipt) -> list[str]:
    """Say what an audit did, line by line."""
    run = receipt.run
    verdicts = (
        f"{run.authorized:,} authorized, {run.unauthorized:,} possibly unauthorized, {run.unresolved:,} unresolved"
    )
    lines = [f"{counted(run.events, 'access', 'accesses')} decided: {verdicts}, {run.out_of_scope:,} out of scope."]
    lines += [f"  {receipt.counts[reason]:>12,}  {reason}" for reason in VERDICT_OF if reason in receipt.counts]
    lines.append(f"{counted(run.examined, 'decision')} put to Casbin and the decision table: {run.agreed:,} agreed.")
    lines += [run.not_seen] if run.not_seen else []
    if receipt.differences is not None:
        return [*lines, *_question_lines(run, receipt.differences)]
    return [*lines, *_finding_lines(receipt)]


def _question_lines(run: AuditRun, differences: Differences) -> Iterator[str]:
    yield (
        f"This was a question about the past: its findings ({run.findings:,}) are kept under run {run.id}, digest "
        f"{run.digest[:16]}."
    )
    yield "The findings that stand were left alone."
    if differences == Differences():
        yield "They are those that stand."
        return
    yield (
        f"Beside the findings that stand: {differences.missing:,} that stand would not be there, "
        f"{differences.more:,} more, {differences.otherwise:,} counted otherwise."
    )


def _finding_lines(receipt: AuditReceipt) -> Iterator[str]:
    run, moves = receipt.run, receipt.moves
    told = [f"{moves.new:,} new", f"{moves.changed:,} changed", f"{moves.gone:,} not found any more"]
    told += [f"{moves.returned:,} found again"] if moves.returned else []
    yield (
        f"{counted(run.findings, 'finding stands', 'findings stand')} for the audited time ({', '.join(told)}). "
        f"Run {run.id}, digest {run.digest[:16]}."
    )
    if moves.left:
        yield f"{counted(moves.left, 'finding', 'findings')} of accesses that were removed: left as before."
    if moves.grown:
        yield f"{_were(moves.grown)} closed and grew since; open again."
    if receipt.reopened:
        yield f"{_were(receipt.reopened)} accepted as an exception that has ended; open again."


def _were(count: int) -> str:
    return counted(count, "finding was", "findings were")
