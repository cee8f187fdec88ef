"""Nobody decides in their own matter: who may not take an import back, nor say what the names in a log mean."""

from access.about_oneself import is_about
from access.import_changes import changes_at
from access.people_below import recorded_id
from access.undo_import import first_of
from app.imports.concerned import concerned_by
from audit.findings_about import findings_about, findings_from, is_found_in
from audit.logs.undo_logs import is_of_log, undo_logs
from config.applied_imports import AppliedImport
from config.errors import NotPermitted
from config.web.signed_in import SignedIn
from config.work import Work
from inventory.change_series import SeriesChange, stated_of
from inventory.models import DataSeries

# what the inventory says of a series by which accesses to it are decided
_DECIDING = ("classification", "work_access", "retired")


def refuse_own_import(work: Work, official: SignedIn, applied: AppliedImport) -> None:
    """Refuse to take back an import that findings about the official rest on, or one that was entered about them.

    A file names many people, so one in which the official is named too is theirs to take back as it was to apply.

    Raises:
        NotPermitted: It is so.
        Conflict: A log was taken back already, or something rests on it.
    """
    own = _own(work, official)
    if own and not first_of(work.session, applied).file_sha256 and is_about(work.session, applied.applied_at, own):
        raise NotPermitted(
            "This change is about yourself, or about access that reaches you; have another official take it back."
        )
    if own and _is_found(work, applied, own):
        # who may not read findings is not told that there are any about them
        why = "Findings about yourself rest on this import; have" if official.may("read", "findings") else "Have"
        raise NotPermitted(f"{why} another official take this import back.")


def refuse_own_source(work: Work, official: SignedIn, source: str) -> None:
    """Refuse to say what the names in a source's logs mean where findings about the official rest on these.

    Raises:
        NotPermitted: It is so.
    """
    own = _own(work, official)
    if own and is_found_in(work.session, source, own):
        raise NotPermitted(f"Findings about yourself rest on the logs of {source}; have another official answer this.")


def refuse_own_change(work: Work, official: SignedIn, before: SeriesChange, after: DataSeries) -> None:
    """Refuse to have a series decided otherwise where findings about the official and this series stand.

    Args:
        before: What the inventory said of it.

    Raises:
        NotPermitted: It is so.
    """
    said = stated_of(after)
    if any(getattr(before, name) != getattr(said, name) for name in _DECIDING):
        refuse_own_series(work, official, after.code)


def refuse_own_series(work: Work, official: SignedIn, code: str) -> None:
    """Refuse to say whom a text of the inventory means where findings about the official and its series stand.

    Raises:
        NotPermitted: It is so.
    """
    own = _own(work, official)
    if own and findings_about(work.session, (), {code}, who=own):
        raise NotPermitted("Findings about yourself are of this data series; have another official do this.")


def _own(work: Work, official: SignedIn) -> str:
    return recorded_id(work.session, official.employee_id) if official.employee_id else ""


def _is_found(work: Work, applied: AppliedImport, own: str) -> bool:
    if is_of_log(work.session, applied.number):
        undone = undo_logs(work, applied.number, dry_run=True)
        return bool(findings_from(work.session, (*undone.fallen, *undone.restored), who=own))
    concerned = concerned_by(changes_at(work.session, applied.applied_at))
    if findings_about(work.session, concerned.people, concerned.series, who=own):
        return True
    return any(is_found_in(work.session, source, own) for source in concerned.sources)
