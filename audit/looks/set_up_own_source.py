"""Set up the source of the service's own log, and the data series in which its accesses lie; done once, by itself."""

from importlib.resources import files

from sqlmodel import Session, col, select

from audit.logs.models import Source
from audit.logs.sources import SourceRequest, add_source
from config.own_source import OWN_SOURCE
from config.texts import compare_form
from config.work import Installation, Work
from inventory.models import DataSeries, ResourcePattern
from inventory.rules import series_code

BY = "thirteen"
NAME = "Data practices audit records"
# What is one's own is no work access; see `read_look.py`.
_OWN = "/me/*"
_DESCRIPTION = (
    "Who looked at findings, at accesses and at what people may reach in this service, and what of it. "
    "Its classification is for the responsible authority to set; none is assumed here. A suggestion, not sure: "
    "private data on individuals where they are about employees (Minn. Stat. 13.43). Look it up before relying on it, "
    "and whether some of it is public: of some systems the law makes the trail public in part."
)


def set_up_own_source(installation: Installation) -> None:
    """Set up source, data series and resource patterns where that was never done; they are ordinary ones from then on.

    Raises:
        Conflict: There is a source of that name that is another one; or the record cannot be written to.
    """
    with installation.read() as work:
        if is_set_up(work.session):
            return
    with installation.change() as work:
        if not is_set_up(work.session):
            _set_up(work)


def is_set_up(session: Session) -> bool:
    """Say whether it was done."""
    return session.exec(select(Source.id).where(Source.name == OWN_SOURCE)).first() is not None


def own_series(session: Session) -> str:
    """Give the code of the data series as it was set up; whatever it is called since, it keeps that."""
    first = select(ResourcePattern.series).where(
        ResourcePattern.system == OWN_SOURCE, ResourcePattern.recorded_by == BY
    )
    return session.exec(first.where(ResourcePattern.pattern == "*").order_by(col(ResourcePattern.id))).first() or ""


def _set_up(work: Work) -> None:
    profile = files("audit.looks").joinpath("thirteen.yaml").read_text("utf-8")
    request = SourceRequest(OWN_SOURCE, "jsonl", profile, "UTC", OWN_SOURCE)
    add_source(work.session, request, now=work.now, by=BY, is_services_own=True)
    code = _series(work)
    for pattern, series in (("*", code), (_OWN, "ignore")):
        made = ResourcePattern(system=OWN_SOURCE, pattern=pattern, series=series, recorded_at=work.now, recorded_by=BY)
        work.session.add(made)


def _series(work: Work) -> str:
    """Give the series of that name, which the inventory may have already."""
    every = work.session.exec(select(DataSeries).order_by(col(DataSeries.id))).all()
    named = [one.code for one in every if one.superseded_at is None and compare_form(one.name) == compare_form(NAME)]
    if named:
        return named[0]
    code = series_code(NAME, [one.code for one in every])
    work.session.add(DataSeries(code=code, name=NAME, description=_DESCRIPTION, recorded_at=work.now, recorded_by=BY))
    return code
