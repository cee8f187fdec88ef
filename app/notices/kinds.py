"""The kinds of notices. Another kind is a function that gathers it, and a line in this table."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.notices import (
    of_corrections,
    of_duties,
    of_explanations,
    of_findings,
    of_inventory,
    of_logs,
    of_proposals,
    of_reviews,
    of_work,
)
from app.notices.models import Choice
from app.notices.wanted import Gathering, Wanted


@dataclass(frozen=True)
class Kind:
    """A kind of notices.

    Args:
        name: As rows and the API have it.
        in_words: What one chooses to be told of.
        one: What a mail says of a single one: nothing but what anybody may read.
        several: The same of more, `{}` for how many.
        about: The thing of the policy file that the notices tell of: who may no longer read it is shown none.
        gather: Gives which there ought to be now, of whatever recipient.
        usual: How it is told to whom has not chosen.
        lasts: What is told is so until it is gathered no longer; else it happened, and stays told.
        is_needed: Others wait for what is to be done, so that it can be told more quietly, but not be left out.
    """

    name: str
    in_words: str
    one: str
    several: str
    about: str
    gather: Callable[[Gathering], Iterable[Wanted]]
    usual: Choice = Choice.DIGEST
    lasts: bool = False
    is_needed: bool = False

    def said(self, count: int) -> str:
        """Say in a mail how many there are."""
        return self.one if count == 1 else self.several.format(f"{count:,}")

    @property
    def choices(self) -> tuple[Choice, ...]:
        """How it may be told."""
        return tuple(one for one in Choice if not (self.is_needed and one is Choice.NONE))


_DUTIES = "temporary duties"
_PROPOSALS = "access proposals"
_REVIEWS = "access reviews"
# in the order in which pages and mails have them: what waits for somebody first
KINDS: tuple[Kind, ...] = (
    Kind(
        "duty_to_approve",
        "A duty is asked for that I may approve",
        "A temporary duty waits for your approval",
        "{} temporary duties wait for your approval",
        *(_DUTIES, of_duties.to_approve, Choice.AT_ONCE),
        lasts=True,
        is_needed=True,
    ),
    Kind(
        "duty_to_confirm",
        "A duty that reaches into the past waits for a second person",
        "A temporary duty waits to be confirmed by a second person",
        "{} temporary duties wait to be confirmed by a second person",
        *(_DUTIES, of_duties.to_confirm),
        lasts=True,
        is_needed=True,
    ),
    Kind(
        "access_to_confirm",
        "A change of work access waits for a second official",
        "A change of work access waits to be confirmed by a second official",
        "{} changes of work access wait to be confirmed by a second official",
        *(_PROPOSALS, of_proposals.to_confirm),
        lasts=True,
        is_needed=True,
    ),
    Kind(
        "finding_assigned",
        "A finding is assigned to me",
        "An assignment of findings to you is new",
        "{} assignments of findings to you are new",
        *("findings", of_findings.assigned, Choice.AT_ONCE),
        lasts=True,
        is_needed=True,
    ),
    Kind(
        "explanation_asked",
        "I am asked to explain something",
        "An explanation is asked of you",
        "{} explanations are asked of you",
        *("explanations", of_explanations.asked, Choice.AT_ONCE),
        lasts=True,
        is_needed=True,
    ),
    Kind(
        "review_waiting",
        "A review waits for my answers",
        "A review waits for your answers",
        "{} reviews wait for your answers",
        *(_REVIEWS, of_reviews.waiting, Choice.AT_ONCE),
        lasts=True,
        is_needed=True,
    ),
    Kind(
        "review_answers_due",
        "My answers in a review are nearly due, or late",
        "Your answers in a review are nearly due, or late",
        "Your answers in {} reviews are nearly due, or late",
        *(_REVIEWS, of_reviews.due),
        lasts=True,
    ),
    Kind(
        "review_ended",
        "The deadline of a review has passed, and what it means that somebody did not answer",
        "The deadline of a review has passed",
        "The deadlines of {} reviews have passed",
        *(_REVIEWS, of_reviews.ended),
        lasts=True,
    ),
    Kind(
        "explanation_due",
        "An explanation that I am asked for is nearly due, or one that I asked for is late",
        "An explanation is nearly due, or late",
        "{} explanations are nearly due, or late",
        *("explanations", of_explanations.due),
        lasts=True,
    ),
    Kind(
        "explanation_given",
        "An explanation that I asked for is given",
        "An explanation that you asked for is given",
        "{} explanations that you asked for are given",
        *("findings", of_explanations.given),
    ),
    Kind(
        "duty_answered",
        "A duty that I asked for is approved or refused",
        "A temporary duty that you asked for is answered",
        "{} temporary duties that you asked for are answered",
        *(_DUTIES, of_duties.answered, Choice.AT_ONCE),
    ),
    Kind(
        "record_corrected",
        "Somebody else took an import back, or said whom a text of the inventory means",
        "A correction that findings rest on was made by somebody else",
        "{} corrections that findings rest on were made by somebody else",
        *("findings", of_corrections.corrected),
    ),
    Kind(
        "access_answered",
        "A change of work access that I proposed is confirmed or refused",
        "A change of work access that you proposed is answered",
        "{} changes of work access that you proposed are answered",
        *(_PROPOSALS, of_proposals.answered, Choice.AT_ONCE),
    ),
    Kind(
        "duty_granted",
        "A duty is granted to me",
        "A temporary duty is granted to you",
        "{} temporary duties are granted to you",
        *(_DUTIES, of_duties.granted),
    ),
    Kind(
        "duty_ending",
        "A duty that I granted or hold ends within three days",
        "A temporary duty ends within three days",
        "{} temporary duties end within three days",
        *(_DUTIES, of_duties.ending),
        lasts=True,
    ),
    Kind(
        "duty_ended",
        "A duty that I granted or hold has ended, and what it was used for",
        "A temporary duty has ended",
        "{} temporary duties have ended",
        *(_DUTIES, of_duties.ended),
    ),
    Kind(
        "rows_refused",
        "Rows of a table that I imported are refused",
        "An import refused rows",
        "{} imports refused rows",
        *("imports", of_work.refused_rows, Choice.SERVICE),
    ),
    Kind(
        "log_unreadable",
        "Records of a log cannot be read",
        "Records of a log cannot be read",
        "Records of {} logs cannot be read",
        *("sources", of_logs.unreadable),
    ),
    Kind(
        "log_missing",
        "Records of a source are missing",
        "A log is missing",
        "{} logs are missing",
        *("sources", of_logs.missing),
        lasts=True,
    ),
    Kind(
        "review_due",
        "The yearly review of data series is due",
        "A yearly review of data series is due",
        "{} yearly reviews of data series are due",
        *("inventory", of_inventory.reviews_due),
        lasts=True,
    ),
    Kind(
        "job_failed",
        "A job has failed",
        "A job has failed",
        "{} jobs have failed",
        *("jobs", of_work.failed_jobs),
    ),
    Kind(
        "mail_refused",
        "A mail is refused by the mail server",
        "A mail was refused",
        "{} mails were refused",
        *("own account", of_work.refused_mails, Choice.SERVICE),
    ),
    Kind(
        "mail_in_vain",
        "The mail server takes no mails",
        "The mail server has taken no mails",
        "The mail server has taken no mails, {} times",
        *("officials", of_work.mails_in_vain, Choice.SERVICE),
        lasts=True,
    ),
)
BY_NAME = {kind.name: kind for kind in KINDS}
