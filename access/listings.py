"""What can be listed of the record: each kind with its columns, and where its rows are read.

Columns are named as in the files that are imported, so that what is listed can be corrected and imported again.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from access.list_reading import Reading, grants, imports, rows_of, unread_texts


class Cell(Enum):
    """How a column's cell is made of a row."""

    TEXT = auto()
    START = auto()  # the first day of a period, or its first instant
    END = auto()  # the last day of a period, or the instant at which it ends
    EMPLOYEE = auto()  # the name behind an employee's id
    POSITION = auto()  # the title behind a position's code
    SERIES = auto()  # the name behind a series' code


@dataclass(frozen=True)
class ListedColumn:
    """A column of a listing.

    Args:
        name: Its heading.
        field: The row's; the heading where empty.
    """

    name: str
    field: str = ""
    cell: Cell = Cell.TEXT


@dataclass(frozen=True)
class Listing:
    """A kind of rows that can be listed.

    Args:
        about: What its rows are, in a few words.
        rows: Reads them, in a stated order.
        grant: What a grant's id begins with, where a row is a grant, or may be withdrawn as one is: `withdraw` and
            `explain` name it so.
        named: The heading of the ids.
    """

    about: str
    columns: tuple[ListedColumn, ...]
    rows: Callable[[Reading], Iterable[Any]]
    grant: str = ""
    named: str = "grant"


def _texts(*names: str) -> tuple[ListedColumn, ...]:
    return tuple(map(ListedColumn, names))


_NAME = ListedColumn("name", "employee_id", Cell.EMPLOYEE)
_SERIES_NAME = ListedColumn("series_name", "series", Cell.SERIES)
_DATES = (ListedColumn("start_date", "start", Cell.START), ListedColumn("end_date", "end", Cell.END))
_PERIOD = (ListedColumn("start", cell=Cell.START), ListedColumn("end", cell=Cell.END))
LISTINGS: Mapping[str, Listing] = {
    "positions": Listing("jobs", _texts("position_code", "title", "department"), rows_of("access.models:Position")),
    "employees": Listing(
        "everyone who works here or did",
        (*_texts("employee_id", "name", "email", "manager_id"), ListedColumn("manager", "manager_id", Cell.EMPLOYEE)),
        rows_of("access.models:Employee"),
    ),
    "employments": Listing(
        "who is employed",
        (
            *_texts("employee_id"),
            *(_NAME, ListedColumn("hire_date", "start", Cell.START), ListedColumn("separation_date", "end", Cell.END)),
        ),
        rows_of("access.models:Employment"),
    ),
    "assignments": Listing(
        "who holds which position",
        (
            *_texts("employee_id", "position_code"),
            *_DATES,
            _NAME,
            ListedColumn("title", "position_code", Cell.POSITION),
        ),
        rows_of("access.models:Assignment"),
    ),
    "series": Listing(
        "the data series of the inventory",
        (
            *_texts("code", "name", "department", "classes", "citations", "work_access_text"),
            ListedColumn("retired", cell=Cell.START),
        ),
        rows_of("inventory.models:DataSeries"),
    ),
    "accounts": Listing(
        "logins, and whose they are",
        (*_texts("system", "login", "employee_id", "kind"), *_PERIOD, _NAME),
        rows_of("access.models:Account"),
    ),
    "work-access": Listing(
        "what work assignments require",
        (
            *_texts("series", "holder_type", "holder", "actions", "purposes"),
            *_DATES,
            *_texts("authority"),
            _SERIES_NAME,
        ),
        rows_of("access.models:WorkAccess"),
        grant="work-access",
    ),
    "temporary-duties": Listing(
        "what managers assigned for a time",
        (
            *_texts("employee_id", "series", "actions", "purposes"),
            *(*_PERIOD, ListedColumn("revoked_at", cell=Cell.START)),
            *(*_texts("granted_by", "reason"), _NAME, _SERIES_NAME),
        ),
        rows_of("access.models:TemporaryDuty"),
        grant="temporary-duty",
    ),
    "officers": Listing(
        "who holds a designated office",
        (*_texts("office", "employee_id"), *_PERIOD, _NAME),
        rows_of("access.models:Officer"),
    ),
    "officer-duties": Listing(
        "specified duties of designated officers",
        (*_texts("employee_id", "series", "duty"), *_PERIOD, _NAME, _SERIES_NAME),
        rows_of("access.models:OfficerDuty"),
        grant="officer-duty",
    ),
    "resources": Listing(
        "what systems hold, and which series it is",
        (*_texts("system", "pattern", "series"), _SERIES_NAME),
        rows_of("inventory.models:ResourcePattern"),
    ),
    "purposes": Listing(
        "what people type as their reason, and which purpose it means",
        _texts("source", "typed", "match", "purpose"),
        rows_of("access.models:PurposeMeaning"),
        grant="purpose",
        named="id",
    ),
    "cases": Listing(
        "cases, by which the numbers in reasons are known",
        (
            *_texts("case_number", "system"),
            *(ListedColumn("opened", "start", Cell.START), ListedColumn("closed", "end", Cell.END)),
        ),
        rows_of("access.models:ListedCase"),
    ),
    "trainings": Listing(
        "trainings that employees completed, while they count",
        (
            *_texts("employee_id", "training"),
            *(ListedColumn("completed", "start", Cell.START), ListedColumn("expires", "end", Cell.END)),
            _NAME,
        ),
        rows_of("access.models:Training"),
    ),
    "grants": Listing(
        "who may reach what by all of these, resolved",
        (
            *_texts("grant", "employee_id", "series", "kind", "through", "actions", "purposes"),
            *(*_PERIOD, *_texts("authority"), _NAME, _SERIES_NAME),
        ),
        grants,
    ),
    "texts": Listing(
        "parts of work access texts that name no known holder, to be resolved",
        (*_texts("series", "part"), _SERIES_NAME),
        unread_texts,
    ),
    "imports": Listing(
        "every import that was applied by then",
        (
            *_texts("number", "kind", "file_name"),
            ListedColumn("applied_at", cell=Cell.START),
            *_texts("applied_by", "receipt", "undoes"),
        ),
        imports,
    ),
}
