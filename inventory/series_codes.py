"""Which code each row of an inventory has: its own, that of the recorded series it restates, or one from its name."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from config.tables.kind import Contradiction, Row
from config.texts import compare_form
from inventory.rules import RESERVED_WORDS, series_code
from inventory.stated import StatedSeries

_CODES_NAMED = 5


@dataclass(frozen=True)
class FoundCodes:
    """Row number -> code, and the rows whose code cannot be told."""

    codes: Mapping[int, str]
    contradictions: Sequence[Contradiction]


def find_codes(rows: Sequence[Row], recorded: Sequence[StatedSeries]) -> FoundCodes:
    """Find every row's code; the order of rows that have one and rows that have none does not matter.

    Codes that differ in case only are one code, in the recorded spelling or else the first.
    """
    spellings = {compare_form(series.code): series.code for series in recorded}
    coded = [row for row in rows if row.text("code")]
    codes = {row.number: spellings.setdefault(compare_form(row.text("code")), row.text("code")) for row in coded}
    restatable = _by_name(recorded, set(codes.values()))
    first = {_key(row.text("name"), row.text("department")): row for row in reversed(coded)}
    contradictions = [fault for row in rows for fault in _reserved(row)]
    for row in rows:
        if row.text("code"):
            continue
        earlier = first.setdefault(_key(row.text("name"), row.text("department")), row)
        restated = _restated(row, restatable)
        if earlier is not row and not earlier.says_as(row):
            contradictions.append(Contradiction(row.number, "name", _stands_twice(earlier)))
        elif len(restated) > 1:
            contradictions.append(Contradiction(row.number, "name", _several_restated(restated)))
        elif earlier is not row:
            codes[row.number] = codes[earlier.number]
        else:
            code = restated[0] if restated else series_code(row.text("name"), spellings)
            codes[row.number] = spellings.setdefault(compare_form(code), code)
    return FoundCodes(codes, contradictions)


def _reserved(row: Row) -> list[Contradiction]:
    """Refuse the words that stand for something else wherever a series is named (DOMAIN section 1)."""
    return [
        Contradiction(row.number, column, "is a word of its own here, not the code or name of a series; choose another")
        for column in ("code", "name")
        if compare_form(row.text(column)) in RESERVED_WORDS
    ][:1]


def _by_name(recorded: Sequence[StatedSeries], coded: set[str]) -> dict[str, list[StatedSeries]]:
    """Group the recorded series that a row without a code may restate: those whose code no row of the file gives."""
    by_name: dict[str, list[StatedSeries]] = defaultdict(list)
    for series in recorded:
        if series.code not in coded:
            by_name[compare_form(series.name)].append(series)
    return by_name


def _key(name: str, department: str) -> tuple[str, str]:
    return compare_form(name), compare_form(department)


def _restated(row: Row, restatable: Mapping[str, Sequence[StatedSeries]]) -> list[str]:
    """Give the codes of the recorded series of this name and department; of any where the file is silent about it."""
    return [
        series.code
        for series in restatable.get(compare_form(row.text("name")), ())
        if not row.states("department") or compare_form(series.department) == compare_form(row.text("department"))
    ]


def _stands_twice(earlier: Row) -> str:
    return (
        f"stands in row {earlier.number} too, of the same department and with other text; give both a code, or keep one"
    )


def _several_restated(codes: Sequence[str]) -> str:
    return f"is the name of several series here; give the code of the one meant: {', '.join(codes[:_CODES_NAMED])}"
