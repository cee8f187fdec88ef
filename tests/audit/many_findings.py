"""Findings as they are stored, a few of each kind, for what lists and counts them."""

from collections.abc import Iterator
from itertools import product
from typing import Any

from sqlmodel import Session

from audit.models import Finding, FindingFigures
from audit.rules import VERDICT_OF
from tests.builders import APRIL_1, MARCH_1, a_run

MONTHS = ("2025-03", "2025-04", "2025-05")
_REASONS = ("no_work_assignment", "unknown_account")
_SOURCES = ("cad", "records", "cad; records")


def add_findings(session: Session) -> list[str]:
    """Add findings of some people and accounts about two series in three months; give their keys."""
    session.add(a_run(None, None, id=1))
    session.flush()
    rows = list(_rows())
    for finding, _ in rows:
        session.add(finding)
    session.flush()
    for _, figures in rows:
        session.add(figures)
    session.flush()
    return [finding.key for finding, _ in rows]


def _rows() -> Iterator[tuple[Finding, FindingFigures]]:
    kinds = product(MONTHS, _REASONS, ("S1", "S2"), ("E1", "E2", "b", "A", "c"))
    for number, (month, reason, what, who) in enumerate(kinds, 1):
        named: dict[str, Any] = {
            "who": who,
            "who_is_employee": who in {"E1", "E2"},
            "what": what,
            "what_is_series": True,
        }
        decided: dict[str, Any] = {"reason": reason, "verdict": str(VERDICT_OF[reason]), "month": month}
        accesses = number % 7 + 1
        key = f"{number * 7919 % 65_536:04x}{'0' * 12}"
        yield (
            Finding(id=number, key=key, figures_id=number, accesses=accesses, **named, **decided),
            FindingFigures(
                id=number,
                finding_id=number,
                run_id=1,
                events=accesses,
                first=MARCH_1,
                last=APRIL_1,
                subjects=0,
                actions="view",
                sources=_SOURCES[number % 3],
                explanation="",
            ),
        )
