"""Write a source's unreadable records to files that can be repaired and imported again, and remember what went out."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from audit.logs.check_store import check_store
from audit.logs.listed_rejects import ListedReject, RejectList, listed_rejects
from audit.logs.models import RejectExport
from audit.logs.sources import find_source
from config.bulk import open_bulk, plain_faults
from config.output_file import folder_beside, put_new_in_place
from config.work import Work


@dataclass(frozen=True)
class ExportedRejects:
    """The files that were written, none where no record of the source waits for repair; and how many records."""

    files: tuple[Path, ...]
    records: int


@dataclass
class _Part:
    """The records below one header, as they are written."""

    file: TextIO
    records: int = 0


def export_rejects(work: Work, source_name: str, out: Path) -> ExportedRejects:
    """Write each unreadable record of a source as its log had it, below the line that names its log's columns.

    Logs that name their columns otherwise go to further files: `out` with `-2`, `-3` … behind its name. Records that
    were repaired since they went out are left out.

    Raises:
        NotFound: There is no such source.
        Conflict: A file of that name exists, a file of the store is not as its receipt says, or the disk is full.
        Invalid: The folder of `out` is missing, or cannot be written to.
    """
    find_source(work.session, source_name)
    check_store(work.session, work.settings.data_dir)
    listed = listed_rejects(work.session, source_name, work.settings.data_dir)
    if not listed.files:
        return ExportedRejects((), 0)
    with closing(open_bulk(work.settings)) as connection, plain_faults():
        written = _write(listed.read(connection), out)
    for path, (header, count) in written.items():
        work.session.add(_as_remembered(work, source_name, path.name, header, count, listed))
    work.session.flush()
    return ExportedRejects(tuple(written), sum(count for _, count in written.values()))


def _as_remembered(work: Work, source: str, name: str, header: str, count: int, listed: RejectList) -> RejectExport:
    return RejectExport(
        source=source,
        file_name=name,
        header=header,
        records=count,
        import_ids=";".join(map(str, listed.files)),
        repaired_by=";".join(map(str, listed.repaired_by)),
        exported_at=work.now,
        exported_by=work.by,
    )


def _write(rejects: Iterator[ListedReject], out: Path) -> dict[Path, tuple[str, int]]:
    """Write the records beside, and once they are whole give them their names; where that fails, none of them stays.

    Returns:
        Of each file the line above its records, and their number.
    """
    parts: dict[str, _Part] = {}
    with folder_beside(out) as unfinished:
        with ExitStack() as opened:
            for one in rejects:
                if one.header not in parts:
                    path = unfinished / str(len(parts))
                    parts[one.header] = _Part(opened.enter_context(path.open("x", encoding="utf-8", newline="")))
                    parts[one.header].file.write(f"{one.header}\n" if one.header else "")
                parts[one.header].file.write(f"{one.raw}\n")
                parts[one.header].records += 1
        named = [_numbered(out, number) for number in range(1, len(parts) + 1)]
        with ExitStack() as on_failure:
            for place, path in enumerate(named):
                put_new_in_place(path, unfinished / str(place))
                on_failure.callback(path.unlink)
            on_failure.pop_all()
    of_parts = ((header, part.records) for header, part in parts.items())
    return dict(zip(named, of_parts, strict=True))


def _numbered(out: Path, number: int) -> Path:
    return out if number == 1 else out.with_name(f"{out.stem}-{number}{out.suffix}")
