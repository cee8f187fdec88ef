"""The own texts of some records of a log, which is read once more for them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from audit.logs.formats import open_log
from audit.logs.profiles.language import Profile


def record_texts(profile: Profile, path: Path, place: Path, records: Sequence[int]) -> Iterator[dict[int, str]]:
    """Give the text of some records by their ordinals, batch by batch; a log is read as far as they reach.

    Args:
        place: The folder in which it is unpacked, where it must be.
        records: In their order, from 1.
    """
    if not records:
        return
    before = 0
    for batch in open_log(path, profile, place)[1].batches():
        after = before + batch.rows.num_rows
        wanted = [one for one in records if before < one <= after]
        yield dict(zip(wanted, batch.texts([one - before - 1 for one in wanted]), strict=True))
        before = after
        if before >= records[-1]:
            return
