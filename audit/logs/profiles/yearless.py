"""Forms of times that lack a year, as syslog writes them; a reader of lines gives such times one, as ISO 8601."""

from collections.abc import Sequence

_YEARS, _MONTHS, _HOURS = ("%Y", "%y", "%c", "%x", "%G", "%s"), ("%b", "%B", "%m", "%-m"), ("%H", "%-H", "%I", "%-I")


def is_yearless(form: str) -> bool:
    """Say whether a form has a month and a time of day, but no year."""
    return (
        not any(part in form for part in _YEARS)
        and any(part in form for part in _MONTHS)
        and any(part in form for part in _HOURS)
    )


def forms_with_year(forms: Sequence[str]) -> tuple[str, ...]:
    """Give the forms in which times come once those without a year have one."""
    kept = [form for form in forms if not is_yearless(form)]
    return tuple(kept if len(kept) == len(forms) or "iso" in kept else ["iso", *kept])
