"""The command line's door to taking a grant as never having been so, and to what would come of that."""

from typing import Annotated

import typer

from access.withdraw_grant import series_of_grant, withdraw_grant
from config.terminal import say
from config.work import Installation, Work


def withdraw(
    context: typer.Context,
    grant: Annotated[str, typer.Argument(help="As decisions, explain and lists name it: work-access:12, purpose:12.")],
    reason: Annotated[str, typer.Option("--reason", help="Why it was never so; it is kept.")],
    preview: Annotated[  # noqa: FBT002 - an option
        bool, typer.Option("--preview", help="Say what rests on it and what would be otherwise; record nothing.")
    ] = False,
) -> None:
    """Take one grant as never having been so; what was known of it in between stays known.

    Here it is done at once, also where findings that stand will read otherwise: a terminal knows no second official.
    """
    installation: Installation = context.obj()
    if preview:
        _weigh(installation, grant, reason)
        return
    with installation.change() as work:
        withdrawn = withdraw_grant(work.session, grant, reason=reason, zone=work.zone, now=work.now, by=work.by)
        said = f"{withdrawn.receipt} Import {withdrawn.number}."
    say(said)


def _weigh(installation: Installation, grant: str, reason: str) -> None:
    from audit.kept import Kept  # noqa: PLC0415 - what decides takes long to load, and to withdraw needs none of it
    from audit.meaning_in_words import open_sentences  # noqa: PLC0415
    from audit.weigh_change import ChangeOfGrants, weigh_change  # noqa: PLC0415

    def find(work: Work) -> ChangeOfGrants:
        def make() -> None:
            withdraw_grant(work.session, grant, reason=reason, zone=work.zone, now=work.now, by=work.by)

        return ChangeOfGrants({series_of_grant(work.session, grant)}, make)

    meaning = weigh_change(installation, Kept(), find)
    with installation.read() as work:
        zone = work.zone
    for sentence in open_sentences(meaning, zone):
        say(sentence)
