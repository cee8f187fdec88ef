"""What each column of each kind of file means, for people: told in help, in templates and in docs/files.md."""

from collections.abc import Mapping
from dataclasses import dataclass

from access.import_kinds import IMPORT_KINDS
from access.import_officers import OFFICES
from access.import_work_access import HOLDER_TYPES
from access.purpose_map import PurposeMatch
from access.rules import ACTIONS
from config.tables.kind import OurColumn

_DATE = "A date, such as 2025-03-01"
_RECORDED = "When it was first written down, where that was before it came here; an instant or a date"
_CLASSES = ("public", "private", "confidential", "nonpublic", "protected nonpublic")


@dataclass(frozen=True)
class Meaning:
    """What a column means.

    Args:
        text: A sentence without its full stop.
        example: A cell of it.
        choices: Words among which a cell's is; none = any text.
        several: A cell may hold several of them, parted by `;`.
    """

    text: str
    example: str
    choices: tuple[str, ...] = ()
    several: bool = False

    @property
    def words(self) -> str:
        """The words among which a cell's is, as a sentence with a blank before it; empty where there are none."""
        if not self.choices:
            return ""
        return f" {'Words' if self.several else 'One of'}: {', '.join(self.choices)}."


@dataclass(frozen=True)
class DescribedColumn:
    """A column of a kind, with what it means."""

    column: OurColumn
    meaning: Meaning

    @property
    def needed(self) -> str:
        """Whether a file must have it and each row must fill it, in a word or two."""
        if not self.column.needed:
            return "may be empty"
        return f"needed, or {self.column.unless}" if self.column.unless else "needed"


def described_columns(kind: str) -> list[DescribedColumn]:
    """Give the columns of a kind of file, in the order in which a template has them."""
    meanings = _MEANINGS[kind]
    return [DescribedColumn(column, meanings[column.name]) for column in IMPORT_KINDS[kind].columns]


def columns_in_words(kind: str) -> str:
    """Name the columns of a kind of file, a paragraph for each with what it means."""
    lines = [
        f"{one.column.name} ({one.needed}): {one.meaning.text}.{one.meaning.words}" for one in described_columns(kind)
    ]
    return "\n\n".join(["Columns, in any order:", *lines])


