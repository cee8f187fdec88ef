"""The file of an import's refused rows: written whole or not at all, and never over one that is being repaired."""

import csv
import errno
import filecmp
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path

from config.csv_guard import guarded
from config.errors import Conflict, Invalid
from config.output_file import check_target, folder_beside, put_new_in_place
from config.remedies import Advice, Remedy
from config.tables.grid import fold_heading
from config.tables.refused_rows import RefusedRow
from config.texts import shortened

_ADDED = ("refused row", "refused because", "refused text")


def is_rejects_file(headings: Iterable[str]) -> bool:
    """Say by its headings whether a table is such a file, whose cells are guarded (`config/csv_guard.py`)."""
    return set(_ADDED) <= set(map(fold_heading, headings))


def write_rejects_file(path: Path, named: Path | None, headings: Sequence[str], refused: Sequence[RefusedRow]) -> Path:
    """Write a file's refused rows, with their reasons, so that they can be mended and imported.

    A file that is there already is not touched: where it was named, that is refused; else the next free name is taken,
    `FILE.rejects.csv`, `FILE.rejects-2.csv` and so on. One that says the very same already counts as written.

    Args:
        path: The file that was imported.
        named: Where to write, as the user says; None = next to the file.
        headings: Those of the file; empty ones are left out, and the cells under them.
        refused: The rows, in the file's order.

    Returns:
        Where they are.

    Raises:
        Conflict: The file cannot be written, or another is there; nothing of it is left.
        Invalid: The name is none for such a file.
    """
    if named is not None:
        check_target(named, "A file of refused rows is CSV", [".csv"])
    targets = iter((named,)) if named is not None else _names_beside(path)
    first = named or path.with_name(f"{path.stem}.rejects.csv")
    try:
        with folder_beside(first) as folder:
            whole = folder / "rejects.csv"
            _write(whole, headings, refused)
            placed = next((target for target in targets if _is_placed(target, whole)), None)
    except (Invalid, OSError) as refusal:
        raise _not_written(first, refusal) from refusal
    if placed is None:
        raise Conflict(
            f"{shortened(str(first), 500)} is there already and may be under repair. Nothing was imported.",
            remedy=Remedy(Advice.NAME_REJECTS),
        )
    return placed


def _names_beside(path: Path) -> Iterator[Path]:
    for number in count(1):
        yield path.with_name(f"{path.stem}.rejects{f'-{number}' if number > 1 else ''}.csv")


def _write(whole: Path, headings: Sequence[str], refused: Sequence[RefusedRow]) -> None:
    kept = [place for place, heading in enumerate(headings) if heading and fold_heading(heading) not in _ADDED]
    with whole.open("w", newline="", encoding="utf-8-sig", errors="backslashreplace") as file:
        writer = csv.writer(file)
        writer.writerow(guarded([*(headings[place] for place in kept), *_ADDED]))
        for row in refused:
            cells = [row.cells[place] if row.cells else "" for place in kept]
            writer.writerow(guarded([*cells, row.number, row.sentence, row.source]))
        file.flush()
        os.fsync(file.fileno())


def _is_placed(target: Path, whole: Path) -> bool:
    """Put the file in place, or find that it is there already."""
    with suppress(Conflict):
        put_new_in_place(target, whole)
        return True
    return target.is_file() and filecmp.cmp(target, whole, shallow=False)


def _not_written(target: Path, refusal: Exception) -> Conflict:
    error = refusal if isinstance(refusal, OSError) else refusal.__cause__
    if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
        reason = "that name is too long"
    else:
        reason = str(error.strerror if isinstance(error, OSError) else refusal)
    return Conflict(
        f"The refused rows cannot be written to {shortened(str(target), 500)} ({reason}). Nothing was imported.",
        remedy=Remedy(Advice.NAME_REJECTS),
    )
