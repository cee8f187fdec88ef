"""Opens a data folder: the folder itself, and its database at the version that this program needs."""

import errno
import os
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path

from sqlalchemy import Engine, make_url

from app.backup.finish_restore import finish_restore
from app.close_to_others import close_to_others
from app.folder_identity import check_folder, identify_folder
from app.folder_mark import read_mark
from app.migrations.version import Version, find_version
from app.remove_leftovers import remove_leftovers
from app.stored_files import files_there
from config.database import Reader, connect
from config.database_faults import say_of
from config.database_url import read_database_url
from config.errors import Conflict, Invalid, NotFound
from config.locks import writing
from config.remedies import Advice, Remedy
from config.settings import Settings
from config.terminal import notice

_REMEDIES = {
    Version.UNKNOWN: "Nothing was changed; install that version.",
    Version.FOREIGN: "Nothing was changed; choose another data folder or another database.",
}


def open_data_folder(settings: Settings, *, create: bool = False, tell: Callable[[str], None] = notice) -> Engine:
    """Connect to a data folder's database, upgraded where needed, and clear away what a killed import left.

    Args:
        settings: Name the folder and the database.
        create: Make what is missing of them.
        tell: Says what the person who opens it should know.

    Raises:
        NotFound: There is no data folder or nothing in its database, and none is to be made.
        Conflict: The folder or the database cannot be used, or they do not belong together; the sentence says why.
        Invalid: The database's URL or the folder's name is none.
    """
    _check_name(settings.data_dir)
    url = read_database_url(settings)
    with ExitStack() as undo:
        if create and _make_folder(settings.data_dir):
            undo.callback(_remove_empty, settings.data_dir)
        close_to_others(settings.data_dir, tell)
        finish_restore(settings, url)
        if not _is_there(url, settings.data_dir) and not create:
            _refuse_lost_database(settings)
            raise _no_entity()
        engine = connect(url, wait_seconds=settings.lock_wait_seconds)
        undo.callback(engine.dispose)
        _bring_to_newest(engine, settings, create=create)
        identify_folder(engine, settings, create=create)
        remove_leftovers(engine, settings, tell)
        undo.pop_all()
    return engine


def _check_name(folder: Path) -> None:
    try:
        str(folder).encode()
    except UnicodeEncodeError as error:
        shown = os.fsencode(folder).decode(errors="backslashreplace")
        raise Invalid(
            f"The name of the data folder {shown} is no UTF-8 text.", remedy=Remedy(Advice.OTHER_DATA_FOLDER)
        ) from error


def _make_folder(folder: Path) -> bool:
    """Make the folder where it is missing; say whether it was."""
    try:
        folder.mkdir(mode=0o700, parents=True)
    except FileExistsError as error:
        if folder.is_dir():
            return False
        raise _cannot_be_made(folder, "it is a file") from error
    except OSError as error:
        raise _cannot_be_made(folder, str(error.strerror)) from error
    return True


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def _cannot_be_made(folder: Path, reason: str) -> Conflict:
    return Conflict(f"The data folder {folder} cannot be made ({reason}).", remedy=Remedy(Advice.OTHER_DATA_FOLDER))


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
        denied = error.errno == errno.EACCES
        remedy = Advice.PERMIT_DATA_FOLDER if denied else Advice.OTHER_DATA_FOLDER
        raise Conflict(f"The data folder {folder} cannot be read ({error.strerror}).", remedy=Remedy(remedy)) from error


def _bring_to_newest(engine: Engine, settings: Settings, *, create: bool) -> None:
    if _needs_upgrade(engine, settings, create=create):
        with writing(engine, settings):
            # another process may have upgraded it while this one waited
            if _needs_upgrade(engine, settings, create=create):
                from app.migrations.upgrade_database import upgrade_database  # noqa: PLC0415 - loads Alembic

                upgrade_database(engine, lambda reader: _check(reader, settings))


def _check(reader: Reader, settings: Settings) -> None:
    check_folder(reader, settings)


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
    """Keep a new database away from the folder of another, as it would list none of its events."""
    entity = read_mark(settings.data_dir).entity
    if entity or any((settings.data_dir / file).is_file() for file in files_there(settings.data_dir)):
        of = f"belongs to {entity}" if entity else "holds imported logs"
        raise Conflict(
            f"The data folder {settings.data_dir} {of}, but its database is missing or empty.",
            remedy=Remedy(Advice.BRING_BACK_DATABASE),
        )
