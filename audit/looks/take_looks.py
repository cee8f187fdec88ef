"""Bring what was looked at into the event store, by the same importer as any log; at most a minute after it was.

A file of the journal is removed once its import is committed. A process that is killed between leaves it, and it is
imported again: the id of each look makes it one event, however often it comes.
"""

from dataclasses import replace

from audit.logs.import_log import import_logs
from audit.looks.keep_in_step import keep_in_step
from audit.looks.look_journal import LookJournal, has_looks, whole_files
from audit.looks.set_up_own_source import BY, set_up_own_source
from config.own_source import OWN_SOURCE
from config.progress import Silence
from config.work import Installation

_SECONDS_TO_WAIT = 5  # for who imports or changes the record; what was looked at stays written down meanwhile


def take_looks(installation: Installation, journal: LookJournal | None = None) -> int:
    """Import what was looked at, and give how many looks came into the event store.

    Args:
        journal: Of this process, whose file is turned first.

    Raises:
        Refusal: It cannot be done for now; nothing is lost by that.
    """
    if journal is not None:
        journal.turn()
    if not has_looks(installation.settings.data_dir):
        return 0
    by_itself = as_the_service(installation)
    with whole_files(installation.settings.data_dir) as paths:
        if not paths:
            return 0
        set_up_own_source(by_itself)
        keep_in_step(by_itself)
        receipts = import_logs(by_itself, paths, OWN_SOURCE, by_itself=True)
        for path in paths:
            path.unlink()
    return sum(receipt.added for receipt in receipts)


def as_the_service(installation: Installation) -> Installation:
    """Give the installation as the service works on it in its own name, patient for a moment alone."""
    patient = installation.settings.model_copy(update={"lock_wait_seconds": _SECONDS_TO_WAIT})
    return replace(installation, settings=patient, by=BY, progress=Silence(), changes=[])
