"""Periods that written rules name for trails of accesses: suggestions with what they rest on, never entered by itself.

The general schedules that we could read have no series for access logs; so no code is suggested.
"""

from dataclasses import dataclass

NO_CODE = (
    "Government data may be destroyed only under an approved schedule or application (Minn. Stat. 138.17). No code for "
    "access logs is known to this program: enter that of your own schedule."
)


@dataclass(frozen=True)
class SuggestedPeriod:
    """A period, for what it is stated, and where."""

    period: str
    of: str
    citation: str


SUGGESTED = (
    SuggestedPeriod(
        "6 years",
        "every access to driver and vehicle data of which the city keeps a copy",
        "BCA joint powers agreement, clause 2.11",
    ),
    SuggestedPeriod("1 year", "audit records of criminal justice information", "CJIS Security Policy 5.9.5, AU-11"),
    SuggestedPeriod(
        "5 years, or the life of the data where that is longer", "accounting of disclosures", "NIST SP 800-53, PM-21"
    ),
)
