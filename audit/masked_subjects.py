"""Whom accesses are about is masked until somebody asks for it with a purpose, which is written down as their look.

Equal subjects of one list have equal masks, so that it can still be told how many people or things they are about. A
resource, a purpose or a case number in which an access's own subject stands has the mask there as well; such a text is
given in its compare form. What in a typed purpose looks like a licence plate or a date of birth is masked likewise.
What a log says of people elsewhere nobody can tell.
"""

import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from audit.finding_accesses import FindingAccess
from audit.personal_texts import MASK, PERSONAL, mask_personal
from config.bulk import text_sql
from config.texts import compare_form

if TYPE_CHECKING:
    import duckdb

    from audit.read_finding import FindingDetails

# The same in Python and in SQL: not a part of a longer word or number.
_ALONE = r"(?<![^\W_]){}(?![^\W_])"
_BEFORE, _BEHIND = r"(^|[^\p{L}\p{N}])", r"($|[^\p{L}\p{N}])"
_LETTERS = 12  # 48 bits: among millions of subjects no two have one mask


def mask_subjects(details: "FindingDetails") -> "FindingDetails":
    """Give what is known of a finding, with masks in its accesses."""
    accesses = details.accesses
    return replace(details, accesses=replace(accesses, first=tuple(_masked(accesses.first))))


def _masked(accesses: Iterable[FindingAccess]) -> Iterator[FindingAccess]:
    masks = dict[str, str]()
    for one in accesses:
        form = compare_form(one.subject)
        mask = masks.setdefault(form, f"masked {len(masks) + 1}") if form else ""
        yield replace(
            one,
            resource=hide(one.resource, form, mask),
            purpose=mask_personal(hide(one.purpose, form, mask)),
            typed=mask_personal(hide(one.typed, form, mask)),
            case_number=hide(one.case_number, form, mask),
            subject=mask,
        )


def hide(text: str, form: str, mask: str) -> str:
    """Give a text with a mask wherever a subject stands in it.

    Args:
        form: The subject in its compare form; empty = none.
    """
    shown = compare_form(text) if form else ""
    if not form or form not in shown:
        return text
    hidden, places = re.subn(_ALONE.format(re.escape(form)), lambda _: mask, shown)
    return hidden if places else text


def offer_masks(connection: "duckdb.DuckDBPyConnection") -> None:
    """Make `masked(subject)` and `hide(text, form, mask)` known to a connection that knows `compare_form`.

    Masks of one connection are told apart by a secret of its own, as there may be more subjects than can be numbered.
    """
    key = text_sql(secrets.token_hex(16))
    pattern = f"'{_BEFORE}' || regexp_escape(form) || '{_BEHIND}'"
    # twice, as two places that one letter parts cannot both be found at once
    once = f"regexp_replace(compare_form(text), {pattern}, '\\1' || mask || '\\2', 'g')"
    connection.execute(f"""
        CREATE OR REPLACE MACRO masked(subject) AS
            CASE WHEN subject <> '' THEN 'masked ' || left(sha256({key} || compare_form(subject)), {_LETTERS}) END;
        CREATE OR REPLACE MACRO hide(text, form, mask) AS CASE
            WHEN form <> '' AND contains(compare_form(text), form) AND regexp_matches(compare_form(text), {pattern})
            THEN regexp_replace({once}, {pattern}, '\\1' || mask || '\\2', 'g')
            ELSE text
        END
    """)


def masked_rows(rows: str) -> str:
    """Give the SQL of rows of accesses with masks, given the SQL of the rows: a table, or a query in brackets."""
    purpose = "hide(purpose, subject_form, subject_mask)"
    told = {
        "subject": "subject_mask",
        "resource": "hide(resource, subject_form, subject_mask)",
        "purpose": f"regexp_replace({purpose}, {text_sql(PERSONAL)}, {text_sql(MASK)}, 'gi')",
    }
    masked = ", ".join(f"{value} AS {name}" for name, value in told.items())
    return (
        f"(SELECT * EXCLUDE (subject_form, subject_mask) REPLACE ({masked}) FROM "  # noqa: S608 - our own names
        f"(SELECT *, compare_form(subject) AS subject_form, masked(subject) AS subject_mask FROM {rows}))"
    )
