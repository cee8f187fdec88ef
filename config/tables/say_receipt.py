"""An import's receipt in lines on the terminal: first what to stop at, then what changes, last the receipt itself."""

from collections.abc import Iterator
from pathlib import Path

from config.tables.listings import Entry, Listing
from config.tables.receipt import Receipt
from config.terminal import notice, say
from config.terminal_remedies import say_remedy

_MOST_REFUSED = 50
_MOST_ENTRIES = 20


def say_receipt(receipt: Receipt, rejects: Path | None, *, dry_run: bool) -> None:
    """Say what an import did, or would do.

    Args:
        rejects: Where the refused rows were written, if they were.
    """
    for stop in receipt.stops:
        unless = " Without --yes it is refused." if dry_run and stop.needs_yes else ""
        notice(f"STOP: {stop.sentence}{unless}")
    for text in receipt.notices:
        notice(text)
    for listing in (*receipt.listings, *receipt.changes):
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
    remedy = "" if listing.remedy is None else say_remedy(listing.remedy)
    said = " ".join(filter(None, (listing.advice, remedy)))
    yield f"{listing.name.capitalize()} ({len(listing.entries):,}): {said}".rstrip()
    for entry in listing.entries[:_MOST_ENTRIES]:
        yield f"  {_line(entry)}"
    if len(listing.entries) > _MOST_ENTRIES:
        yield f"  … and {len(listing.entries) - _MOST_ENTRIES:,} more."


def _line(entry: Entry) -> str:
    place = "" if entry.number is None else f"row {entry.number}, "
    column = f" {entry.column}" if entry.column else ""
    if entry.column or (entry.was and entry.now):
        return f"{place}{entry.subject}{column}: {entry.was or 'empty'} -> {entry.now or 'empty'}"
    said = entry.was or entry.now
    return f"{place}{entry.subject}{f': {said}' if said else ''}"
