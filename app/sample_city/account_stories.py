"""Stories of logins: used when they should rest, by nobody known, or for what nobody has listed."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from app.sample_city.city import Account
from app.sample_city.scene import Scene
from app.sample_city.year import YEAR_END, YEAR_START, Period

_INVENTED = ("admin", "tempuser", "vendor.support", "testlogin", "intern", "consultant")


class Use(NamedTuple):
    """What a login is used for a few times; the series None stands for what nobody has listed."""

    account: Account
    series: int | None
    times: list[int]
    text: str


def _outside_employment(scene: Scene) -> Use:
    idle = scene.chance.choice(scene.idle_logins)
    series = scene.chance.choice(scene.series_in(idle.account.system))
    times = [time for time in scene.burst(scene.some_moment(idle.start, idle.end), 6) if time < idle.end]
    return Use(idle.account, series, times, f"A login used {idle.why}")


def _of_something_unlisted(scene: Scene) -> Use:
    account = scene.chance.choice(scene.city.accounts)
    times = scene.burst(scene.some_moment(YEAR_START, YEAR_END), 4)
    known = [time for time in times if account.employee is None or _in_use(scene, account, time)]
    return Use(account, None, known, "Something the city keeps but has not listed")


def _shared(scene: Scene) -> Use:
    account = scene.chance.choice([one for one in scene.city.accounts if one.employee is None])
    series = scene.chance.choice(scene.series_in(account.system))
    text = "A service reads for someone" if account.kind == "service" else "A login that a whole shift shares"
    return Use(account, series, scene.burst(scene.some_moment(YEAR_START, YEAR_END), 5), text)


def _unknown(scene: Scene) -> Use:
    if scene.closed_logins and scene.chance.happens(0.5):
        account = scene.chance.choice(scene.closed_logins)
        start, text = account.period.end, "A login used after it was closed"
    else:
        number = scene.chance.randrange(len(scene.city.systems))
        login = scene.chance.choice(_INVENTED)
        period = Period.of_dates(None, None)
        account = Account(number, login, scene.city.systems[number].logged(login), None, "unknown", period)
        start, text = YEAR_START, "A login that the city never listed"
    series = scene.chance.choice(scene.series_in(account.system))
    return Use(account, series, scene.burst(scene.some_moment(start, YEAR_END), 4), text)


# By the reason that each is to be found out for.
ACCOUNT_STORIES: Mapping[str, Callable[[Scene], Use]] = {
    "not_employed": _outside_employment,
    "uninventoried_resource": _of_something_unlisted,
    "shared_account": _shared,
    "unknown_account": _unknown,
}


def _in_use(scene: Scene, account: Account, instant: int) -> bool:
    """Say whether the login is open then and its holder employed."""
    return (
        account.employee is not None
        and account.period.holds_at(instant)
        and scene.city.employees[account.employee].employed_at(instant)
    )
