"""The page docs/files.md: every column of every kind of file. It is made from what the program itself reads."""

from collections.abc import Iterator

from access.column_meanings import DescribedColumn, described_columns
from access.import_kinds import IMPORT_KINDS
from config.texts import listed

_MOST_HEADINGS = 4
_BEGINNING = """\
# The files that Thirteen reads

Each kind of table is a CSV file (UTF-8) or the sheet of a workbook (XLSX): one row of headings, in any order and any
case, and a row for each fact. `thirteen import KIND FILE` reads it, `--dry-run` first shows what would change, and
`thirteen template KIND --out FILE.xlsx` writes an empty workbook with these columns.

* **Needed** columns must be there, and every row must fill them. The others may be left empty, or left out.
* A heading that is spelt otherwise is named with `--columns "their heading=our column"`; it is remembered.
* A date counts as a whole day in the entity's time zone, and a last day counts too. An instant is written with its
  offset, as in `2025-03-03T17:41:00-06:00`; a period that ends at an instant does not hold at that instant.
* A column that is absent leaves what is on the record as it is. An empty cell in a column that is there clears it.
* A row that cannot be read is named with file, row, column and value, and nothing of the file is imported, unless
  `--skip-bad-rows` says to import the others.

Access logs are not described here: they are read as they are, by a profile (`audit/logs/profiles/README.md`).
"""
_ABOUT = {
    "inventory": "The data inventory of section 13.025. The five headings of the State's template are read as well.",
    "positions": "The jobs there are.",
    "employees": "Everyone who works here or did. A rehire is a second row with the same id.",
    "assignments": "Who holds which position, and when.",
    "roster": "One sheet exported from a personnel system; it makes positions, employees and assignments at once.",
    "accounts": "The logins of each system, and whose they are.",
    "work-access": "What a position, a department, an employee or everyone needs for their work.",
    "temporary-duties": "What a manager assigns to one employee for a time.",
    "officers": "Who holds one of the offices that may reach all not public data for specified duties.",
    "officer-duties": "The specified duties of those officers.",
    "resources": "Which data series a system's paths, tables and screens hold.",
    "purposes": "Which purpose is meant by what people type as their reason, in the logs of a source. The whole text "
    "goes before a pattern, and of patterns the longest decides; what no row fits stands for itself.",
    "cases": "The cases there are: a reason that names none of them is counted in the report on reasons.",
    "trainings": "Which trainings employees completed, and until when each counts: shown where access is granted.",
}


def files_page() -> str:
    """Write the page."""
    return "\n".join([_BEGINNING, *(line for kind in IMPORT_KINDS for line in _section(kind))])


def _section(kind: str) -> Iterator[str]:
    yield f"## {kind}\n\n{_ABOUT[kind]}\n"
    yield "| column | needed? | what it holds | example |\n| --- | --- | --- | --- |"
    yield from map(_row, described_columns(kind))
    yield ""


def _row(described: DescribedColumn) -> str:
    meaning = described.meaning
    also = f" Also read as: {listed(described.column.also, _MOST_HEADINGS)}." if described.column.also else ""
    text = f"{meaning.text}.{meaning.words}{also}"
    cells = (f"`{described.column.name}`", described.needed, text, f"`{meaning.example}`" if meaning.example else "")
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
