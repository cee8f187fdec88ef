"""Stories of employees who use their own logins for more than they were assigned."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from app.sample_city.reach import Grant
from app.sample_city.scene import Attempt, Scene
from app.sample_city.systems import CANONICAL_ACTIONS
from app.sample_city.year import DAY, MINUTE, SECOND, YEAR_END, YEAR_START

_CURIOUS = (
    "A clerk looks up a neighbour",
    "An employee looks up a former partner",
    "An employee reads about a person in the news",
    "An employee opens the file of a colleague",
)
_OTHER_PURPOSES = ("", "personal", "curious", "favor for a friend", "school project", "campaign")
# How far from the end or the beginning, with the words for it.
_DISTANCES = {
    0: "at the very moment",
    SECOND: "by one second",
    12 * MINUTE: "by twelve minutes",
    40 * MINUTE: "by forty minutes",
    9 * DAY: "by nine days",
    33 * DAY: "by a month",
}
_BEFORE = [distance for distance in _DISTANCES if distance]


class Told(NamedTuple):
    """What is tried in a story, and a word on it."""

    attempts: Sequence[Attempt]
    text: str


def _entered_afterwards(scene: Scene) -> Told:
    employee, series, grant = scene.chance.choice(scene.recorded_late)
    start = max(grant.start, YEAR_START)
    time = scene.some_moment(start, min(grant.end, grant.timely_from, YEAR_END))
    return _burst(
        scene, Attempt(employee, series, time, *_usual(scene, series, grant)), "Relies on what was entered afterwards"
    )


def _for_another_purpose(scene: Scene) -> Told:
    employee, series, grant = scene.chance.choice(scene.with_purposes)
    action, _ = _usual(scene, series, grant)
    purpose = scene.chance.choice(_OTHER_PURPOSES)
    text = f"Gives the purpose '{purpose}'" if purpose else "Gives no purpose"
    return _burst(scene, Attempt(employee, series, _while(scene, grant), action, purpose), text)


def _does_more(scene: Scene) -> Told:
    employee, series, grant = scene.chance.choice(scene.with_actions)
    _, purpose = _usual(scene, series, grant)
    action = scene.chance.choice([one for one in CANONICAL_ACTIONS if one not in (grant.actions or ())])
    text = f"Goes on to {action} what was assigned for less"
    return _burst(scene, Attempt(employee, series, _while(scene, grant), action, purpose), text)


def _officer_browses(scene: Scene) -> Told:
    officer, series = scene.chance.choice(scene.city.officers), scene.chance.choice(scene.city.not_public)
    period = officer.period
    time = scene.some_moment(max(period.start, YEAR_START), min(period.end, YEAR_END))
    choice = scene.chance.choice(["view", "search", "export"]), scene.chance.choice(["", "review"])
    text = "A designated officer's burst that no specified duty explains"
    return _burst(scene, Attempt(officer.employee, series, time, *choice), text, most=9)


def _as_needed(scene: Scene) -> Told:
    employee, series = scene.chance.choice(scene.staff), scene.chance.choice(scene.untestable)
    time, choice = scene.some_moment(YEAR_START, YEAR_END), _pretext(scene, series)
    return _burst(scene, Attempt(employee, series, time, *choice), "One of those who may 'as needed', or not")


def _goes_on(scene: Scene) -> Told:
    employee, series, grant = scene.chance.choice(scene.ended)
    distance = scene.chance.choice(list(_DISTANCES))
    text = f"Opens it after the last assignment ended, {_DISTANCES[distance]}"
    return _burst(scene, Attempt(employee, series, grant.end + distance, *_usual(scene, series, grant)), text)


def _begins_early(scene: Scene) -> Told:
    employee, series, grant = scene.chance.choice(scene.to_begin)
    distance = scene.chance.choice(_BEFORE)
    text = f"Opens it before the assignment begins, {_DISTANCES[distance]}"
    return _burst(scene, Attempt(employee, series, grant.start - distance, *_usual(scene, series, grant)), text)


def _is_curious(scene: Scene) -> Told:
    employee, series = scene.chance.choice(scene.staff), scene.chance.choice(scene.city.not_public)
    time, choice = scene.some_moment(YEAR_START, YEAR_END), _pretext(scene, series)
    return _burst(scene, Attempt(employee, series, time, *choice), scene.chance.choice(_CURIOUS))


# By the reason that each is to be found out for.
GRANT_STORIES: Mapping[str, Callable[[Scene], Told]] = {
    "backdated": _entered_afterwards,
    "purpose_not_described": _for_another_purpose,
    "action_exceeds_assignment": _does_more,
    "officer_without_duty": _officer_browses,
    "untestable_access": _as_needed,
    "assignment_ended": _goes_on,
    "assignment_not_begun": _begins_early,
    "no_work_assignment": _is_curious,
}


def _burst(scene: Scene, first: Attempt, text: str, *, most: int = 4) -> Told:
    """Tell of a few like accesses within minutes."""
    return Told([first._replace(time=time) for time in scene.burst(first.time, most)], text)


def _while(scene: Scene, grant: Grant) -> int:
    """Draw a moment of the year in which a grant holds."""
    return scene.some_moment(max(grant.start, YEAR_START), min(grant.end, YEAR_END))


def _usual(scene: Scene, series: int, grant: Grant) -> tuple[str, str]:
    """Draw an action and a purpose that a grant covers."""
    action = scene.chance.choice(grant.actions or ("view", "search", "modify"))
    return action, scene.chance.choice(grant.purposes or scene.city.series[series].purposes)


def _pretext(scene: Scene, series: int) -> tuple[str, str]:
    """Draw an action, and a purpose that would be right for someone else."""
    return scene.chance.choice(["view", "search"]), scene.chance.choice(["", *scene.city.series[series].purposes])
