"""Backups of the town, and what is to be held to them."""

from pathlib import Path

from app.backup.make_backup import make_backup
from app.backup.restore_backup import restore_backup
from app.data_folder import open_data_folder
from app.migrations.comparison import TABLES
from config.progress import Silence
from config.sessions import reading
from config.settings import Settings
from tests.installing import installed
from tests.town import Town

Content = dict[str, object]
NEW_PERSON = "employee_id,name,hire_date\nE50,New Person,2025-01-01\n"


def backed_up(town: Town, out: Path) -> Path:
    town.session.commit()
    engine = open_data_folder(town.settings)  # so that folder and database bear an id
    engine.dispose()
    make_backup(installed(town.session, town.settings), out)
    return out


def content(settings: Settings) -> Content:
    """Give all rows of all tables, and all files of the event store."""
    engine = open_data_folder(settings)
    with reading(engine) as session:
        rows: Content = {
            table.name: sorted(map(repr, session.execute(table.select()).all())) for table in TABLES.sorted_tables
        }
    engine.dispose()
    files = (path for kind in ("events", "names", "rejects") for path in (settings.data_dir / kind).glob("*"))
    return rows | {f"{path.parent.name}/{path.name}": path.read_bytes() for path in files}


def restored(settings: Settings, backup: Path, *, replace: bool = False) -> Path | None:
    return restore_backup(settings, backup, Silence(), replace=replace).kept_in


def fresh(tmp_path: Path, name: str = "fresh") -> Settings:
    return Settings(data_dir=tmp_path / name, database_url=None)
