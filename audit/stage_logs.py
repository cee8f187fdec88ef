"""Stage logs that were sent: show what would be read of them, and import them when somebody wants that."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from audit.logs.find_source import find_source
from audit.logs.import_log import import_logs
from audit.logs.log_receipt import LogReceipt
from audit.logs.preview_log import Preview, PreviewRecord, preview_logs
from audit.map_preview import find_unmapped
from config.errors import Conflict
from config.texts import shortened
from config.uploads.models import Upload, UploadState
from config.uploads.places import preview_file, remove_files, upload_folder, write_made
from config.uploads.uploads import end_upload, find_upload
from config.work import Installation, Work

_RECORDS = 10
_MOST_NAMES = 200
_LONGEST = 2_000


@dataclass(frozen=True)
class LogsAsked:
    """As logs of which source they were sent."""

    source: str


@dataclass(frozen=True)
class Names:
    """Names that map to nothing: how many there are, and the first of them."""

    count: int
    first: tuple[str, ...]


@dataclass(frozen=True)
class LogPreview:
    """What would come of one log.

    Args:
        receipt: In one line.
        records: The first of those that would be added.
        empty: How many accesses would have no text of a field, by field.
        accounts: Those that no list of accounts names.
        resources: Those that no pattern maps to a series.
        machines: Those of the accounts that by their form are a machine's or the system's.
    """

    receipt: str
    notices: tuple[str, ...]
    records: tuple[PreviewRecord, ...]
    empty: Mapping[str, int]
    accounts: Names
    resources: Names
    machines: Names = Names(0, ())


LOGS_ASKED = TypeAdapter(LogsAsked)
_PREVIEWS = TypeAdapter(tuple[LogPreview, ...])


def preview_upload(installation: Installation, upload_id: str) -> tuple[LogPreview, ...]:
    """Show what would be read of uploaded logs, and keep that beside them.

    Raises:
        NotFound: There is no such upload, or no such source.
        Conflict: The upload is over, or as in an import.
        Invalid: A file as a whole cannot be read as the source's format.
    """
    with installation.read() as work:
        upload = _staged(work, upload_id)
        source, stamp = _source_of(upload), _stamp(work, upload)
    paths = _paths(installation, upload)
    previews = preview_logs(installation, paths, source, most=_RECORDS)
    with installation.read() as work:
        shown = tuple(_shown(work, preview) for preview in previews)
    write_made(preview_file(installation.settings.data_dir, upload_id), _PREVIEWS.dump_json(shown))
    with installation.aside() as work:
        _staged(work, upload_id).stamp = stamp
    return shown


def read_log_previews(installation: Installation, upload_id: str) -> tuple[LogPreview, ...] | None:
    """Give what would be read of uploaded logs; None where that is not worked out, or not kept any more."""
    file = preview_file(installation.settings.data_dir, upload_id)
    return _PREVIEWS.validate_json(file.read_bytes()) if file.is_file() else None


def apply_logs(installation: Installation, upload_id: str, *, stamp: str | None) -> list[LogReceipt]:
    """Import uploaded logs, and remove them; none where that was done already.

    Args:
        stamp: Of what somebody saw of how they would be read: they are read just so, or not at all. None = nobody wants
            to see it.

    Raises:
        NotFound: There is no such upload, or no such source.
        Conflict: The upload was given up, or its source is set up otherwise than when it was seen how they would be
            read: that is worked out anew, and nothing is imported.
        Invalid: A file as a whole cannot be read as the source's format.
    """
    with installation.read() as work:
        is_done = find_upload(work.session, upload_id).state == UploadState.APPLIED
    receipts = [] if is_done else _import(installation, upload_id, stamp)
    remove_files(installation.settings.data_dir, upload_id)
    return receipts


def _import(installation: Installation, upload_id: str, stamp: str | None) -> list[LogReceipt]:
    with installation.read() as work:
        upload = _staged(work, upload_id)
        is_stale = stamp not in {None, _stamp(work, upload)}
    if is_stale:
        preview_upload(installation, upload_id)
        raise Conflict(
            "The source was changed since it was worked out how these logs would be read. Nothing was imported; "
            "how they would be read now is worked out anew: look at that, and decide again."
        )

    def end(work: Work) -> None:
        end_upload(_staged(work, upload_id), UploadState.APPLIED, now=work.clock)

    return import_logs(installation, _paths(installation, upload), _source_of(upload), write_also=end)


def _staged(work: Work, upload_id: str) -> Upload:
    upload = find_upload(work.session, upload_id)
    if upload.state != UploadState.STAGED:
        raise Conflict(f"This upload was {upload.state}; there is nothing to import any more.")
    return upload


def _source_of(upload: Upload) -> str:
    return LOGS_ASKED.validate_json(upload.asked).source


def _stamp(work: Work, upload: Upload) -> str:
    return f"source-{find_source(work.session, _source_of(upload)).id}"


def _paths(installation: Installation, upload: Upload) -> list[Path]:
    folder = upload_folder(installation.settings.data_dir, upload.id)
    return [folder / name for name in upload.names]


def _shown(work: Work, preview: Preview) -> LogPreview:
    unmapped = find_unmapped(work.session, preview)
    return LogPreview(
        str(preview.receipt),
        preview.receipt.notices,
        tuple(_short(one) for one in preview.records),
        {name: count for name, count in preview.empty.items() if count},
        Names(len(unmapped.accounts), unmapped.accounts[:_MOST_NAMES]),
        Names(len(unmapped.resources), unmapped.resources[:_MOST_NAMES]),
        Names(len(unmapped.machines), unmapped.machines[:_MOST_NAMES]),
    )


def _short(record: PreviewRecord) -> PreviewRecord:
    fields = {name: shortened(text, _LONGEST) for name, text in record.fields.items()}
    return PreviewRecord(record.record, shortened(record.raw, _LONGEST), fields)
