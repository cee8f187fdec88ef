"""What people typed as their reason may hold a plate or a date of birth: in lists it is masked."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.list_unmapped import Unmapped, UnmappedName
from audit.personal_texts import mask_personal
from config.looks import let_in_also, looked_for


def shown_for(unmapped: Unmapped, kind: str, purpose: str) -> Unmapped:
    """Give what maps to nothing as it is shown to who stated a purpose, which is then written down as a look.

    Args:
        kind: The kind of names that is shown.
        purpose: What it is looked at for; empty = typed texts that may tell of a person are masked.
    """
    if purpose.strip() and kind == "purposes":
        looked_for(purpose)
        let_in_also("events")
        return unmapped
    return replace(unmapped, purposes=list(_masked(unmapped.purposes)))


def _masked(purposes: Sequence[UnmappedName]) -> Iterator[UnmappedName]:
    for one in purposes:
        shown = mask_personal(one.name)
        yield one if shown == one.name else replace(one, name=shown, is_masked=True)
