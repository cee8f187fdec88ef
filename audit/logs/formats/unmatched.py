"""What becomes of records that are none of a format, or that no pattern of the profile fits."""

import numpy as np

from audit.logs.profiles.language import Profile

Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]


def unmatched(fits: Flags, profile: Profile, fault: str) -> tuple[dict[int, str], Flags | None]:
    """Give the faults of records that do not fit; or, where the profile says so, which ones are passed over."""
    if profile.lines.unmatched == "pass over":
        return {}, ~fits
    return dict.fromkeys(np.flatnonzero(~fits).tolist(), fault), None
