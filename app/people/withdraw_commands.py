"""The command line's door to taking a grant as never having been so, and to what would come of that."""

from collections.abc import Sequence
from typing import Annotated

import typer

from access.change_duty import Decider
from access.people_below import Reach
from access.proposals.propose_access import propose_access
from access.withdraw_grant import number_of_work_access, series_of_grant, withdraw_grant
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

    Work access by which findings that stand would read otherwise is proposed to a second official instead.
    """
    installation: Installation = context.obj()
    if preview:
        _weigh(installation, grant, reason)
        return
    number = number_of_work_access(grant)
    if number is not None and reason.strip() and (proposed := _propose(installation, number, reason)):
        for sentence in proposed:
            say(sentence)
        return
    with installation.change() as work:
        withdrawn = withdraw_grant(work.session, grant, reason=reason, zone=work.zone, now=work.now, by=work.by)
        said = f"{withdrawn.receipt} Import {withdrawn.number}."
    say(said)


def _propose(installation: Installation, number: int, reason: str) -> Sequence[str]:
    """Propose a withdrawal that is for two, and say so; say nothing where one may make it alone."""
    from app.people.asked_access import AskedAccess  # noqa: PLC0415 - what decides takes long to load
    from app.people.second_official import change_for_two  # noqa: PLC0415
    from audit.kept import Kept  # noqa: PLC0415

    asked = change_for_two(installation, Kept(), None, AskedAccess.withdrawal(number, reason))
    if asked is None:
        return ()
    with installation.change() as work:
        proposal = propose_access(work, asked, by=Decider(work.by, Reach("all", ""))).row.id
    waits = (
        f"Nothing is recorded yet, as findings that stand would read otherwise: it is proposal {proposal}, and waits "
        f"for a second official, who confirms or refuses it in the service, at /grants/proposals/{proposal}."
    )
    return (*asked.meaning, waits)


def _weigh(installation: Installation, grant: str, reason: str) -> None:
    from audit.kept import Kept  # noqa: PLC0415 - what decides takes long to load, and to withdraw needs none of it
    from audit.meaning_in_words import access_sentences, open_sentences  # noqa: PLC0415
    from audit.weigh_change import ChangeOfGrants, weigh_change  # noqa: PLC0415

    def find(work: Work) -> ChangeOfGrants:
        def make() -> None:
            withdraw_grant(work.session, grant, reason=reason, zone=work.zone, now=work.now, by=work.by)

        return ChangeOfGrants({series_of_grant(work.session, grant)}, make)

    meaning = weigh_change(installation, Kept(), find)
    with installation.read() as work:
        zone = work.zone
    sentences = open_sentences if number_of_work_access(grant) is None else access_sentences
    for sentence in sentences(meaning, zone):
        say(sentence)
