"""The drawing of one finding: a lane for each grant of the employee and the series, a mark for each access."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from access.rules import Grant
from audit.case import Verdict
from audit.draw_lanes import Drawing, Lane, Tick, draw_lanes
from audit.read_finding import FindingDetails

_KINDS = {"position": "Position", "department": "Department", "everyone": "Every employee", "employee": "By name"}


def draw_finding(details: FindingDetails, zone: ZoneInfo) -> Drawing:
    """Lay out the drawing of a finding; of thousands of accesses the first are drawn."""
    verdict = Verdict(details.finding.verdict)
    ticks = [
        Tick(one.time, verdict, f"{one.action} of {one.resource or '(no resource)'}") for one in details.accesses.first
    ]
    return draw_lanes(lanes_of(details.accesses.grants), ticks, zone)


def lanes_of(grants: Sequence[Grant]) -> list[Lane]:
    """Give a lane for each grant; what differs only in since when it is timely is one, late before the earliest."""
    lanes: dict[tuple[object, ...], Lane] = {}
    for grant in grants:
        key = (grant.grant_id, grant.through, grant.start, grant.end)
        known = lanes.get(key)
        late = grant.timely_from if grant.start is None or _is_late(grant) else None
        if known is not None:
            late = min(known.timely_from, late) if known.timely_from and late else None
        lanes[key] = Lane(_name(grant), _detail(grant), grant.start, grant.end, late)
    return list(lanes.values())


def _is_late(grant: Grant) -> bool:
    return grant.timely_from is not None and grant.start is not None and grant.timely_from > grant.start


def _name(grant: Grant) -> str:
    kind = _KINDS.get(grant.kind, str(grant.kind).capitalize())
    return f"{kind}: {grant.through}" if grant.through else kind


def _detail(grant: Grant) -> str:
    actions = "any action" if grant.actions == "*" else grant.actions.replace(";", ", ")
    purposes = "" if grant.purposes == "*" else f" for {grant.purposes.replace(';', ', ')}"
    return ". ".join(part for part in (f"{actions}{purposes}", grant.authority) if part)
