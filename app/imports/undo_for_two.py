"""Taking back a change of work access waits for a second official where the change itself would have waited.

A file of any kind is applied and taken back as one step, by one official: it is repaired so, and waits for nobody.
"""

from collections.abc import Sequence

from sqlmodel import Session

from access.import_changes import Change, changes_at
from access.models import WorkAccess
from access.proposals.models import ProposedAct
from access.proposals.propose_access import AskedChange, stated_of
from access.undo_import import first_of, undo_import
from app.imports.list_imports import ImportView, take_back, undoable_import, view_imports
from app.people.own_matter import refuse_own_import
from app.proposals.shown import ProposalView, propose
from audit.kept import Kept
from audit.meaning_in_words import access_sentences
from audit.queries import is_any_found
from audit.weigh_change import ChangeOfGrants, weigh_change
from audit.weigh_grants import Meaning
from config.applied_imports import AppliedImport
from config.web.signed_in import SignedIn
from config.work import Installation, Work


def weigh_undo(installation: Installation, kept: Kept, official: SignedIn, number: int) -> Meaning | None:
    """Say what the taking back would mean that a second official has to confirm; None where one may do it alone.

    Raises: As `take_back`.
    """
    with installation.read() as work:
        applied = undoable_import(work.session, number, official)
        refuse_own_import(work, official, applied)
        change = _of_access(work.session, applied)
        series = {row.series for row in (*change.opened, *change.closed)} if change else set[str]()
        if not is_any_found(work.session, series):
            return None

    def find(work: Work) -> ChangeOfGrants:
        return ChangeOfGrants(series, lambda: undo_import(work.session, number, now=work.now, by=official.login))

    meaning = weigh_change(installation, kept, find)
    return meaning if meaning.is_for_two else None


def take_back_or_propose(
    work: Work, official: SignedIn, number: int, sentences: Sequence[str], reason: str
) -> ImportView | ProposalView:
    """Take an import back, or propose to.

    Args:
        sentences: What it would mean, where a second official has to confirm it; else none.

    Raises: As `take_back`, and:
        Conflict: Just this waits already.
    """
    if not sentences:
        return view_imports(work.session, [take_back(work, number, official)])[0]
    undo_import(work.session, number, now=work.now, by=official.login, dry_run=True)  # refused now, not when confirmed
    applied = undoable_import(work.session, number, official)
    return propose(work, official, _asked(work.session, applied, sentences, reason))


def undo_sentences(installation: Installation, meaning: Meaning | None) -> list[str]:
    """Say what a taking back would mean that a second official has to confirm; nothing where one may do it alone."""
    if meaning is None:
        return []
    with installation.read() as work:
        return list(access_sentences(meaning, work.zone))


def _of_access(session: Session, applied: AppliedImport) -> Change | None:
    """Give what a change that was made of work access alone, and not by a file, did; None of any other change."""
    if first_of(session, applied).file_sha256:
        return None
    changes = list(changes_at(session, applied.applied_at))
    return changes[0] if [change.model for change in changes] == [WorkAccess] else None


def _asked(session: Session, applied: AppliedImport, sentences: Sequence[str], reason: str) -> AskedChange:
    change = _of_access(session, applied)
    opened, closed = (change.opened, change.closed) if change else ((), ())
    row = [*closed, *opened][0]
    number = (opened[0].restores or opened[0].id) if opened else None
    said = stated_of(row)
    return AskedChange(ProposedAct.TAKE_BACK, said, number, reason, sentences, applied.number)
