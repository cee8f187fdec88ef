"""Which data folder and which database belong together: a random id stands in both, and never changes.

They get it when they are first opened, and it is looked at whenever they are. What a backup brings back stays usable:

* the database alone: it has the id; files of imports that it does not know are set aside (`set_aside.py`), and come
  back by themselves with a newer database.
* the folder alone: it has the id; the files that it lacks are asked for.
* either of them from before there were ids: it takes the other's, where the folder has the files that the database
  lists, or the database lies in the folder, or both name one entity.
* both, or a copy of both elsewhere: nothing tells a copy from its original until a log is imported to one of them; then
  the other's folder lacks a listed file.
* the folder is lost without a backup: the refusal says what to write into a new one, so that it takes its place.
"""

from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, text

from app.folder_mark import FILE, Mark, new_id, read_mark, write_mark
from app.set_aside import bring_back
from app.stored_files import files_set_aside, files_there, is_final, listed_files
from config.database import Reader, connection_of, is_writable, reading_rows
from config.database_faults import say_of
from config.errors import Conflict
from config.locks import writing
from config.settings import Settings

_MOST_NAMED = 5
# by their names, as every command asks this, and few need the tables' classes
_ENTITY = text("SELECT name FROM entities WHERE superseded_at IS NULL")
_FOLDER = text("SELECT id FROM data_folders")
_GIVEN = text("INSERT INTO data_folders (id) VALUES (:id)")


@dataclass(frozen=True)
class Pair:
    """A folder and a database that belong together.

    Args:
        set_aside: Files that the database lists and that were set aside: where they belong, and where they are.
    """

    folder: Mark
    database: Mark
    set_aside: Mapping[str, Path]


class _LacksFilesError(Conflict):
    """The folder lacks files that its database lists."""


def identify_folder(engine: Engine, settings: Settings, *, create: bool) -> None:
    """See that folder and database belong together, and give them an id where they have none.

    Args:
        create: They are being set up; whoever else does so at the same time is waited for.

    Raises:
        Conflict: They do not, or the folder lacks a file that the database lists.
    """
    pair = _check_twice(engine, settings)
    bring_back(settings.data_dir, pair.set_aside)
    if not is_writable(settings.data_dir):
        return
    if pair.folder.id != pair.database.id or not pair.folder.id:
        _give_id(engine, settings, create=create)
    elif pair.folder != pair.database:
        with suppress(OSError):  # the entity's name is for people alone
            write_mark(settings.data_dir, pair.database)


def check_folder(reader: Reader, settings: Settings) -> Pair:
    """Look whether the folder is the database's, and has all that the database lists; nothing is written.

    Raises:
        Conflict: It is not, or lacks files.
    """
    folder, database = read_mark(settings.data_dir), mark_of(reader)
    listed, there = listed_files(reader), files_there(settings.data_dir)
    aside = files_set_aside(settings.data_dir) if listed - there else {}
    lacking = listed - there - aside.keys()
    inside, has_all = _lies_inside(reader, settings), bool(listed) and not lacking
    strange = not listed and any(map(is_final, there))
    if not _belong(folder, database, has_all=has_all, inside=inside, strange=strange):
        raise Conflict(_say_stranger(reader, settings.data_dir, folder, database))
    if lacking:
        raise _LacksFilesError(_say_lacking(settings.data_dir, lacking))
    return Pair(folder, database, {file: aside[file] for file in listed - there})


def _check_twice(engine: Engine, settings: Settings) -> Pair:
    """Check the folder, and once more where it lacks files: another process may have taken an import back meanwhile."""
    with suppress(_LacksFilesError), reading_rows(engine) as reader:
        return check_folder(reader, settings)
    with reading_rows(engine) as reader:
        return check_folder(reader, settings)


def mark_of(reader: Reader) -> Mark:
    """Give what a database says of itself."""
    entity, folder = (reader.execute(asked).scalar() or "" for asked in (_ENTITY, _FOLDER))
    return Mark.of(folder, entity)


def _lies_inside(reader: Reader, settings: Settings) -> bool:
    url = connection_of(reader).engine.url
    return url.get_backend_name() == "sqlite" and Path(str(url.database)).parent == settings.data_dir.absolute()


def _belong(folder: Mark, database: Mark, *, has_all: bool, inside: bool, strange: bool) -> bool:
    """Say whether a folder is a database's.

    Args:
        folder: What the folder says of itself.
        database: What the database says of itself.
        has_all: The database lists files, and the folder has all of them.
        inside: The database lies in the folder.
        strange: The folder holds files, and the database lists none.
    """
    if folder.id and database.id:
        return folder.id == database.id
    if database.id:
        return has_all or inside
    if folder.id:
        return has_all or folder.entity == database.entity
    return not strange


def _give_id(engine: Engine, settings: Settings, *, create: bool) -> None:
    with ExitStack() as held:
        try:
            held.enter_context(writing(engine, settings, wait_seconds=None if create else 0))
        except Conflict:
            if create:
                raise
            return  # who writes now has opened them before, and gave the id or leaves that to the next opening
        from config.sessions import transaction  # noqa: PLC0415 - only here, as every command looks at the folder

        with transaction(engine) as session:
            # another process may have given it while this one waited
            pair = check_folder(session, settings)
            mark = Mark(pair.folder.id or pair.database.id or new_id(), pair.database.entity)
            # before the commit, as a folder that has an id finds its database by the entity, but not the other way
            _write(settings.data_dir, mark)
            if not pair.database.id:
                session.execute(_GIVEN, {"id": mark.id})


def _write(data_dir: Path, mark: Mark) -> None:
    try:
        write_mark(data_dir, mark)
    except OSError as error:
        raise Conflict(
            f"{data_dir / FILE} cannot be written ({error.strerror}). Nothing was changed; check its disk."
        ) from error


def _say_stranger(reader: Reader, data_dir: Path, folder: Mark, database: Mark) -> str:
    if folder.id:
        same = folder.entity == database.entity or not database.entity
        sentence = (
            f"The data folder {data_dir} belongs to {folder.entity or 'another database'}, but {{place}} to "
            f"{'another data folder' if same else database.entity}. Nothing was changed; choose the database's own "
            "folder with --data-dir, or the folder's own database with THIRTEEN_DATABASE_URL."
        )
    elif database.id:
        sentence = (
            f"{{place}} belongs to {database.entity or 'another data folder'}, and {data_dir} is not its data folder. "
            "Nothing was changed; choose the folder that it was set up with, by --data-dir. Where that is lost, let "
            f"this one take its place: write the line {database.id} into {data_dir / FILE}."
        )
    else:
        sentence = (
            f"The data folder {data_dir} holds imported logs, but {{place}} lists none. Nothing was changed; choose "
            "the database's own folder with --data-dir, or the folder's own database with THIRTEEN_DATABASE_URL. Where "
            "nobody needs these logs, move the files away."
        )
    return say_of(connection_of(reader).engine.url, sentence)


def _say_lacking(data_dir: Path, lacking: set[str]) -> str:
    named = ", ".join(sorted(lacking)[:_MOST_NAMED])
    more = f" and {len(lacking) - _MOST_NAMED:,} more" if len(lacking) > _MOST_NAMED else ""
    return (
        f"The data folder {data_dir} lacks files that its database lists ({named}{more}). Nothing was changed; bring "
        "them back from a backup, or bring back the database as it was when the folder was last complete."
    )
