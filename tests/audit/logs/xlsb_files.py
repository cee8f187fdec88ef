"""Binary workbooks of our own writing: the fewest records of [MS-XLSB] that a sheet of texts needs."""

import io
import struct
from collections.abc import Sequence
from zipfile import ZipFile

_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATED}/{{kind}}" Target="{{target}}"/></Relationships>'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
)
_HIGH = 0x80
# The records that begin or end something, and those of sheets, rows and cells, by their numbers.
_BOOK, _SHEETS, _SHEET = (0x83, 0x84), (0x8F, 0x90), (0x81, 0x82)
_BUNDLED, _SIZE, _ROWS, _ROW, _TEXT = 0x9C, 0x94, (0x91, 0x92), 0x00, 0x06


def xlsb(rows: Sequence[Sequence[str]]) -> bytes:
    """Make a workbook of one sheet that has these texts."""
    content = io.BytesIO()
    with ZipFile(content, "w") as parts:
        parts.writestr("[Content_Types].xml", _TYPES)
        parts.writestr("_rels/.rels", _RELATIONS.format(kind="officeDocument", target="xl/workbook.bin"))
        related = _RELATIONS.format(kind="worksheet", target="worksheets/sheet1.bin")
        parts.writestr("xl/_rels/workbook.bin.rels", related)
        listed = _record(_BUNDLED, struct.pack("<II", 0, 1) + _text("rId1") + _text("Log"))
        parts.writestr("xl/workbook.bin", _within(_BOOK, _within(_SHEETS, listed)))
        parts.writestr("xl/worksheets/sheet1.bin", _within(_SHEET, _sheet(rows)))
    return content.getvalue()


def _sheet(rows: Sequence[Sequence[str]]) -> bytes:
    last = max(map(len, rows)) - 1
    size = _record(_SIZE, struct.pack("<IIII", 0, len(rows) - 1, 0, last))
    return size + _within(_ROWS, b"".join(_row(number, row) for number, row in enumerate(rows)))


def _row(number: int, cells: Sequence[str]) -> bytes:
    head = struct.pack("<IIHBBBIII", number, 0, 300, 0, 0, 0, 1, 0, len(cells) - 1)
    return _record(_ROW, head) + b"".join(
        _record(_TEXT, struct.pack("<II", column, 0) + _text(cell)) for column, cell in enumerate(cells)
    )


def _within(kind: tuple[int, int], content: bytes) -> bytes:
    begin, end = kind
    return _record(begin) + content + _record(end)


def _record(kind: int, content: bytes = b"") -> bytes:
    """Write a record: its number, and how long it is, both in bytes of seven bits; the last has no high bit."""
    number = bytes([kind]) if kind < _HIGH else bytes([kind, kind >> 7])
    size = len(content)
    return number + bytes([*(size >> bits & 0x7F | _HIGH for bits in (0, 7, 14)), size >> 21]) + content


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
