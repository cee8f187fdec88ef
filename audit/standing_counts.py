"""How many findings stand, by what lists are narrowed by: counted once, and kept up by what is made of them since."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any, NamedTuple

from sqlmodel import Session, col, func, select

from audit.findings_about import count_by_grants
from audit.models import Finding, FindingFigures, FindingMove
from audit.publish import newest_run
from config.work import Work


class Kind(NamedTuple):
    """What the findings that are counted together have in common; `sources` are joined as in their figures."""

    month: str
    verdict: str
    reason: str
    sources: str
    status: str


class Counted(NamedTuple):
    """How many findings there are of a kind, and how many accesses they have."""

    findings: int
    accesses: int


@dataclass(frozen=True)
class StandingCounts:
    """The findings that stand in one state of the record, counted by their kinds."""

    by_kind: Mapping[Kind, Counted]

    def findings(self, are_meant: Callable[[Kind], bool] = lambda _: True) -> int:
        """Say how many findings there are of the kinds that are meant."""
        return sum(counted.findings for kind, counted in self.by_kind.items() if are_meant(kind))


class _Kept(NamedTuple):
    """The counts as of an audit and of a move."""

    run: int
    move: int
    counts: StandingCounts


class KeptCounts:
    """Gives the counts of the record as it is: they are counted anew after an audit alone, which alone adds findings.

    What people make of a finding, or the end of an exception, is recorded as a move, which takes it from one status to
    another.
    """

    def __init__(self) -> None:
        self._one_counts = Lock()
        self._kept: _Kept | None = None
        self._by_grants: tuple[int, Mapping[str, int]] | None = None

    def of(self, work: Work) -> StandingCounts:
        """Give the counts of the state of the record that is being read."""
        run, move = newest_run(work.session), _newest_move(work.session)
        with self._one_counts:  # the others wait for what they want as well
            kept = self._kept
            if kept is None or (kept.run, kept.move) != (run, move):
                goes_on = kept is not None and kept.run == run and kept.move < move
                counts = _moved(work.session, kept, move) if kept and goes_on else _count(work.session)
                self._kept = kept = _Kept(run, move, counts)
        return kept.counts

    def by_grants(self, work: Work) -> Mapping[str, int]:
        """Count as `count_by_grants` does: no move changes that."""
        run = newest_run(work.session)
        with self._one_counts:
            kept = self._by_grants
            if kept is None or kept[0] != run:
                self._by_grants = kept = (run, count_by_grants(work.session))
        return kept[1]


def _newest_move(session: Session) -> int:
    return session.exec(select(func.max(FindingMove.id))).one() or 0


def _count(session: Session) -> StandingCounts:
    kind = (*_COMMON, col(Finding.status))
    rows = session.execute(_standing(*kind, *_NUMBERS).group_by(*kind))
    return StandingCounts({Kind._make(row[:-2]): Counted(row[-2], int(row[-1])) for row in rows})


def _moved(session: Session, kept: _Kept, move: int) -> StandingCounts:
    """Go on from the counts that are kept, up to a later move."""
    by_kind = dict(kept.counts.by_kind)
    ends = (col(FindingMove.from_status), col(FindingMove.to_status))
    moved = (
        _standing(*_COMMON, *ends, *_NUMBERS)
        .join(FindingMove, col(FindingMove.finding_id) == col(Finding.id))
        .where(col(FindingMove.id) > kept.move, col(FindingMove.id) <= move, ends[0] != ends[1])
        .group_by(*_COMMON, *ends)
    )
    for *common, before, after, findings, accesses in session.execute(moved):
        for status, sign in ((before, -1), (after, 1)):
            kind = Kind._make((*common, status))
            had = by_kind.get(kind, Counted(0, 0))
            by_kind[kind] = Counted(had.findings + sign * findings, had.accesses + sign * int(accesses))
    return StandingCounts({kind: counted for kind, counted in by_kind.items() if counted.findings})


def _standing(*columns: Any) -> Any:  # noqa: ANN401 - columns, and a query
    figures = col(Finding.figures_id) == col(FindingFigures.id)
    return select(*columns).select_from(Finding).join(FindingFigures, figures)


_COMMON = (col(Finding.month), col(Finding.verdict), col(Finding.reason), col(FindingFigures.sources))
_NUMBERS = (func.count(), func.sum(col(Finding.accesses)))
