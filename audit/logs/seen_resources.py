"""What the logs of a system name: asked where a pattern's writer may have meant a resource that was seen."""

from collections.abc import Collection
from contextlib import closing
from dataclasses import replace

from sqlmodel import Session

from audit.logs.event_store import stored_logs
from audit.logs.open_events import open_events
from config.bulk import open_bulk
from config.settings import Settings
from config.texts import compare_form

_WITH_BRACKETS = """
    SELECT DISTINCT resource FROM events
    WHERE contains(resource, '[')
    ORDER BY resource
"""


def seen_with_brackets(session: Session, settings: Settings, system: str) -> Collection[str]:
    """Give the resources with a bracket in their name that a system's imported logs hold.

    Raises:
        Conflict: A file of the store is missing, or not as its receipt says.
    """
    store = stored_logs(session, settings.data_dir)
    logs = tuple(log for log in store.logs if compare_form(log.system) == compare_form(system))
    if not logs:
        return ()
    keys = {log.source_key for log in logs}
    names = {key: paths for key, paths in store.names.items() if key in keys}
    with closing(open_bulk(settings)) as connection:
        open_events(connection, replace(store, logs=logs, names=names))
        return [resource for (resource,) in connection.execute(_WITH_BRACKETS).fetchall()]
