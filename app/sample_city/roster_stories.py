"""Stories of those of whom only the roster says that they left or moved: their logins and old habits go on."""

from collections.abc import Callable, Iterator, Mapping

from app.sample_city.account_stories import Use
from app.sample_city.grant_stories import Told
from app.sample_city.later_roster import ROSTER_DAY
from app.sample_city.scene import Attempt, Scene
from app.sample_city.year import DAY, YEAR_END, midnight

_DISTANCES = (0, 9 * DAY, 33 * DAY)  # from the roster's day


def _uses_after_leaving(scene: Scene) -> Iterator[Use]:
    """Tell how the logins of those who left are used afterwards; nothing where the city has no later roster."""
    for number in scene.city.roster.leavers if scene.city.roster else ():
        account = next(account for account in scene.city.accounts if account.employee == number)
        series = scene.chance.choice(scene.series_in(account.system))
        times = scene.burst(scene.some_moment(midnight(ROSTER_DAY), YEAR_END - DAY), 6)
        yield Use(account, series, times, "A login of somebody who was on the roster no more")


def _looks_back_at_the_old_position(scene: Scene) -> Iterator[Told]:
    """Tell how those who moved go on opening what the old position was for."""
    for number in scene.city.roster.movers if scene.city.roster else ():
        grants = ((series, grant) for series, own in scene.reach.grants[number].items() for grant in own)
        ended = [(series, grant) for series, grant in grants if grant.end == midnight(ROSTER_DAY)]
        for distance in _DISTANCES:
            series, grant = scene.chance.choice(ended)
            action = scene.chance.choice(grant.actions or ("view", "search"))
            purpose = scene.chance.choice(grant.purposes or scene.city.series[series].purposes)
            attempt = Attempt(number, series, grant.end + distance, action, purpose)
            times = scene.burst(attempt.time, 3)
            text = "Opens what the position before was for, as the roster says"
            yield Told([attempt._replace(time=time) for time in times], text)


# By the reason that each is to be found out for.
ROSTER_STORIES: Mapping[str, Callable[[Scene], Iterator[Use | Told]]] = {
    "not_employed": _uses_after_leaving,
    "assignment_ended": _looks_back_at_the_old_position,
}
