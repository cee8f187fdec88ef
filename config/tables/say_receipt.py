"""An import's receipt in lines on the terminal: first what to stop at, then what changes, last the receipt itself."""

from collections.abc import Iterator
from pathlib import Path

from config.tables.import_file import Receipt
from config.tables.listings import Entry, Listing
from config.terminal import notice, say

_MOST_REFUSED = 50
_MOST_ENTRIES = 20


def say_receipt(receipt: Receipt, rejects: Path | None, *, dry_run: bool) -> None:
    """Say what an import did, or would do.

    Args:
        rejects: Where the refused rows were written, if they were.
    """
    for stop in receipt.stops:
        notice(f"STOP: {stop.sentence}")
    for text in receipt.notices:
        notice(text)
    for listing in receipt.listings:
        for line in _lines(listing):
            notice(line)
    for refused in receipt.refused[:_MOST_REFUSED]:
        notice(f"  {refused.sentence}")
    say(f"{receipt}{' Dry run: nothing was recorded.' if dry_run else ''}")
    if rejects is not None:
        say(f"The refused rows are in {rejects}; correct them there and import that file.")


def _lines(listing: Listing) -> Iterator[str]:
    if not listing.entries:
        return
    yield f"{len(listing.entries):,} {listing.name}{f': {listing.advice}' if listing.advice else ''}"
    for entry in listing.entries[:_MOST_ENTRIES]:
        yield f"  {_line(entry)}"
    if len(listing.entries) > _MOST_ENTRIES:
        yield f"  … and {len(listing.entries) - _MOST_ENTRIES:,} more."


def _line(entry: Entry) -> str:
    place = "" if entry.number is None else f"row {entry.number}, "
    said = " -> ".join(filter(None, (entry.was, entry.now)))
    return f"{place}{entry.subject}{f': {said}' if said else ''}"
