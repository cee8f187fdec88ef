"""The demo's coverage: what was seen of each source, and whether the week that a log lost is told."""

from app.sample_city.write_sample_city import SampleCity
from audit.logs.coverage import CoverageRequest, read_coverage
from audit.logs.coverage_commands import overview_lines
from audit.logs.judge_days import is_workday
from audit.logs.say_coverage import say_gap
from config.terminal import say, say_lines
from config.work import Installation


def show_not_seen(installation: Installation, city: SampleCity) -> bool:
    """Show which days were seen of each source; say whether the week that a log lost is found to be missing."""
    say("$ thirteen coverage")
    with installation.read() as work:
        found = read_coverage(work, CoverageRequest())
    say_lines(overview_lines(found))
    if city.lost is None:
        return True
    lost = city.lost
    days = [judged.day for one in found if one.source == lost.source for judged in one.days]
    workdays = [day for day in days if lost.holds(day) and is_workday(day)]
    gaps = [gap for one in found if one.source == lost.source for gap in one.gaps]
    holding = [gap for gap in gaps if gap.first <= workdays[0] and workdays[-1] <= gap.last]
    for gap in holding:
        say(say_gap(lost.source, gap))
    return bool(holding)
