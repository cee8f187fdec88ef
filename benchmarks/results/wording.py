"""How figures are worded in tables."""

from collections.abc import Sequence
from statistics import median


def number(value: float) -> str:
    """Give a figure with about three digits."""
    if value >= 100:  # noqa: PLR2004 - three figures are shown
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"  # noqa: PLR2004 - the same


def middle(values: Sequence[float], unit: str = "") -> str:
    """Give the median with its unit."""
    return f"{number(median(values))} {unit}".strip()


def spread(values: Sequence[float], unit: str) -> str:
    """Give the cells of median and extremes."""
    return f"{middle(values, unit)} | {number(min(values))} … {number(max(values))}"
