"""The demo's reasons: what was typed that no work access lists, and which purposes may be meant."""

from audit.kept import Kept
from audit.kept_unmapped import KeptUnmapped
from audit.purpose_commands import suggestion_lines
from config.officials.limits import UNLIMITED
from config.terminal import say, say_lines, terminal_width
from config.work import Installation

_MOST = 3


def show_purposes(installation: Installation, source: str) -> None:
    """Show the commonest texts of a source that may mean a purpose; people say what they mean, nobody else does."""
    say(f"$ thirteen purpose suggest --source {source} --most {_MOST}")
    with installation.read() as work:
        unmapped = KeptUnmapped(Kept()).of(work, source, UNLIMITED)
    say_lines(suggestion_lines(unmapped, _MOST, terminal_width()))
