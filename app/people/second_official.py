"""Which changes of work access wait for a second official: those that make findings read otherwise."""

from access.proposals.propose_access import AskedChange
from app.people.asked_access import AskedAccess
from app.people.weigh_access import weigh_access
from audit.kept import Kept
from audit.meaning_in_words import meaning_sentences
from audit.queries import is_any_found
from config.web.signed_in import SignedIn
from config.work import Installation


def change_for_two(
    installation: Installation, kept: Kept, official: SignedIn, asked: AskedAccess
) -> AskedChange | None:
    """Give a change as it is to be proposed; None where one official alone may make it.

    The logs are asked only where a finding stands that it could reach.

    Raises: As `weigh_access`.
    """
    with installation.read() as work:
        if not is_any_found(work.session, asked.codes(work)):
            return None
    weighed = weigh_access(installation, kept, official, asked)
    if not weighed.meaning.is_for_two:
        return None
    with installation.read() as work:
        sentences = list(meaning_sentences(weighed.meaning, work.zone))
    return AskedChange(asked.act, weighed.said, asked.number, asked.reason, sentences)
