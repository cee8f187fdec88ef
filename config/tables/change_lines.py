"""All that an import would change, as lines that programs and spreadsheets read."""

from collections.abc import Iterator

from config.plain_lines import Line, csv_lines, json_lines
from config.tables.receipt import Receipt

_HEADINGS = ("change", "row", "subject", "column", "was", "now")


def change_csv(receipt: Receipt) -> Iterator[str]:
    """Give a line for each change, as CSV; first what to stop at, last what is refused."""
    return csv_lines(_HEADINGS, list(_lines(receipt)))


def change_json(receipt: Receipt) -> Iterator[str]:
    """Give an object for each change, in the same order."""
    return json_lines(list(_lines(receipt)))


def _lines(receipt: Receipt) -> Iterator[Line]:
    for stop in receipt.stops:
        yield _line("stop", None, "", "", "", stop.sentence)
    for listing in (*receipt.listings, *receipt.changes):
        for entry in listing.entries:
            yield _line(listing.name, entry.number, entry.subject, entry.column, entry.was, entry.now)
    for refused in receipt.refused:
        yield _line("refused", refused.number, "", refused.heading or refused.column, refused.value, refused.reason)


def _line(change: str, number: int | None, subject: str, column: str, was: str, now: str) -> Line:
    return {"change": change, "row": number, "subject": subject, "column": column, "was": was, "now": now}
