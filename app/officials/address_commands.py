"""The command line's door to where an official's notices are mailed."""

from typing import Annotated

import typer

from app.notices.redirect_mails import redirect_mails
from config.terminal import say
from config.texts import compare_form, counted
from config.work import Installation


def email(
    context: typer.Context,
    login: Annotated[str, typer.Argument(help="The official's login.")],
    address: Annotated[str, typer.Argument(help='Their address; "" lets them be told in the service alone.')],
) -> None:
    """Have an official's notices mailed to another address, or nowhere; what was refused lately goes there too."""
    installation: Installation = context.obj()
    with installation.change() as work:
        waiting = redirect_mails(work, login, address, by=work.by)
    where = f"are mailed to {address.strip()} now" if address.strip() else "are mailed nowhere any more"
    again = f" {counted(waiting, 'mail')} that waited or were refused will be tried anew." if waiting else ""
    say(f"The notices of {compare_form(login)} {where}.{again}")
