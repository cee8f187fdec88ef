"""A schedule and its period in words."""

from config.texts import counted


def say_period(keeps: int, unit: str) -> str:
    """Say a period."""
    return counted(keeps, unit.removesuffix("s"))


def say_schedule(code: str, citation: str) -> str:
    """Name a schedule by its code, and what it rests on."""
    return f"{code} ({citation})"
