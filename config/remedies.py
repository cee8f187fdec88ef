"""What to do about a refusal: a code that each door puts into words, as an option, a button or a field of its own."""

from dataclasses import dataclass
from enum import Enum, auto


class Advice(Enum):
    """What can be done. Where the wording needs a name, the comment says which one `Remedy.about` gives."""

    SET_UP_ENTITY = auto()
    NAME_ENTITY = auto()
    KEEP_NAME = auto()
    OTHER_DATA_FOLDER = auto()
    PERMIT_DATA_FOLDER = auto()
    BRING_BACK_DATABASE = auto()
    OTHER_DATABASE = auto()
    CHECK_SERVER = auto()
    MAKE_OWNER = auto()
    RAISE_MEMORY_LIMIT = auto()
    SKIP_BAD_ROWS = auto()
    NAME_REJECTS = auto()
    SAY_YES = auto()
    REMOVE_DUE = auto()
    MEAN_IT = auto()
    GIVE_AS_OF = auto()
    UNDO_IMPORT = auto()  # its number
    SKIP_OR_REPLACE = auto()
    REPLACE_OLDER = auto()
    MAKE_WHOLE = auto()
    RESOLVE_PART = auto()
    LIST_IMPORTS = auto()
    WITHDRAW_BY_TEXT = auto()  # the series' code
    WRITE_MAPPING = auto()
    MAP_HEADING = auto()  # our column
    LEAVE_OUT = auto()  # the field of the request
    LIST_FINDINGS = auto()
    GIVE_STATUS_OR_NOTE = auto()
    GIVE_NOTE = auto()
    GIVE_REASON = auto()
    GIVE_OWNER_AND_END = auto()
    GIVE_CASE = auto()
    OPEN_AGAIN = auto()
    LATER_END = auto()
    GIVE_FORMAT = auto()  # the format
    ADD_SOURCE = auto()
    SET_SOURCE = auto()  # the source's name
    GIVE_PROFILE = auto()
    AUDIT_AGAIN = auto()
    EXPORT_REJECTS = auto()  # the source's name
    INSTALL_SPARK = auto()
    INSTALL_JAVA = auto()
    CHECK_SPARK = auto()
    REPLACE_WITH_BACKUP = auto()


@dataclass(frozen=True)
class Remedy:
    """What to do about one refusal.

    Args:
        about: The name that the wording needs, such as a column's; empty where it needs none.
    """

    advice: Advice
    about: str = ""
