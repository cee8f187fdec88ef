"""Receipts of imports, and the files that they list, for tests that look at neither's content."""

from datetime import UTC, datetime

from audit.logs.file_kinds import FileKind
from audit.logs.models import LogImport, StoredFile
from config.settings import Settings


def a_receipt(number: int, *, events: str = "", rejects: str = "") -> list[LogImport | StoredFile]:
    """Give the receipt of an import of one record, and the files that it lists."""
    receipt = LogImport(
        id=number,
        source="permits",
        system="permits",
        file_name="log.csv",
        file_sha256="",
        read=1,
        added=1,
        already_known=0,
        unreadable=0,
        passed_over=0,
        imported_at=datetime(2025, 7, 1, tzinfo=UTC),
        imported_by="clerk",
    )
    files = [(FileKind.EVENTS, events), (FileKind.REJECTS, rejects)]
    return [
        receipt,
        *(
            StoredFile(import_id=number, kind=kind, name=name, rows=1, bytes=4, sha256="")
            for kind, name in files
            if name
        ),
    ]


def put(settings: Settings, *names: str) -> None:
    """Make files in the data folder."""
    for name in names:
        path = settings.data_dir / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"kept")
