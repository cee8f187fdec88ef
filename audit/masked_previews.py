"""Previews of logs that were sent, without whom their accesses are about."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from audit.masked_subjects import hide
from audit.personal_texts import mask_personal
from audit.stage_logs import LogPreview
from config.texts import compare_form


def mask_previews(previews: Sequence[LogPreview]) -> tuple[LogPreview, ...]:
    """Give previews with a mask in the place of each subject, and without records as their log has them.

    A log may say of people in any place of a record, so that nothing of it can be shown as it is.
    """
    masks = dict[str, str]()
    return tuple(
        replace(
            one, records=tuple(replace(record, raw="", fields=_masked(record.fields, masks)) for record in one.records)
        )
        for one in previews
    )


def _masked(fields: Mapping[str, str], masks: dict[str, str]) -> dict[str, str]:
    form = compare_form(fields["subject"])
    mask = masks.setdefault(form, f"masked {len(masks) + 1}") if form else ""
    return {
        **fields,
        "subject": mask,
        "resource": hide(fields["resource"], form, mask),
        "purpose": mask_personal(hide(fields["purpose"], form, mask)),
    }