_EMPLOYEE = Meaning("The employee's id, as the employees file has it", "E204")
_POSITION = Meaning("The position's code; leading zeros count", "P-0417")
_TITLE = Meaning("The job's title", "Records Clerk")
_DEPARTMENT = Meaning("The department, spelt the same everywhere", "Police")
_NAME = Meaning("The person's full name", "Ann Olson")
_EMAIL = Meaning("The person's e-mail address at work", "ann.olson@springfield.example")
_MANAGER = Meaning("The employee id of the person's manager; nobody is their own", "E007")
_HIRED = Meaning(f"First day of employment. {_DATE}; a rehire is a second row", "2019-08-05")
_SERIES = Meaning("The data series: its code, or its exact name", "POL-030")
_ACTIONS = Meaning(
    "What may be done: words parted by ;, or * for anything. Rows of another set of actions are further access",
    "view;search",
    ("*", *ACTIONS[:-1]),
    several=True,
)
_PURPOSES = Meaning("What for: purposes parted by ;. Empty or * = any", "case work;audit")
_START = Meaning(f"First day. {_DATE}", "2025-03-01")
_START_OR_ALWAYS = Meaning(f"First day. {_DATE}; empty = always", "2025-03-01")
_END = Meaning(f"Last day, which counts. {_DATE}; empty = without an end", "2025-12-31")
_FROM = Meaning(f"First day or first moment. {_DATE}, or an instant", "2025-03-01T08:00:00-06:00")
_TO = Meaning(f"Last day, which counts, or the moment at which it ends. {_DATE}, or an instant", "2025-03-31")
_RECORDED_AT = Meaning(_RECORDED, "2025-02-27")
_SYSTEM = Meaning("The system, named as its source of logs names it", "cad")
_MEANINGS: Mapping[str, Mapping[str, Meaning]] = {
    "inventory": {
        "name": Meaning("Name of the record, file, process, form or data type", "Arrest reports"),
        "description": Meaning("What it holds", "Reports of arrests and the persons named in them"),
        "classification": Meaning(
            "Its classes; the cell is kept as written, and each class is read", "private", _CLASSES, several=True
        ),
        "citation": Meaning("The statute or rule behind each class", "Minn. Stat. 13.82"),
        "work_access": Meaning(
            "Who may reach it: departments, titles, codes or names, parted by ;", "Records Clerk; Police Chief"
        ),
        "code": Meaning("A short code that stays; made from the name where empty", "POL-030"),
        "department": _DEPARTMENT,
        "systems": Meaning("The systems that hold it", "cad; records"),
        "retention": Meaning("How long it is kept", "10 years"),
        "purpose": Meaning("What it is collected for", "Law enforcement"),
        "retired": Meaning(f"The day from which on it is no longer kept. {_DATE}", "2025-12-31"),
    },
    "positions": {"position_code": _POSITION, "title": _TITLE, "department": _DEPARTMENT},
    "employees": {
        "employee_id": Meaning("The id by which all files name the employee; leading zeros count", "E204"),
        "name": _NAME,
        "email": _EMAIL,
        "manager_id": _MANAGER,
        "hire_date": _HIRED,
        "separation_date": Meaning(f"Last day of employment, which counts. {_DATE}", "2025-06-30"),
    },
    "assignments": {
        "employee_id": _EMPLOYEE,
        "position_code": _POSITION,
        "start_date": _START,
        "end_date": _END,
        "recorded_at": _RECORDED_AT,
    },
    "roster": {
        "employee_id": Meaning("The employee's id; where a roster has none, the name stands for the person", "E204"),
        "name": _NAME,
        "last_name": Meaning("Last name, where the roster parts names", "Olson"),
        "suffix": Meaning("Such as Jr., where the roster parts names", "Jr."),
        "first_name": Meaning("First name, where the roster parts names", "Ann"),
        "middle_name": Meaning("Middle name, where the roster parts names", "Marie"),
        "title": _TITLE,
        "department": _DEPARTMENT,
        "hire_date": Meaning(f"First day of employment; of who came back, the newest one. {_DATE}", "2019-08-05"),
        "email": _EMAIL,
        "manager_id": _MANAGER,
    },
    "accounts": {
        "system": _SYSTEM,
        "login": Meaning("The login, with or without its domain", "aolson"),
        "employee_id": Meaning("Whose it is; empty for a shared or service account", "E204"),
        "kind": Meaning("What kind of account; empty = personal", "personal", ("personal", "shared", "service")),
        "start": Meaning(f"First day. {_DATE}, or an instant; empty = always", "2019-08-05"),
        "end": Meaning(f"Last day, which counts. {_DATE}, or an instant; empty = without an end", "2025-06-30"),
    },
    "work-access": {
        "series": _SERIES,
        "holder_type": Meaning("What kind of holder", "position", HOLDER_TYPES),
        "holder": Meaning("The position's code, the department, or the employee's id; empty for everyone", "P-0417"),
        "actions": _ACTIONS,
        "purposes": _PURPOSES,
        "start_date": _START_OR_ALWAYS,
        "end_date": _END,
        "authority": Meaning("Where it is written down", "Job description of 2024"),
        "recorded_at": _RECORDED_AT,
    },
    "temporary-duties": {
        "employee_id": _EMPLOYEE,
        "series": _SERIES,
        "actions": _ACTIONS,
        "purposes": _PURPOSES,
        "start": _FROM,
        "end": _TO,
        "granted_by": Meaning("The manager who granted it: an employee id or a name", "E007"),
        "reason": Meaning("Why it was granted", "Covers for a colleague on leave"),
        "recorded_at": _RECORDED_AT,
        "revoked_at": Meaning("When it was revoked before its end; an instant or a date", "2025-03-15T12:00:00-05:00"),
    },
    "officers": {
        "office": Meaning("The designated office", "compliance_official", OFFICES),
        "employee_id": _EMPLOYEE,
        "start": Meaning(f"First day in office. {_DATE}, or an instant", "2024-01-01"),
        "end": Meaning(f"Last day in office, which counts. {_DATE}, or an instant; empty = without an end", ""),
    },
    "officer-duties": {
        "employee_id": Meaning("The officer's employee id", "E007"),
        "series": Meaning("The data series: its code or exact name; * for all", "POL-030"),
        "duty": Meaning("The specified duty", "Answer the data request of 3 March 2025"),
        "start": _FROM,
        "end": _TO,
        "recorded_at": _RECORDED_AT,
    },
    "resources": {
        "system": _SYSTEM,
        "pattern": Meaning("What the log calls it; * stands for any letters, ? for one", "reports/arrest/*"),
        "series": Meaning("Its data series: code or exact name; or public, or ignore", "POL-030"),
    },
    "purposes": {
        "source": Meaning("The source of logs, by its name", "cad"),
        "typed": Meaning("What people type; in a pattern * stands for any letters, ? for one", "crim inv*"),
        "match": Meaning("Whether that is the whole text or a pattern; empty = text", "pattern", tuple(PurposeMatch)),
        "purpose": Meaning("The purpose that it means, as work access lists it", "criminal investigation"),
    },
    "cases": {
        "case_number": Meaning("The case's number, as people give it", "25-001234"),
        "system": Meaning("The system whose logs name it; empty = those of any", "cad"),
        "opened": Meaning(f"First day. {_DATE}, or an instant; empty = always", "2025-03-01"),
        "closed": Meaning(f"Last day, which counts. {_DATE}, or an instant; empty = still open", ""),
    },
    "trainings": {
        "employee_id": Meaning("Whose training it is", "E1001"),
        "training": Meaning("What it is called; each completion of it is a row", "CJIS security awareness"),
        "completed": Meaning(f"The day on which it was completed. {_DATE}", "2025-03-01"),
        "expires": Meaning(f"The last day on which it counts. {_DATE}; empty = it does not expire", "2027-02-28"),
    },
}
