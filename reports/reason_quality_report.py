"""What the reasons in the logs are worth: by source, by person and month, and the texts that say too little."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from access.facts import Facts
from audit.reason_quality import (
    CONSTANT_FROM,
    TOOL_ACCESSES,
    TOOL_PEOPLE,
    TOOL_SHARE,
    YEARS_OLD,
    ReasonQuality,
)
from reports.about import About
from reports.people import People
from reports.reason_counts import PoorReason, ReasonCounts
from reports.sheets import CellValue, Column, ColumnKind, Cover, Section, Sheet

_UNKNOWN = "Case unknown"
_IN_WORDS = {
    ReasonQuality.MISSING: "Missing",
    ReasonQuality.PLACEHOLDER: "Place- holder",
    ReasonQuality.MASKED: "Masked",
    ReasonQuality.PERSONAL: "Plate or birth date",
    ReasonQuality.BY_TOOL: "Filled in by a program",
    ReasonQuality.CASE_UNKNOWN: _UNKNOWN,
    ReasonQuality.CONSTANT: "Always the same",
    ReasonQuality.FINE: "Tells something",
}
_PERSONAL = (
    "The text looks as if it held a licence plate (three letters and three digits, or what follows “plate”, “tag” or "
    f"“LP”) or a date of birth (what follows “DOB” or “born”, or a date {YEARS_OLD} or more years before the access). "
    "The log itself then holds data that may not be public. Such texts are not repeated here."
)
_BY_TOOL = (
    f"The same text stands in {TOOL_SHARE:.0%} or more of a source's accesses that have a reason ({TOOL_ACCESSES} of "
    f"them at least, with {TOOL_PEOPLE} accounts or more), as where a form fills it in."
)
_CONSTANT = (
    f"All accesses of one person to one source in a month have one reason, {CONSTANT_FROM} or more of them. Where "
    "a list offers few reasons, or somebody does one kind of work, that is to be expected."
)
_MEANINGS = (
    ("Missing", "The log has no text where the reason belongs."),
    ("Placeholder", "A text that says nothing, such as n/a, none, test, x or 0."),
    ("Masked", "What was typed is masked or withheld in the log that was imported, so nobody can tell."),
    ("Plate or birth date", _PERSONAL),
    ("Filled in by a program", _BY_TOOL),
    (_UNKNOWN, "It names a case number that the list of cases does not have, where such a list was imported."),
    ("Always the same", _CONSTANT),
    ("Tells something", "None of these. Whether it is a good reason, this report cannot tell."),
)
_ORDER = (
    "The newest month first, and in it those with most accesses whose reason says too little. An account that belongs "
    "to nobody is named as the log has it."
)
_LEFT_OUT = (
    "Placeholders, what programs filled in, unknown cases and what was always the same. Of a case that is unknown, its "
    "number alone stands here; texts that may hold plates or dates of birth are left out."
)
_WHAT_IT_IS = (
    "Not public data may be reached only for purposes that are described (Minn. Stat. 13.05 subd. 5), and a reason in "
    "the log is what tells later why an access was made. Each access is counted once, in the first column that fits, "
    "from left to right; so the columns add up."
)
_NO_FINDING = (
    "A reason of poor quality is no finding: it does not say that an access was without a work assignment, nor that "
    "anyone did wrong. It shows where forms, training or habits let logs say too little."
)


@dataclass(frozen=True)
class ReasonRecords:
    """What the report is made of.

    Args:
        by_person: By month and source, for each person or account.
        by_source: By month and source.
        poor: Texts that say too little, the most used first.
        has_cases: The sources whose case numbers were looked up in a list of cases.
        with_pattern: The sources whose profile says how a case number is found.
    """

    by_person: Iterable[ReasonCounts]
    by_source: Sequence[ReasonCounts]
    poor: Sequence[PoorReason]
    facts: Facts
    has_cases: frozenset[str]
    with_pattern: frozenset[str]


def reason_quality_report(records: ReasonRecords, about: About) -> Iterator[Cover | Sheet]:
    """Lay out what reasons are worth."""
    yield _cover(records, about)
    yield _by_source(records)
    yield _by_person(records)
    yield _poor(records)


def _cover(records: ReasonRecords, about: About) -> Cover:
    totals = {quality: sum(one.of(quality) for one in records.by_source) for quality in ReasonQuality}
    facts: list[tuple[str, CellValue]] = [(_label(quality), count) for quality, count in totals.items()]
    if not any(one.source in records.has_cases for one in records.by_source):
        facts = [(label, "not looked up" if label == _UNKNOWN else count) for label, count in facts]
    return Cover(
        heading="Quality of the reasons in access logs",
        sections=[
            about.section(about.of_events(), paragraphs=[_WHAT_IT_IS, _NO_FINDING, *_of_cases(records)]),
            Section(heading="In numbers", facts=[("Accesses", sum(totals.values())), *facts]),
            Section(heading="What is counted how", facts=list(_MEANINGS)),
        ],
    )


def _label(quality: ReasonQuality) -> str:
    return _IN_WORDS[quality].replace("- ", "")


def _of_cases(records: ReasonRecords) -> Iterator[str]:
    sources = {one.source for one in records.by_source}
    looked_up, named = sources & records.has_cases, sources & records.with_pattern - records.has_cases
    if looked_up:
        yield f"Case numbers in the logs of {', '.join(sorted(looked_up))} were looked up in the list of cases."
    if named:
        yield (
            f"Case numbers in the logs of {', '.join(sorted(named))} were not looked up, as no list of their cases was "
            "imported."
        )
    if rest := sources - looked_up - named:
        yield (
            f"The profiles of {', '.join(sorted(rest))} do not say how a case number is found in a reason, so there "
            "none was."
        )


def _by_source(records: ReasonRecords) -> Sheet:
    return Sheet(
        title="By source and month",
        heading="Reasons by source and month",
        notes=[_NO_FINDING],
        columns=[Column("Source", 16, ColumnKind.WRAPPED), Column("Month", 9), *_counted()],
        rows=[(one.source, one.month, *_counts(one, records)) for one in records.by_source],
        empty="No access of this time is in the imported logs.",
        frozen_columns=2,
    )


def _by_person(records: ReasonRecords) -> Sheet:
    people = People(records.facts)
    return Sheet(
        title="By person and month",
        heading="Reasons by person and month",
        notes=[
            _NO_FINDING,
            _ORDER,
        ],
        columns=[
            Column("Month", 9),
            Column("Person or account", 22, ColumnKind.WRAPPED),
            Column("Source", 12, ColumnKind.WRAPPED),
            *_counted(),
        ],
        rows=(
            (
                one.month,
                people.named(one.who) if one.is_employee else f"account {one.who or '(none given)'}",
                *(one.source, *_counts(one, records)),
            )
            for one in records.by_person
        ),
        empty="No access of this time is in the imported logs.",
        frozen_columns=2,
    )


def _counted() -> list[Column]:
    return [
        Column("Accesses", 10, ColumnKind.INTEGER),
        *(Column(heading, 11, ColumnKind.INTEGER) for heading in _IN_WORDS.values()),
        Column("With a case number", 9, ColumnKind.INTEGER),
    ]


def _counts(counts: ReasonCounts, records: ReasonRecords) -> Iterator[CellValue]:
    yield counts.accesses
    for quality in ReasonQuality:
        is_asked = quality is not ReasonQuality.CASE_UNKNOWN or counts.source in records.has_cases
        yield counts.of(quality) if is_asked else None
    yield counts.with_case if counts.source in records.with_pattern else None


def _poor(records: ReasonRecords) -> Sheet:
    return Sheet(
        title="Commonest reasons",
        heading="The commonest reasons that were counted so",
        notes=[_LEFT_OUT],
        columns=[
            Column("Source", 14, ColumnKind.WRAPPED),
            Column("Counted as", 18, ColumnKind.WRAPPED),
            Column("Reason", 50, ColumnKind.WRAPPED),
            Column("Accesses", 11, ColumnKind.INTEGER),
            Column("Share of the source's reasons in %", 14, ColumnKind.DECIMAL),
        ],
        rows=[
            (
                *(one.source, _label(one.quality), one.reason, one.accesses),
                None if one.share is None else 100 * one.share,
            )
            for one in records.poor
        ],
        empty="No such reason is in the logs of this time.",
    )
