"""Tells from a log's first bytes what it is, where it is no text that a reader could take."""

import codecs

# How much of the beginning of a file tells what it is.
SAMPLE = 4096
_NO_TEXT = {
    b"PK\x03\x04": "is an Excel workbook or an archive; set the source's format to xlsx, or unpack it",
    b"\xd0\xcf\x11\xe0": "is an Office file; if it is an Excel workbook, set the source's format to xlsx",
    b"%PDF": "is a PDF; export the log as CSV or JSON lines",
    b"ElfFile\x00": "is a Windows event log (EVTX); the source's format is to be evtx",
    b"LfLe": "is an event log of an old Windows (EVT); open it in Event Viewer and save it as .evtx",
    b"BZh": "is packed with bzip2; unpack it first, or pack it with gzip",
    b"\xfd7zXZ": "is packed with xz; unpack it first, or pack it with gzip",
    b"\x28\xb5\x2f\xfd": "is packed with Zstandard; unpack it first, or pack it with gzip",
    b"7z\xbc\xaf": "is a 7z archive; unpack it first",
    codecs.BOM_UTF32_LE: "is UTF-32; save it as UTF-8",
    codecs.BOM_UTF32_BE: "is UTF-32; save it as UTF-8",
    b"PAR1": "is a Parquet file; export the log as CSV or JSON lines",
    b"SQLite format 3": "is a database; export the log from it as CSV or JSON lines",
}
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def what_it_is_instead(beginning: bytes) -> str | None:
    """Say what a file is that is no text, and what to do, as the end of a sentence; None where it may be text."""
    return next((what for sign, what in _NO_TEXT.items() if beginning.startswith(sign)), None)


def wide_encoding(beginning: bytes) -> str:
    """Recognise UTF-16, by its mark, or as in English text nearly every other byte is NUL; empty where it is not."""
    sample = beginning[:SAMPLE]
    if sample.startswith(_UTF16):
        return "utf-16"
    pairs = len(sample) // 2
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    if second > pairs / 2 and first < pairs / 20:
        return "utf-16-le"
    return "utf-16-be" if first > pairs / 2 and second < pairs / 20 else ""
