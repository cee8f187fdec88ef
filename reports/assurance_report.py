"""The answer to a list of look-ups as a workbook: every look-up in full, and a table for a letter, to be signed."""

from collections.abc import Iterator
from pathlib import Path

from access.rules import Grant
from audit.answer_lookups import Assurance, LookupAnswer
from audit.case import Verdict
from audit.find_lookups import Presence
from config.work import Work
from inventory.queries import the_entity
from reports.about import About
from reports.grants_in_words import holder_in_words
from reports.legal_basis import BREACH, OTHER_GROUNDS, POSSIBLE, PROCEDURES, VERDICTS_IN_WORDS
from reports.sheets import CellValue, Column, ColumnKind, Cover, Section, Sheet
from reports.workbook import WrittenWorkbook, write_workbook

_TITLE = "Answer about look-ups"
_DECIDED = (
    "A look-up that is in the imported logs is decided as its log has it, with the action and the purpose that stand "
    "there. Another one is decided as it was asked about, as if it had been made; where the list names no action, as "
    "viewing. Each is decided by what is known here now of people, assignments and access."
)
_IN_LOGS = (
    "“Not there” says that records of the day arrived and hold no such access of this account to the second; the list "
    "may round its times, or name its records otherwise. “Day not seen” says that no record of the day arrived: "
    "nothing can be said of it, and it is never clean."
)
_LETTER = (
    f"By {PROCEDURES}, not public data may be accessed only by persons whose work assignment reasonably requires it. "
    "The table says of each look-up asked about whose account it was and which work assignment covered it then. "
    f"“Possible unauthorized access” says that none on record did; whether it was unauthorized under {BREACH} is for "
    "people to decide."
)
_TO_SIGN = ("Name:", "Title:", "Date:", "Signature:")


def write_assurance(work: Work, answered: Assurance, out: Path) -> WrittenWorkbook:
    """Write the workbook.

    Raises:
        Invalid: It cannot be written there.
        Conflict: The file that stands there may not be replaced, or the disk is full.
    """
    entity, zone = the_entity(work.session, work.now).name, work.zone
    about = About(entity, zone, work.now, answered.known_at, work.clock)
    sheets = assurance_report(answered, about)
    return write_workbook(out, sheets, title=_TITLE, entity=entity, zone=zone, produced_at=work.now)


def assurance_report(answered: Assurance, about: About) -> Iterator[Cover | Sheet]:
    """Lay the answer out."""
    yield _cover(answered, about)
    yield _letter(answered, about)
    yield _answers(answered)
    if answered.refused:
        yield Sheet(
            title="Not answered",
            heading="Rows of the list that could not be answered",
            columns=[Column("Row", 8, ColumnKind.INTEGER), Column("Why", 110, ColumnKind.WRAPPED)],
            rows=[(row.number, row.sentence) for row in answered.refused],
            empty="",
        )


def grant_in_words(grant: Grant | None) -> str:
    """Say which grant it is, and what it is held as; empty where there is none."""
    return f"{holder_in_words(grant.kind, grant.through)} ({grant.grant_id})" if grant else ""


def _cover(answered: Assurance, about: About) -> Cover:
    answers = answered.answers
    verdicts = [one.verdict for one in answers]
    presences = [one.presence for one in answers]
    return Cover(
        heading=_TITLE,
        sections=[
            about.section(
                ("List", answered.name), ("Rows", len(answers) + len(answered.refused)), paragraphs=[_DECIDED, _IN_LOGS]
            ),
            Section(
                heading="In numbers",
                facts=[
                    ("Answered", len(answers)),
                    ("Not answered", len(answered.refused)),
                    *((VERDICTS_IN_WORDS[one].capitalize(), verdicts.count(one)) for one in Verdict),
                    *((f"In the logs: {one.in_words}", presences.count(one)) for one in Presence),
                ],
                paragraphs=answered.notices,
            ),
            Section(heading="What it means", paragraphs=[POSSIBLE, OTHER_GROUNDS]),
        ],
    )


def _letter(answered: Assurance, about: About) -> Sheet:
    """Lay out what a letter says; below it the lines on which it is signed."""
    rows: list[tuple[CellValue, ...]] = [
        (
            number,
            one.time,
            one.lookup.account,
            one.lookup.record,
            one.whose,
            VERDICTS_IN_WORDS[one.verdict],
            grant_in_words(one.grant) or "none",
            f"{one.sentence} {one.in_logs}",
        )
        for number, one in enumerate(answered.answers, start=1)
    ]
    blank: tuple[CellValue, ...] = (None,) * 8
    signed = [row for line in _TO_SIGN for row in (blank, (None, None, None, line, "_" * 24, "_" * 20, None, None))]
    left_out = len(answered.refused)
    unanswered = f" Of the list, {left_out:,} could not be answered; they are listed apart." if left_out else ""
    return Sheet(
        title="Letter",
        heading=f"{about.entity}: {_TITLE.lower()}",
        notes=[_LETTER, f"As known on {about.say(about.known_at)}.{unanswered}"],
        columns=[
            Column("No.", 6, ColumnKind.INTEGER),
            Column("Time", 19, ColumnKind.INSTANT),
            Column("Account", 14, ColumnKind.WRAPPED),
            Column("Record", 16, ColumnKind.WRAPPED),
            Column("Whose account", 22, ColumnKind.WRAPPED),
            Column("Answer", 20, ColumnKind.WRAPPED),
            Column("Work assignment then", 22, ColumnKind.WRAPPED),
            Column("In a sentence", 46, ColumnKind.WRAPPED),
        ],
        rows=[*rows, *signed] if rows else [],
        empty="No row of the list could be answered.",
    )


def _answers(answered: Assurance) -> Sheet:
    return Sheet(
        title="Look-ups",
        heading="Every look-up, with what was asked and what was decided",
        columns=[
            Column("Row", 8, ColumnKind.INTEGER),
            Column("Time asked about", 19, ColumnKind.INSTANT),
            Column("Source", 12, ColumnKind.WRAPPED),
            Column("Account", 14, ColumnKind.WRAPPED),
            Column("Record", 16, ColumnKind.WRAPPED),
            Column("Logs", 12, ColumnKind.WRAPPED),
            Column("Logs in words", 28, ColumnKind.WRAPPED),
            Column("Whose account", 20, ColumnKind.WRAPPED),
            Column("Series", 20, ColumnKind.WRAPPED),
            Column("Action", 9),
            Column("Purpose", 16, ColumnKind.WRAPPED),
            Column("Verdict", 18, ColumnKind.WRAPPED),
            Column("Reason", 20, ColumnKind.WRAPPED),
            Column("Grant", 22, ColumnKind.WRAPPED),
            Column("Nearest grant", 22, ColumnKind.WRAPPED),
            Column("Why", 44, ColumnKind.WRAPPED),
        ],
        rows=[_row(one) for one in answered.answers],
        empty="No row of the list could be answered.",
        frozen_columns=2,
    )


def _row(one: LookupAnswer) -> tuple[CellValue, ...]:
    asked = one.lookup
    return (
        asked.number,
        asked.time,
        asked.source,
        asked.account,
        asked.record,
        one.presence.in_words,
        one.in_logs,
        one.whose,
        f"{one.series_name} ({one.series})" if one.series else "",
        one.action,
        one.purpose,
        VERDICTS_IN_WORDS[one.verdict],
        one.reason.replace("_", " "),
        grant_in_words(one.grant),
        grant_in_words(one.nearest),
        one.sentence,
    )
