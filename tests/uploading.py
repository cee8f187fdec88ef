"""Files as the doors leave them when they were sent: in an upload's folder, staged, their first job asked for."""

import hashlib
from pathlib import Path

from access.stage_table import TABLE_ASKED, Apply, TableAsked
from audit.stage_logs import LOGS_ASKED, LogsAsked
from config.applied_imports import LOG
from config.jobs.enqueue import JobRequest
from config.jobs.models import JobKind
from config.uploads.places import make_private, upload_folder
from config.uploads.uploads import PreviewRequest, Staging, stage_upload
from config.work import Installation


def stage(
    installation: Installation,
    file: Path,
    *,
    kind: str = LOG,
    source: str = "",
    job: JobKind = JobKind.STAGED_IMPORT,
    upload_id: str = "upload",
) -> int:
    """Stage a copy of a file, as a log of a source or a table of a kind, and give the number of its job."""
    folder = upload_folder(installation.settings.data_dir, upload_id)
    make_private(folder)
    (folder / file.name).write_bytes(file.read_bytes())
    asked = LOGS_ASKED.dump_json(LogsAsked(source)) if kind == LOG else TABLE_ASKED.dump_json(TableAsked())
    arguments = PreviewRequest(upload_id) if job is JobKind.PREVIEW else Apply(upload_id, is_meant=True, stamp=None)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    request = JobRequest(job, arguments, "ann")
    return stage_upload(installation, Staging(upload_id, kind, asked.decode(), (file.name,), digest, request)).first_job
