"""Notices of findings: which were assigned to an official by somebody else."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote

from sqlmodel import col, func, select

from app.notices.wanted import Gathering, Wanted
from audit.models import Finding, FindingMove
from audit.statuses import Status
from config.clock import utc_text


def assigned(gathering: Gathering) -> Iterator[Wanted]:
    """Tell officials of the findings under review that are theirs; those assigned at one stroke are one notice."""
    together = defaultdict[tuple[str, str, datetime], list[str]](list)
    newest = (
        select(func.max(FindingMove.id))
        .join(Finding, col(Finding.id) == col(FindingMove.finding_id))
        .where(
            Finding.status == Status.UNDER_REVIEW,
            col(Finding.assignee) != "",
            FindingMove.assignee == Finding.assignee,
        )
        .group_by(col(FindingMove.finding_id))
    )
    columns = select(Finding.key, FindingMove.assignee, FindingMove.moved_by, FindingMove.moved_at)
    chosen = columns.join(Finding, col(Finding.id) == col(FindingMove.finding_id)).where(
        col(FindingMove.id).in_(newest)
    )
    for key, assignee, by, at in gathering.work.session.exec(chosen.order_by(col(FindingMove.id))):
        if by != assignee:
            together[assignee, by, at].append(key)
    for (assignee, by, at), keys in together.items():
        one = f"Finding {keys[0]} is assigned to you.", f"/findings/{quote(keys[0], safe='')}"
        several = (
            f"{len(keys):,} findings are assigned to you.",
            f"/findings?status=under_review&assignee={quote(assignee)}",
        )
        text, path = one if len(keys) == 1 else several
        for official in gathering.recipients.named(assignee):
            if official.may("change", "findings"):
                yield Wanted(official.login, by, utc_text(at), text, path)
