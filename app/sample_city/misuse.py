"""Plants misuse and gaps among the accesses: each reason for a finding, in stories of a few accesses each."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np

from app.sample_city.account_stories import ACCOUNT_STORIES, Use
from app.sample_city.city import Account, City
from app.sample_city.grant_stories import GRANT_STORIES, Told
from app.sample_city.permits import workstation_of
from app.sample_city.resources import place_of
from app.sample_city.roster_stories import ROSTER_STORIES
from app.sample_city.scene import Scene
from app.sample_city.words import ACCESS, Accesses, Words
from app.sample_city.year import YEAR_END, YEAR_START
from config.errors import Invalid

REASONS = (*ACCOUNT_STORIES, *GRANT_STORIES)
VERDICTS = {
    "not_employed": "unauthorized",
    "purpose_not_described": "unauthorized",
    "action_exceeds_assignment": "unauthorized",
    "assignment_ended": "unauthorized",
    "assignment_not_begun": "unauthorized",
    "no_work_assignment": "unauthorized",
    "uninventoried_resource": "unresolved",
    "shared_account": "unresolved",
    "unknown_account": "unresolved",
    "backdated": "unresolved",
    "officer_without_duty": "unresolved",
    "untestable_access": "unresolved",
}
_ATTEMPTS = 3_000


class Planted(NamedTuple):
    """One access that is not in order, and what is to be found out about it."""

    time: int
    account: Account
    place: str
    action: str
    purpose: str
    subject: int
    item: int
    reason: str
    story: str


def plant_misuse(scene: Scene, words: Words, count: int) -> list[Planted]:
    """Tell stories until there are `count` accesses that are not in order, as many for each reason as can be.

    Raises:
        Invalid: The city is too small for one of the stories.
    """
    planted: list[Planted] = []
    for number, reason in enumerate(REASONS):
        quota = (count + len(REASONS) - 1 - number) // len(REASONS)
        told = list(islice(_tell(scene, words, reason, quota), quota))
        if len(told) < quota:
            raise Invalid(f"The sample city is too small for stories of '{reason}'; ask for more employees or duties.")
        planted += told
    return sorted(planted, key=lambda access: access.time)


def as_accesses(city: City, planted: Sequence[Planted], words: Words) -> Accesses:
    """Write planted accesses as the logs' writer takes them; each one's story is its number."""
    number = words.number
    rows = [
        (
            one.time,
            one.account.system,
            number(one.account.logged[0]),
            number(one.place),
            one.item,
            number(one.action),
            one.subject,
            number(one.purpose),
            number(workstation_of(city, one.account)),
            story,
        )
        for story, one in enumerate(planted)
    ]
    return np.array(rows, dtype=ACCESS)


def _tell(scene: Scene, words: Words, reason: str, quota: int) -> Iterator[Planted]:
    """Tell story after story; what is drawn in vain is drawn anew."""
    for told in _stories(scene, reason, _ATTEMPTS + 50 * quota):
        story = (
            _by_login(scene, words, reason, told) if isinstance(told, Use) else _by_grant(scene, words, reason, told)
        )
        for one in story:
            if YEAR_START <= one.time < YEAR_END and scene.read_as_meant(one.account.system, one.time):
                yield one


def _stories(scene: Scene, reason: str, most: int) -> Iterator[Use | Told]:
    """Give what logins are used for, or what employees try: first what only a later roster shows to be amiss."""
    if reason in ROSTER_STORIES:
        yield from ROSTER_STORIES[reason](scene)
    for _ in range(most):
        yield ACCOUNT_STORIES[reason](scene) if reason in ACCOUNT_STORIES else GRANT_STORIES[reason](scene)


def _by_login(scene: Scene, words: Words, reason: str, use: Use) -> Iterator[Planted]:
    system = scene.city.systems[use.account.system]
    place = system.unlisted if use.series is None else place_of(scene.city, use.account.system, use.series)
    action = system.actions[scene.chance.choice(["view", "search", "print"])]
    subject = _subject(scene, words, use.series)
    for time in use.times:
        yield Planted(time, use.account, place, action, "", subject, _item(scene, words), reason, use.text)


def _by_grant(scene: Scene, words: Words, reason: str, told: Told) -> Iterator[Planted]:
    subject = _subject(scene, words, told.attempts[0].series)
    for one in told.attempts:
        account = scene.login_for(one.employee, one.series, one.time)
        if account and scene.reason_for(one) == reason:
            place = place_of(scene.city, account.system, one.series)
            action = scene.city.systems[account.system].actions[one.action]
            item = _item(scene, words)
            yield Planted(one.time, account, place, action, one.purpose, subject, item, reason, told.text)


def _subject(scene: Scene, words: Words, series: int | None) -> int:
    first, count = words.subjects["none" if series is None else scene.city.series[series].subject]
    return first + scene.chance.randrange(count)


def _item(scene: Scene, words: Words) -> int:
    first, count = words.items
    return first + scene.chance.randrange(count)
