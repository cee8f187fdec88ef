"""What the logs of sources name that maps to nothing, kept for as long as the same logs and the same record stand."""

from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from access.current_policy import KeptPolicy
from audit.kept import Kept
from audit.list_unmapped import Unmapped, described_by, list_unmapped
from audit.logs.find_source import find_source
from audit.logs.models import Source
from audit.logs.opened_logs import OpenedLogs
from config.clock import month_span
from config.errors import NotPermitted
from config.officials.limits import Limits
from config.work import Work

_MOST = 20
Spans = tuple[tuple[datetime, datetime], ...]


@dataclass(frozen=True)
class _Listed:
    """What was listed, and from what.

    Args:
        source: The number of the source's row, which another version does not have.
    """

    source: int
    policy: KeptPolicy
    logs: OpenedLogs
    spans: Spans
    unmapped: Unmapped


class KeptUnmapped:
    """Lists what maps to nothing by what is known now; of one state of the record and the logs once."""

    def __init__(self, kept: Kept) -> None:
        self._kept, self._one_lists = kept, Lock()
        self._listed: tuple[_Listed, ...] = ()

    def of(self, work: Work, source_name: str, limits: Limits) -> Unmapped:
        """Give what a source's logs name that maps to nothing.

        Args:
            limits: Of which months and sources who asks may know.

        Raises:
            NotFound: There is no such source, or no entity yet.
            NotPermitted: The source is beyond the limits.
            Conflict: A file of the store is missing, or not as its receipt says.
        """
        source = find_source(work.session, source_name)
        if not limits.admit_source(source.name):
            raise NotPermitted(
                f"You may read what the logs of these sources name: {', '.join(sorted(limits.sources))}."
            )
        spans = tuple(month_span(month, work.zone) for month in sorted(limits.months))
        policy, logs = self._kept.policy.of(work), self._kept.logs.of(work)
        with self._one_lists:  # the others wait for what they want as well
            found = self._find(source, policy, logs, spans)
            if found is None:
                unmapped = list_unmapped(source, policy.facts, logs, spans)
                found = _Listed(source.id, policy, logs, spans, unmapped)
                standing = (one for one in self._listed if one.policy is policy and one.logs is logs)
                self._listed = (found, *standing)[:_MOST]
        return found.unmapped

    def described(self, work: Work) -> frozenset[str]:
        """Give the purposes that some work access or duty lists now, in the form in which they compare."""
        return described_by(self._kept.policy.of(work).facts)

    def _find(self, source: Source, policy: KeptPolicy, logs: OpenedLogs, spans: Spans) -> _Listed | None:
        for one in self._listed:
            if one.source == source.id and one.policy is policy and one.logs is logs and one.spans == spans:
                return one
        return None
