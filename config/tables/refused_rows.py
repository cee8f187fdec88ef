"""Rows that an import does not take, as data that a door, a page or a file can show; their sentence is made here."""

from dataclasses import dataclass

from config.texts import shortened


@dataclass(frozen=True)
class RefusedRow:
    """A row that was not taken, and why.

    Args:
        file: Its name, with the sheet where a workbook has several.
        number: The row's, as the person sees it.
        column: The column at fault, by our name; empty where the row as a whole is.
        heading: The file's heading of that column; empty where it has none.
        value: The cell's text.
        reason: Completes the sentence, without a full stop.
        cells: The row's cells by the file's headings; none where they cannot be told apart.
        source: The row as it stands in the file, where it has no cells.
        may_correct: It could be taken if the file replaced what stands of its subject.
    """

    file: str
    number: int
    column: str
    heading: str
    value: str
    reason: str
    cells: tuple[str, ...] = ()
    source: str = ""
    may_correct: bool = False

    @property
    def sentence(self) -> str:
        """Say why the row was not taken: file, row, column, value and what is wrong."""
        place = f"{self.file}, row {self.number}"
        if not self.heading:
            return f"{place}: {f'{self.column} ' if self.column else ''}{self.reason}."
        shown = f'"{shortened(self.value)}" ' if self.value else ""
        return f"{place}, column {shortened(self.heading)}: {shown}{self.reason}."
