"""Record what was proposed, once it is confirmed: as a row of a file is, numbered among the imports."""

from datetime import datetime

from access.import_kinds import IMPORT_KINDS
from access.proposals.models import AccessProposal, ProposedAct
from access.standing_row import standing_row
from access.stated import WORK_ACCESS
from access.undo_import import undo_import
from access.withdraw_grant import withdraw_grant
from config.clock import utc_text
from config.errors import Conflict, InvalidFields, NotFound
from config.tables.enter_rows import RowsRequest, enter_rows
from config.work import Work

_KIND = "work-access"


def record_proposal(work: Work, row: AccessProposal, *, by: str) -> int:
    """Record what was proposed, and give the number of that change.

    Raises:
        Conflict: The record has moved so that this cannot be done any more; it says how.
    """
    try:
        number = _made(work, row, by)
    except InvalidFields as refusal:
        raise _moved(row, " ".join(refusal.details)) from refusal
    except (NotFound, Conflict) as refusal:
        raise _moved(row, str(refusal)) from refusal
    if number is None:
        raise _moved(row, "The record says just this already.")
    return number


def _made(work: Work, row: AccessProposal, by: str) -> int | None:
    if row.takes_back is not None:
        return undo_import(work.session, row.takes_back, now=work.now, by=by).number
    return _withdraw(work, row, by) if row.act == ProposedAct.WITHDRAW else _enter(work, row, by)


def _withdraw(work: Work, row: AccessProposal, by: str) -> int:
    reason = row.reason or "no reason was given"
    grant = str(row.grant)
    return withdraw_grant(work.session, grant, reason=reason, zone=work.zone, now=work.now, by=by).number


def _enter(work: Work, row: AccessProposal, by: str) -> int | None:
    standing = None if row.number is None else standing_row(work.session, WORK_ACCESS, row.number)
    request = RowsRequest(
        _KIND,
        f"{row.series}, {row.holder or row.holder_type}, proposal {row.id} of {row.proposed_by}",
        [_cells(row)],
        instead_of=None if standing is None else (WORK_ACCESS, standing.id),
        is_new=standing is None,
    )
    importer = IMPORT_KINDS[_KIND](work.session, work.zone)
    return enter_rows(work.session, importer, request, now=work.now, by=by).number


def _cells(row: AccessProposal) -> dict[str, str]:
    """Write what was proposed as a file does, with every column, so that nothing of it is left to be found."""
    texts = ("series", "holder_type", "holder", "actions", "purposes", "authority")
    return {name: getattr(row, name) for name in texts} | {
        "start_date": _instant(row.start),
        "end_date": _instant(row.end),
        "recorded_at": _instant(row.stated_recorded_at),
    }


def _instant(instant: datetime | None) -> str:
    return utc_text(instant) if instant else ""


def _moved(row: AccessProposal, why: str) -> Conflict:
    return Conflict(
        f"The record has moved since {row.proposed_by} proposed this, and it cannot be recorded as it was proposed: "
        f"{why} Nothing was changed; refuse it, and have it proposed anew where it is still meant."
    )
