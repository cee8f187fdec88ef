"""What each reason of a decision means, which law it rests on, and what an official can do about it.

An access that no work assignment covers is *possible* unauthorized access (13.05 subd. 5, 13.055, 13.09): people decide
whether it was wilful or knowing. Nothing here is legal advice, and what the law says is put in our own words.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from audit.case import Verdict
from audit.rules import VERDICT_OF
from reports.sheets import Column, ColumnKind, Sheet

PROCEDURES = "Minn. Stat. 13.05 subd. 5"
BREACH = "Minn. Stat. 13.055"
PENALTIES = "Minn. Stat. 13.09"

POSSIBLE = (
    "“Possible unauthorized access” says that no work assignment on record covers the access "
    f"({PROCEDURES}; {BREACH}; {PENALTIES}). It does not say that anyone did wrong: whether an access was wilful or "
    "knowing, and for what purpose it was made, is for people to find out and to decide. "
    "“Unresolved” says that the record does not suffice to tell."
)
OTHER_GROUNDS = (
    "Another law, the consent of the data's subject or a court's order may allow an access without a work assignment: "
    "ask before concluding. This is not legal advice: have counsel confirm the law that applies to a case."
)

VERDICTS_IN_WORDS: Mapping[str, str] = {
    Verdict.AUTHORIZED: "authorized",
    Verdict.UNAUTHORIZED: "possible unauthorized access",
    Verdict.UNRESOLVED: "unresolved",
    Verdict.OUT_OF_SCOPE: "out of scope",
}


@dataclass(frozen=True)
class LegalBasis:
    """What a reason stands for.

    Args:
        in_words: The reason, as a heading or a cell has it.
        meaning: When a decision has this reason.
        basis: The law, in our words, with its citation.
        what_to_do: What an official can do.
    """

    in_words: str
    meaning: str
    basis: str
    what_to_do: str


_REACH = (
    f"{PROCEDURES}: procedures must ensure that not public data are accessible only to persons whose work assignment "
    "reasonably requires access."
)
_POSSIBLE_BREACH = (
    f"{_REACH} {BREACH} calls a person who accesses data without such an assignment an unauthorized person; whether "
    f"there was a breach depends also on the intent. {PENALTIES} has the penalties."
)
_INQUIRE = (
    "Ask the employee and the supervisor for the reason. If there was a work assignment, record it for the time to "
    "come. If there was none, consider whether the access is to be reported and investigated."
)

LEGAL_BASIS: Mapping[str, LegalBasis] = {
    "ignored": LegalBasis(
        "left out",
        "The resource is mapped to “ignore”: an official decided that it is no data of the inventory.",
        "None: it is a choice of the entity, not of the law.",
        "Look through the patterns that say “ignore” now and then: a pattern that reaches too far hides accesses.",
    ),
    "public_data": LegalBasis(
        "public data",
        "The resource is mapped to public data, or to a series whose every class is public.",
        "Minn. Stat. 13.03: government data are public unless classified otherwise; anybody may see them.",
        "Nothing, as long as the classification is right.",
    ),
    "not_employed": LegalBasis(
        "not employed then",
        "The account belongs to an employee who was outside every period of employment at that time.",
        _POSSIBLE_BREACH,
        "Close the account, and find out who used it. Check the dates of employment and of the account: "
        "a date entered late or wrong looks the same.",
    ),
    "uninventoried_resource": LegalBasis(
        "resource not in the inventory",
        "No pattern maps what was accessed to a data series, so nobody can say what data it holds.",
        "Minn. Stat. 13.025 subd. 1: the inventory describes each category of record, file or process relating to "
        "private or confidential data on individuals.",
        "Map the resource to its data series, to public data, or to “ignore”; "
        "if it holds data that the inventory lacks, add the series.",
    ),
    "shared_account": LegalBasis(
        "shared or service account",
        "The account is a shared or service account: it names nobody, so nobody's work assignment can be applied.",
        _REACH,
        "Find out from other records who used it. Give each person an account, or restrict what this one reaches.",
    ),
    "unknown_account": LegalBasis(
        "account of nobody known",
        "The account belonged to no known employee at that time.",
        _REACH,
        "Find out whose it is and record it with its dates; if it is nobody's, close it and find out who used it.",
    ),
    "assigned": LegalBasis(
        "work assignment",
        "A work assignment or temporary duty, recorded in time, covers the data, the time, the action and the purpose.",
        _REACH,
        "Nothing.",
    ),
    "officer_duty": LegalBasis(
        "specified duty of an officer",
        "The employee held a designated office, and a specified duty, recorded in time, covers the data and the time.",
        f"{PROCEDURES}: the entity's procedures name the few roles that may reach all not public data "
        "if necessary for specified duties.",
        "Nothing.",
    ),
    "backdated": LegalBasis(
        "recorded too late",
        "A grant would cover the access, but it was recorded only afterwards, and later than its kind allows.",
        _REACH,
        "Confirm with the one who granted it that the assignment was real at the time of the access. "
        "Have assignments recorded before they begin.",
    ),
    "purpose_not_described": LegalBasis(
        "purpose not described",
        "A work assignment covers the data, the time and the action, but for purposes other than the access gave.",
        f"{PROCEDURES}: not public data may be accessed only for purposes described in the procedures. {BREACH}: "
        "who accesses data for a purpose not described there is an unauthorized person, whatever the assignment. "
        f"{PENALTIES} has the penalties.",
        "Ask for the purpose. If the work requires it, describe it in the procedures and the work access. "
        "Where the log gives no purpose, see that its system asks for one.",
    ),
    "action_exceeds_assignment": LegalBasis(
        "action beyond the assignment",
        "A work assignment covers the data and the time, but not what was done with the data.",
        _POSSIBLE_BREACH,
        "Ask why it was done. If the work requires the action, add it to the work access; "
        "else take the right to it away in the system.",
    ),
    "officer_without_duty": LegalBasis(
        "officer without a specified duty",
        "The employee held a designated office, but no specified duty covers the access.",
        f"{PROCEDURES}: the entity's procedures let such roles reach not public data only "
        "if necessary for specified duties; the office alone does not suffice.",
        "Ask which duty it was for. Have officers' duties recorded before they are carried out.",
    ),
    "untestable_access": LegalBasis(
        "access text names no known holder",
        "The inventory grants the series to somebody whom the record cannot name, such as “certain employees on an "
        "as-needed basis”: nobody can tell whether this employee is meant.",
        _REACH,
        "Resolve that part of the work access text to positions, departments or employees, "
        "or dismiss it as adding nobody; then audit again.",
    ),
    "assignment_ended": LegalBasis(
        "assignment ended",
        "A work assignment to this series had ended by the time of the access.",
        _POSSIBLE_BREACH,
        f"{_INQUIRE} See that systems take access away when an assignment ends.",
    ),
    "assignment_not_begun": LegalBasis(
        "assignment not begun",
        "A work assignment to this series begins only after the access.",
        _POSSIBLE_BREACH,
        f"{_INQUIRE} See that systems give access only when an assignment begins.",
    ),
    "no_work_assignment": LegalBasis(
        "no work assignment",
        "No work assignment of this employee has ever covered the series.",
        _POSSIBLE_BREACH,
        _INQUIRE,
    ),
}


def legal_basis_sheet() -> Sheet:
    """Lay out the reasons in the order in which they are tried, each with its meaning, law and remedy."""
    return Sheet(
        title="Legal basis",
        heading="What the reasons mean, and the law they rest on",
        notes=[POSSIBLE, OTHER_GROUNDS],
        columns=[
            Column("Reason", 20, ColumnKind.WRAPPED),
            Column("In decisions", 23),
            Column("Verdict", 18, ColumnKind.WRAPPED),
            Column("What it means", 33, ColumnKind.WRAPPED),
            Column("Legal basis", 40, ColumnKind.WRAPPED),
            Column("What an official can do", 38, ColumnKind.WRAPPED),
        ],
        rows=[
            (one.in_words, reason, VERDICTS_IN_WORDS[VERDICT_OF[reason]], one.meaning, one.basis, one.what_to_do)
            for reason, one in LEGAL_BASIS.items()
        ],
        empty="",
    )
