"""The filters of a list of findings, as an address states them."""

from collections.abc import Mapping
from dataclasses import fields

from audit.list_findings import FindingsFilter

_FIELDS = {one.name: one.type for one in fields(FindingsFilter)}


def asked_of(query: Mapping[str, str]) -> dict[str, str]:
    """Give what an address states of a list's filters and order; the rest is not about them."""
    return {name: text for name, text in query.items() if name in _FIELDS and text}


def read_filter(query: Mapping[str, str]) -> FindingsFilter:
    """Read the filters that an address states; one that is absent narrows nothing."""
    stated: dict[str, str | bool] = {
        name: True if _FIELDS[name] is bool else text.strip() for name, text in asked_of(query).items()
    }
    return FindingsFilter(**stated)  # type: ignore[arg-type]  # each by its field's own kind
