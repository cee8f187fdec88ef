"""Who may read what this program writes: the account that runs it and no other, whatever the umask says."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def private_files() -> Iterator[None]:
    """Let every file that is made meanwhile be open to this account alone (0600), and every folder (0700).

    What libraries make is so too: the files of SQLite and DuckDB, and what is unfinished.
    """
    before = os.umask(stat.S_IRWXG | stat.S_IRWXO)
    try:
        yield
    finally:
        os.umask(before)
