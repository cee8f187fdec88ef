"""Whom accesses are about is masked until somebody asks for it with a purpose, which is written down as their look.

Equal subjects of one list have equal masks, so that it can still be told how many people or things they are about.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated

from fastapi import Query

from audit.finding_accesses import FindingAccess
from config.texts import compare_form

Purpose = Annotated[
    str,
    Query(
        max_length=200,
        pattern=r"^[^\x00]*$",
        description="What it is looked at for; with one, whom accesses are about is shown. It is written down.",
    ),
]


def mask_subjects(accesses: Iterable[FindingAccess], purpose: str) -> list[FindingAccess]:
    """Give accesses with their subjects where a purpose is stated, else with a mask in the place of each."""
    if purpose.strip():
        return list(accesses)
    masks, masked = dict[str, str](), list[FindingAccess]()
    for one in accesses:
        form = compare_form(one.subject)
        mask = masks.setdefault(form, f"masked {len(masks) + 1}") if form else ""
        masked.append(replace(one, subject=mask))
    return masked
