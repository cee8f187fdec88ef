"""What the user asks of an import beyond the file itself; each kind says which of it means something to it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from config.errors import Invalid
from config.remedies import Advice, Remedy


class Option(StrEnum):
    """An option of an import that not every kind takes."""

    REPLACE = "replace"
    AS_OF = "as_of"
    PARTIAL = "partial"
    YES = "yes"


@dataclass(frozen=True)
class ImportOptions:
    """What the user asks of an import.

    Args:
        replace: The file is the whole truth about each subject that it names: what else stands of it is withdrawn.
        as_of: The day on which the file was complete.
        partial: The file does not hold everybody: nobody is missing from it.
        yes: The import is meant, however much it changes.
    """

    replace: bool = False
    as_of: date | None = None
    partial: bool = False
    yes: bool = False


AS_IT_IS = ImportOptions()

_MEANINGLESS = {
    Option.REPLACE: "each of its rows is the whole truth about what it names already",
    Option.AS_OF: "its rows say themselves from when on they hold",
    Option.PARTIAL: "nothing is ended there by being missing from a file",
    Option.YES: "none is refused for how much it changes",
}


def refuse_meaningless(kind: str, taken: frozenset[Option], options: ImportOptions) -> None:
    """Refuse an option that means nothing to a kind of import: whoever gives it expects it to do something.

    Raises:
        Invalid: There is such an option.
    """
    for option in Option:
        if getattr(options, option) and option not in taken:
            raise Invalid(
                f"For {kind.replace('-', ' ')} this option means nothing: {_MEANINGLESS[option]}.",
                remedy=Remedy(Advice.LEAVE_OUT, about=option),
            )
