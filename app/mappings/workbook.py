"""The rows of a workbook in which somebody says where names belong that map to nothing; an import takes it as it is."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from access.write_template import FilledRows
from audit.list_unmapped import Unmapped, UnmappedName
from audit.logs.models import Source
from audit.propose_pattern import Proposals
from audit.suggest_purposes import suggest_purposes
from config.clock import local_text

_NEAREST = ("nearest purpose", "score of 100")
_MACHINE = "looks like a machine's or the system's"
_BESIDE = ("accesses", "first access", "last access", "seen as")


def filled_rows(what: str, source: Source, unmapped: Unmapped, zone: ZoneInfo) -> FilledRows:
    """Give a row for each account, resource or purpose that maps to nothing, the most accessed first.

    What no workbook can hold is left out, and is answered on the page; so is what is masked. A purpose that is
    suggested stands beside, and counts once somebody writes it into the row.
    """
    system = source.system
    if what == "purposes":
        return FilledRows(list(_purposes(source.name, unmapped, zone)), (*_NEAREST, *_BESIDE))
    if what == "accounts":
        rows = [
            {"system": system, "login": one.name, _MACHINE: one.machine, **_beside(one, zone)}
            for one in unmapped.accounts
        ]
        return FilledRows([row for row in rows if str(row["login"]).isprintable()], (_MACHINE, *_BESIDE))
    proposals, patterns = Proposals(unmapped.resources), dict[str, dict[str, str | int]]()
    for one in unmapped.resources:
        proposal = proposals.of(one)
        if proposal.pattern.isprintable() and proposal.pattern not in patterns:
            row = {"system": system, "pattern": proposal.pattern, **_beside(one, zone), "accesses": proposal.accesses}
            patterns[proposal.pattern] = row
    return FilledRows(list(patterns.values()), _BESIDE)


def _purposes(source: str, unmapped: Unmapped, zone: ZoneInfo) -> Iterator[dict[str, str | int]]:
    for one in unmapped.purposes:
        if one.is_masked or not one.name.isprintable():
            continue
        near = suggest_purposes(one.name, unmapped.described)[:1]
        suggested = dict[str, str | int]()
        for found in near:
            suggested |= dict(zip(_NEAREST, (found.purpose, found.score), strict=True))
        yield {"source": source, "typed": one.name, "match": "text", **suggested, **_beside(one, zone)}


def _beside(one: UnmappedName, zone: ZoneInfo) -> dict[str, str | int]:
    first, last = (local_text(time.replace(microsecond=0), zone) for time in (one.first, one.last))
    seen = one.name if one.name.isprintable() else ""
    return {"accesses": one.accesses, "first access": first, "last access": last, "seen as": seen}
