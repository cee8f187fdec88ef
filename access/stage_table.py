"""Stage a table that was sent: work out what importing it would change, and import it when somebody wants just that."""

import functools
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter
from sqlmodel import Session, func, select

from access.import_kinds import importer_of
from access.record_stamp import record_stamp
from config.errors import Conflict
from config.recorded import current
from config.tables.heading_mapping import HeadingMapping
from config.tables.import_file import ImportRequest, import_table
from config.tables.options import AS_IT_IS, ImportOptions
from config.tables.receipt import Receipt
from config.uploads.models import Upload, UploadState
from config.uploads.places import make_private, preview_file, rejects_file, remove_files, upload_folder, write_made
from config.uploads.uploads import end_upload, find_upload
from config.work import Installation, Work


@dataclass(frozen=True)
class TableAsked:
    """What was asked of the import of a table that was sent.

    Args:
        mapping: Their heading -> our column.
        constants: Our column -> what each row says there.
    """

    options: ImportOptions = AS_IT_IS
    mapping: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Apply:
    """Which upload to import.

    Args:
        upload_id: Its id.
        skip_bad_rows: Import the good rows, where others cannot be taken.
        is_meant: It is meant, however much it changes.
        stamp: Of what somebody saw that it would change: it changes just that, or nothing. None = nobody wants to see
            it.
    """

    upload_id: str
    skip_bad_rows: bool = False
    is_meant: bool = False
    stamp: str | None = ""


TABLE_ASKED = TypeAdapter(TableAsked)
_RECEIPT = TypeAdapter(Receipt)


def preview_table(installation: Installation, upload_id: str) -> Receipt:
    """Work out what an uploaded table would change, and keep that beside it.

    Raises:
        NotFound: There is no such upload.
        Conflict: It is over.
        Invalid: As in an import.
    """
    with installation.read() as work:
        upload = _staged(work.session, upload_id)
        receipt = _import(installation, work, upload, Apply(upload_id), dry_run=True)
        stamp = _stamp(work)
    write_made(preview_file(installation.settings.data_dir, upload_id), _RECEIPT.dump_json(receipt))
    with installation.aside() as work:
        _staged(work.session, upload_id).stamp = stamp
    return receipt


def read_preview(installation: Installation, upload_id: str) -> Receipt | None:
    """Give what an uploaded table would change; None where that is not worked out, or not kept any more."""
    file = preview_file(installation.settings.data_dir, upload_id)
    return _RECEIPT.validate_json(file.read_bytes()) if file.is_file() else None


def try_table(installation: Installation, work: Work, upload_id: str) -> Receipt:
    """Import the rows of an uploaded table that can be taken, in work that is taken back.

    Raises: As `preview_table`.
    """
    apply = Apply(upload_id, skip_bad_rows=True, is_meant=True)
    return _import(installation, work, _staged(work.session, upload_id), apply, dry_run=False)


def apply_table(installation: Installation, apply: Apply) -> Receipt | None:
    """Import an uploaded table, and remove it; None where that was done already.

    Raises:
        NotFound: There is no such upload.
        Conflict: It was given up; or the record has changed since it was seen what it would change: that is worked out
            anew, and nothing is imported.
        Invalid: As in an import.
    """
    receipt, is_stale = None, False
    with installation.change() as work:
        upload = find_upload(work.session, apply.upload_id)
        if upload.state != UploadState.APPLIED:
            _staged(work.session, apply.upload_id)
            is_stale = apply.stamp not in {None, _stamp(work)}
            if not is_stale:
                receipt = _import(installation, work, upload, apply, dry_run=False)
                end_upload(upload, UploadState.APPLIED, now=work.clock)
    if is_stale:
        preview_table(installation, apply.upload_id)
        raise Conflict(
            "The record has changed since it was worked out what this file would change. Nothing was imported; "
            "what it would change now is worked out anew: look at that, and decide again."
        )
    remove_files(installation.settings.data_dir, apply.upload_id)
    return receipt


def _staged(session: Session, upload_id: str) -> Upload:
    upload = find_upload(session, upload_id)
    if upload.state != UploadState.STAGED:
        raise Conflict(f"This upload was {upload.state}; there is nothing to import any more.")
    return upload


def _import(installation: Installation, work: Work, upload: Upload, apply: Apply, *, dry_run: bool) -> Receipt:
    settings = installation.settings
    asked = TABLE_ASKED.validate_json(upload.asked)
    options = ImportOptions(asked.options.replace, asked.options.as_of, asked.options.partial, yes=apply.is_meant)
    request = ImportRequest(
        *(upload.kind, upload_folder(settings.data_dir, upload.id) / upload.names[0], asked.mapping, dry_run),
        *(apply.skip_bad_rows, settings.memory_limit_mb, options, asked.constants),
        rejects=_place_of_rejects(settings.data_dir, upload.id),
    )
    seen = functools.partial(installation.seen_resources, work.session, settings)
    importer = importer_of(upload.kind, work, options, seen)
    receipt, _ = import_table(work.session, importer, request, now=work.now, by=work.by)
    return receipt


def _place_of_rejects(data_dir: Path, upload_id: str) -> Path:
    rejects = rejects_file(data_dir, upload_id)
    make_private(rejects.parent)
    rejects.unlink(missing_ok=True)
    return rejects


def _stamp(work: Work) -> str:
    """Give the stamp of all that an import of a table is compared with, and read by."""
    said = select(func.count(), func.max(HeadingMapping.id)).where(current(HeadingMapping))
    headings = tuple(work.session.exec(said).one())
    record = record_stamp(work.session, work.now, work.settings.graces())
    return hashlib.sha256(f"{record} {headings}".encode()).hexdigest()
