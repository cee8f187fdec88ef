"""Reads the parts of a workbook that its sheets refer to: the list of sheets, the shared texts, the formats."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from config.tables.grid import refuse_too_many_cells
from config.tables.xlsx.numbers import NumberFormat, read_number_format
from config.tables.xlsx.packages import Package, resolve

_TRUE = {"1", "true"}
_FORMAT_LISTS = {"numFmts", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"}
_Element = tuple[str, Mapping[str, str]]


@dataclass(frozen=True)
class SheetEntry:
    """A worksheet as the workbook lists it, and the part that holds its cells."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True)
class Workbook:
    """What all sheets of a workbook share.

    Args:
        sheets: Its worksheets, in order; charts are left out.
        texts: The texts that cells name by number.
        formats: The number formats that cells name by number.
        epoch: Day 0 of its dates.
        results_doubtful: Whether it asks for its formulas to be calculated afresh when opened.
    """

    sheets: Sequence[SheetEntry]
    texts: Sequence[str]
    formats: Sequence[NumberFormat]
    epoch: datetime
    results_doubtful: bool


def read_workbook(package: Package) -> Workbook:
    """Read what the sheets of a workbook share.

    Raises:
        Invalid: A part is missing or damaged.
    """
    start = _related(package, "_rels/.rels", "", "officeDocument")
    main = next(iter(start.values()), "xl/workbook.xml")
    folder, _, file = main.rpartition("/")
    relations = f"{folder}/_rels/{file}.rels".lstrip("/")
    elements = _elements(package, main, {"sheet", "workbookPr", "calcPr"})
    sheet_parts = _related(package, relations, main, "worksheet")
    text_parts = _related(package, relations, main, "sharedStrings")
    style_parts = _related(package, relations, main, "styles")
    return Workbook(
        sheets=_sheets(elements, sheet_parts),
        texts=[text for part in text_parts.values() for text in _shared_texts(package, part)],
        formats=[fmt for part in style_parts.values() for fmt in _formats(package, part)],
        epoch=MAC_EPOCH if _says(elements, "workbookPr", "date1904") else WINDOWS_EPOCH,
        results_doubtful=_says(elements, "calcPr", "fullCalcOnLoad"),
    )


def _related(package: Package, relations: str, source: str, kind: str) -> dict[str, str]:
    """Give the parts of one kind that a part is related to, by the relation's id."""
    return {
        attributes.get("Id", ""): resolve(source, attributes.get("Target", ""))
        for _, attributes in _elements(package, relations, {"Relationship"})
        if attributes.get("Type", "").endswith(f"/{kind}")
    }


def _sheets(elements: Sequence[_Element], parts: Mapping[str, str]) -> list[SheetEntry]:
    sheets = []
    for tag, attributes in elements:
        relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        if tag == "sheet" and relation in parts:
            hidden = attributes.get("state", "visible") != "visible"
            sheets.append(SheetEntry(attributes.get("name", ""), parts[relation], hidden))
    return sheets


def _says(elements: Sequence[_Element], tag: str, attribute: str) -> bool:
    return any(found == tag and attributes.get(attribute) in _TRUE for found, attributes in elements)


def _formats(package: Package, part: str) -> list[NumberFormat]:
    codes = {str(number): code for number, code in BUILTIN_FORMATS.items()}
    formats, within = [], ""
    for tag, attributes in _elements(package, part, {*_FORMAT_LISTS, "numFmt", "xf"}):
        if tag in _FORMAT_LISTS:
            within = tag
        elif (within, tag) == ("numFmts", "numFmt"):
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif (within, tag) == ("cellXfs", "xf"):
            formats.append(read_number_format(codes.get(attributes.get("numFmtId", ""), "")))
    return formats


def _shared_texts(package: Package, part: str) -> list[str]:
    reader = _SharedTextReader(package.name)
    package.read(part, reader)
    return reader.texts


def _elements(package: Package, part: str, tags: Collection[str]) -> list[_Element]:
    reader = _ElementReader(package.name, tags)
    package.read(part, reader)
    return reader.elements


class _ElementReader:
    """Keeps the elements of certain names, with their attributes."""

    enough = False

    def __init__(self, name: str, tags: Collection[str]) -> None:
        self.elements: list[_Element] = []
        self._name, self._tags = name, tags

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in self._tags:
            self.elements.append((tag, attributes))
            refuse_too_many_cells(self._name, len(self.elements))

    def end(self, tag: str) -> None:
        """Nothing is kept of an element's end."""

    def text(self, characters: str) -> None:
        """Nothing is kept of text."""


class _SharedTextReader:
    """Keeps the shared texts, without the reading aids (phonetic runs) of East Asian ones."""

    enough = False

    def __init__(self, name: str) -> None:
        self.texts: list[str] = []
        self._name = name
        self._pieces: list[str] = []
        self._taking = False
        self._aids = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - attributes do not matter here
        if tag == "si":
            self._pieces = []
        self._aids += tag == "rPh"
        self._taking = tag == "t" and not self._aids

    def end(self, tag: str) -> None:
        self._aids -= tag == "rPh"
        self._taking = False
        if tag == "si":
            self.texts.append("".join(self._pieces))
            refuse_too_many_cells(self._name, len(self.texts))

    def text(self, characters: str) -> None:
        if self._taking:
            self._pieces.append(characters)
