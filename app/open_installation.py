"""Opens the installation that a command works on: its settings, its data folder, and who asks."""

from collections.abc import Collection
from importlib import import_module
from pathlib import Path

from pydantic import ValidationError

from app.data_folder import open_data_folder
from app.newest_time import newest_time
from config.database import Reader
from config.errors import Invalid
from config.settings import Settings
from config.terminal import notice, show_progress, who_asks
from config.work import Installation
from inventory.entity_time import entity_zone


def open_installation(data_dir: Path | None, *, create: bool) -> Installation:
    """Open an installation; the caller disposes of its engine.

    Args:
        data_dir: Where it is; None = where the settings say.
        create: Make what is missing of the data folder.

    Raises:
        NotFound: There is no data folder, or nothing in its database, and none is to be made.
        Conflict: The folder or the database cannot be used.
        Invalid: A setting cannot be used.
    """
    settings = read_settings(data_dir)
    engine = open_data_folder(settings, create=create)
    return Installation(
        settings,
        engine,
        who_asks(),
        entity_zone,
        newest_time,
        progress=show_progress(),
        seen_resources=_seen_resources,
        tell=notice,
    )


def read_settings(data_dir: Path | None) -> Settings:
    """Read the settings from the environment, and the data folder where one is named.

    Raises:
        Invalid: A setting cannot be used.
    """
    try:
        return Settings() if data_dir is None else Settings(data_dir=data_dir)
    except ValidationError as error:
        faults = [f"THIRTEEN_{'_'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in error.errors()]
        raise Invalid(f"A setting in the environment cannot be used: {'; '.join(faults)}.") from error


def _seen_resources(reader: Reader, settings: Settings, system: str) -> Collection[str]:
    # what reads logs takes long to load, and few imports ask for it
    found: Collection[str] = import_module("audit.logs.seen_resources").seen_with_brackets(reader, settings, system)
    return found
