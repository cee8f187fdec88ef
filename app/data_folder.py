"""Opens a data folder: the folder itself, and its database at the version that this program needs."""

import os
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import Engine, make_url
from sqlalchemy.exc import ArgumentError

from app.migrations.version import Version, find_version
from app.remove_leftovers import remove_leftovers
from audit.logs.models import EVENTS, REJECTS
from config.database import connect
from config.database_faults import say_of
from config.errors import Conflict, Invalid, NotFound
from config.locks import writing
from config.remedies import Advice, Remedy
from config.settings import Settings

_REMEDIES = {
    Version.UNKNOWN: "Nothing was changed; install that version.",
    Version.FOREIGN: "Nothing was changed; choose another data folder or another database.",
}


def open_data_folder(settings: Settings, *, create: bool = False) -> Engine:
    """Connect to a data folder's database, upgraded where needed, and clear away what a killed import left.

    Args:
        settings: Name the folder and the database.
        create: Make what is missing of them.

    Raises:
        NotFound: There is no data folder or nothing in its database, and none is to be made.
        Conflict: The folder or the database cannot be used; the sentence says why.
        Invalid: The database's URL is none.
    """
    url = _checked_url(settings)
    if create:
        _make_folder(settings.data_dir)
    if not _is_there(url, settings.data_dir) and not create:
        _refuse_lost_database(settings)
        raise _no_entity()
    with ExitStack() as stack:
        engine = connect(url, wait_seconds=settings.lock_wait_seconds)
        stack.callback(engine.dispose)
        _bring_to_newest(engine, settings, create=create)
        remove_leftovers(engine, settings)
        stack.pop_all()
    return engine


def _checked_url(settings: Settings) -> str:
    try:
        driver = make_url(settings.resolved_database_url()).drivername
    except (ArgumentError, ValueError):
        driver = ""
    if driver not in {"sqlite", "postgresql+psycopg"}:
        raise Invalid(
            "The database's URL is not understood; it is written as postgresql://user@host/name.",
            remedy=Remedy(Advice.CORRECT_DATABASE_URL),
        )
    return settings.resolved_database_url()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = "it is a file" if isinstance(error, FileExistsError) else error.strerror
        raise Conflict(
            f"The data folder {folder} cannot be made ({reason}).", remedy=Remedy(Advice.OTHER_DATA_FOLDER)
        ) from error


def _is_there(url: str, folder: Path) -> bool:
    database = make_url(url)
    place = Path(str(database.database)) if database.drivername == "sqlite" else folder
    try:
        os.scandir(folder).close()
        return place.exists()
    except FileNotFoundError:
        return False
    except NotADirectoryError as error:
        raise Conflict(f"The data folder {folder} is a file.", remedy=Remedy(Advice.OTHER_DATA_FOLDER)) from error
    except OSError as error:
        raise Conflict(
            f"The data folder {folder} cannot be read ({error.strerror}). Give this account permission to it."
        ) from error


def _bring_to_newest(engine: Engine, settings: Settings, *, create: bool) -> None:
    if _needs_upgrade(engine, settings, create=create):
        with writing(engine, settings):
            # another process may have upgraded it while this one waited
            if _needs_upgrade(engine, settings, create=create):
                from app.migrations.upgrade_database import upgrade_database  # noqa: PLC0415 - loads Alembic

                upgrade_database(engine)


def _no_entity() -> NotFound:
    return NotFound("There is no entity here yet.", remedy=Remedy(Advice.SET_UP_ENTITY))


def _needs_upgrade(engine: Engine, settings: Settings, *, create: bool) -> bool:
    version = find_version(engine)
    if version in {Version.UNKNOWN, Version.FOREIGN}:
        raise Conflict(say_of(engine.url, f"{{place}} {version.value}. {_REMEDIES[version]}"))
    if version is Version.EMPTY:
        _refuse_lost_database(settings)
        if not create:
            raise _no_entity()
    return version is not Version.NEWEST


def _refuse_lost_database(settings: Settings) -> None:
    """Keep a new database away from a folder of events, as it would list none of them."""
    folders = [settings.data_dir / name for name in (EVENTS, REJECTS)]
    if any(path.is_file() for folder in folders if folder.is_dir() for path in folder.iterdir()):
        raise Conflict(
            f"The data folder {settings.data_dir} holds imported logs, but its database is missing or empty.",
            remedy=Remedy(Advice.BRING_BACK_DATABASE),
        )
