"""The command line's door to the list of officials."""

import typer

from config.officials.limits import limited_in_words
from config.officials.officials import all_officials, limits_of
from config.terminal import say
from config.work import Installation


def list_officials(context: typer.Context) -> None:
    """List who may use the service."""
    installation: Installation = context.obj()
    with installation.read() as work:
        for official in all_officials(work.session):
            state = " (disabled)" if official.disabled else ""
            roles = official.roles.replace(";", ", ")
            say(f"{official.login}: {official.name}, {roles}{limited_in_words(limits_of(official))}{state}")
