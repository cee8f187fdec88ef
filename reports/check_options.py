"""The options of reports in words, and what is said of one that would change nothing."""

from collections.abc import Collection, Mapping

from config.errors import Invalid
from config.remedies import Advice, Remedy

OPTIONS = {
    "as_of": "instant that it is about",
    "start": "first day",
    "end": "last day",
    "known_at": "instant of what was known",
    "unused_days": "number of days",
    "run": "number of a run",
    "finding": "key of a finding",
    "review": "number of an access review",
}


def check_options(report: str, given: Mapping[str, object], takes: Collection[str]) -> None:
    """Refuse an option that would change nothing, as who gives it expects that it does.

    Args:
        given: By option what was said; None = nothing.
        takes: The options of the report.

    Raises:
        Invalid: There is one.
    """
    if given["finding"] is not None and "finding" in takes:
        for name in ("start", "end", "run"):
            if given[name] is not None:
                raise Invalid(
                    f"The report of one finding takes no {OPTIONS[name]}.", remedy=Remedy(Advice.LEAVE_OUT, about=name)
                )
    for name, in_words in OPTIONS.items():
        if given[name] is not None and name not in takes:
            known = ", ".join(OPTIONS[one] for one in takes)
            raise Invalid(
                f"The report {report} takes no {in_words}; it takes: {known}.",
                remedy=Remedy(Advice.LEAVE_OUT, about=name),
            )
