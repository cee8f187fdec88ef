"""Write a source's unreadable records to files that can be repaired and imported again, and remember what went out."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from audit.logs.check_store import check_store
from audit.logs.find_source import find_source
from audit.logs.listed_rejects import ListedReject, RejectList, listed_rejects
from audit.logs.models import RejectExport
from config.bulk import open_bulk, plain_faults
from config.errors import Conflict
from config.output_file import folder_beside, put_new_in_place
from config.work import Work


@dataclass(frozen=True)
class ExportedRejects:
    """The files that were written, none where no record of the source waits for repair; and how many records."""

    files: tuple[Path, ...]
    records: int


@dataclass
class _Part:
    """The records below one header: the file in which they are written, and the path that it gets when it is whole."""

    header: str
    unfinished: Path
    path: Path
    records: int = 0


def export_rejects(change: Callable[[], AbstractContextManager[Work]], source: str, out: Path) -> ExportedRejects:
    """Write each unreadable record of a source as its log had it, below the line that names its log's columns.

    Logs that name their columns otherwise go to further files: `out` with `-2`, `-3` … behind its name. Records that
    were repaired since they went out are left out.

    What goes out is remembered before the files get their names: one that is there and that nobody remembers would come
    back as a log like any other, and leave its records listed. One that is remembered and never came to be fits no log.

    Args:
        change: Opens the change of the record in which it is remembered.

    Raises:
        NotFound: There is no such source.
        Conflict: A file of that name exists, a file of the store is not as its receipt says, or the disk is full.
        Invalid: The folder of `out` is missing, or cannot be written to.
    """
    with folder_beside(out) as unfinished:
        with change() as work:
            written = _write_and_remember(work, source, out, unfinished)
        _put_in_place(written)
    return ExportedRejects(tuple(part.path for part in written), sum(part.records for part in written))


def _write_and_remember(work: Work, source: str, out: Path, unfinished: Path) -> list[_Part]:
    find_source(work.session, source)
    check_store(work.session, work.settings.data_dir)
    listed = listed_rejects(work.session, source, work.settings.data_dir)
    if not listed.files:
        return []
    with closing(open_bulk(work.settings)) as connection, plain_faults():
        written = _write(listed.read(connection), out, unfinished)
    for part in written:
        if part.path.exists():
            raise Conflict(f"{part.path} exists already; name another file.")
        work.session.add(_as_remembered(work, source, part, listed))
    work.session.flush()
    return written


def _as_remembered(work: Work, source: str, part: _Part, listed: RejectList) -> RejectExport:
    return RejectExport(
        source=source,
        file_name=part.path.name,
        header=part.header,
        records=part.records,
        import_ids=";".join(map(str, listed.files)),
        repaired_by=";".join(map(str, listed.repaired_by)),
        exported_at=work.now,
        exported_by=work.by,
    )


def _write(rejects: Iterator[ListedReject], out: Path, unfinished: Path) -> list[_Part]:
    """Write the records into files of their own for each line above them, in a folder for what is unfinished."""
    parts: dict[str, _Part] = {}
    with ExitStack() as opened:
        files: dict[str, TextIO] = {}
        for one in rejects:
            if one.header not in parts:
                number = len(parts) + 1
                part = _Part(one.header, unfinished / str(number), _numbered(out, number))
                parts[one.header] = part
                files[one.header] = opened.enter_context(part.unfinished.open("x", encoding="utf-8", newline=""))
                files[one.header].write(f"{one.header}\n" if one.header else "")
            files[one.header].write(f"{one.raw}\n")
            parts[one.header].records += 1
    return list(parts.values())


def _put_in_place(written: Sequence[_Part]) -> None:
    """Give the whole files their names; where that fails, none of them stays."""
    with ExitStack() as on_failure:
        for part in written:
            put_new_in_place(part.path, part.unfinished)
            on_failure.callback(part.path.unlink)
        on_failure.pop_all()


def _numbered(out: Path, number: int) -> Path:
    return out if number == 1 else out.with_name(f"{out.stem}-{number}{out.suffix}")
