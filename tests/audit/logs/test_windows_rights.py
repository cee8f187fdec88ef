"""What the rights that Windows writes of an access mean, as codes or as a mask, in all profiles of its events."""

from contextlib import closing

import duckdb

from audit.logs.profiles.reading import known_profile, shipped_profiles
from audit.logs.profiles.word_meanings import meanings_of

MEANT = {
    "4663 %%4416": "view",
    "4663 %%4417\r\n\t\t\t\t%%4418": "modify",
    "4663 %%1537": "delete",
    "5145 %%1537 %%4416": "view",  # what was asked for; nobody deleted
    "4662 %%7688": "other",
    "4657 -": "modify",
    "4663 0x1": "view",
    "4663 0x80": "view",
    "4663 0x20000": "view",
    "4663 0x2": "modify",
    "4663 0x6": "modify",
    "4663 0x100": "modify",
    "4663 0x40000": "modify",
    "4663 0x40": "delete",
    "4663 0x10000": "delete",
    "5145 0x120089": "view",
    "5145 0x12019f": "modify",
    "4662 0x1": "create",
    "4662 0x10": "view",
    "4662 0x20": "modify",
    "4662 0x40": "delete",
    "4662 0x100": "other",
}


def test_the_rights_of_an_access_are_read_the_same_way_whatever_shipped_the_event() -> None:
    names = [name for name in shipped_profiles() if name.startswith("windows-") and "sign-ins" not in name]
    profiles = [known_profile(shipped_profiles()[name], name) for name in names]

    assert len(names) == 8
    assert all(profile.actions == profiles[0].actions for profile in profiles)
    with closing(duckdb.connect()) as connection:
        mean = meanings_of(profiles[0], connection)["action"]
        assert dict(zip(MEANT, mean(list(MEANT)), strict=True)) == MEANT
