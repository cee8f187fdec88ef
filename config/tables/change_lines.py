"""All that an import would change, as lines that programs and spreadsheets read."""

from collections.abc import Iterator

from config.row_layouts import Layout, row_lines
from config.tables.receipt import Receipt

_HEADINGS = ("change", "row", "subject", "column", "was", "now")


def change_lines(receipt: Receipt, layout: Layout) -> Iterator[str]:
    """Give a line or an object for each change; first what to stop at, last what is refused."""
    return row_lines(layout, _HEADINGS, list(_rows(receipt)), None)


def _rows(receipt: Receipt) -> Iterator[tuple[str, ...]]:
    for stop in receipt.stops:
        yield "stop", "", "", "", "", stop.sentence
    for listing in (*receipt.listings, *receipt.changes):
        for entry in listing.entries:
            number = "" if entry.number is None else str(entry.number)
            yield listing.name, number, entry.subject, entry.column, entry.was, entry.now
    for refused in receipt.refused:
        column = refused.heading or refused.column
        yield "refused", str(refused.number), "", column, refused.value, refused.reason
