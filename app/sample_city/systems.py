"""The city's computer systems, each with its own way of writing logins, resources and actions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

DOMAIN = "otterprairie.example"
CANONICAL_ACTIONS = ("view", "search", "create", "modify", "delete", "print", "export", "share", "other")


@dataclass(frozen=True)
class System:
    """A source of access logs.

    Args:
        name: The system's name in the accounts and resources files.
        log_name: The name of its log file, which also tells whether it is compressed.
        shape: How the log is laid out: `canonical`, `own_headings` or `json_lines`.
        clock: How the log writes times: `local` (no offset), `offset` or `utc`.
        login: How the accounts file writes a login, of `login` and `employee_id`.
        logged_login: How the log writes that login, of `account`.
        resource: How the log begins a resource, of `department`, `series` (names) and their slugs.
        actions: Canonical action to the log's own word.
        ignored: The beginning of resources that are no government data, such as signing in.
        unlisted: The beginning of resources that nobody has mapped to a series.
        cadence: On which days it has accesses.
    """

    name: str
    log_name: str
    shape: str
    clock: str
    login: str
    logged_login: str
    resource: str
    actions: Mapping[str, str]
    ignored: str
    unlisted: str
    cadence: str = "workdays"

    def account(self, login: str, employee_id: str) -> str:
        """Write a login as the accounts file does."""
        return self.login.format(login=login, employee_id=employee_id)

    def logged(self, account: str) -> tuple[str, ...]:
        """Give the ways in which the log writes an account; all of them mean the same."""
        return tuple(self.logged_login.format(account=text) for text in (account, account.upper(), account.title()))

    def place(self, department: str, series: str) -> str:
        """Give the beginning of the resources of a series."""
        return self.resource.format(
            department=department, series=series, department_slug=_slug(department), series_slug=_slug(series)
        )


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")


_SAME = {action: action for action in CANONICAL_ACTIONS}

FIVE_SYSTEMS = (
    System(
        name="records",
        log_name="records.csv",
        shape="canonical",
        clock="local",
        login="{login}",
        logged_login="OTTERPRAIRIE\\{account}",
        resource="RMS/{department_slug}/{series_slug}/",
        actions=_SAME,
        ignored="RMS/session/",
        unlisted="RMS/camera_trial/",
        cadence="daily",
    ),
    System(
        name="hris",
        log_name="hris.csv",
        shape="canonical",
        clock="utc",
        login="{employee_id}",
        logged_login="{account}",
        resource="hris.{series_slug}:",
        actions=_SAME,
        ignored="hris.sign_in:",
        unlisted="hris.wellness_survey:",
    ),
    System(
        name="landdesk",
        log_name="landdesk.csv.gz",
        shape="canonical",
        clock="offset",
        login="{login}",
        logged_login="{account}",
        resource="/land/{series_slug}/",
        actions=_SAME,
        ignored="/land/help/",
        unlisted="/land/legacy_archive/",
    ),
    System(
        name="ledger",
        log_name="ledger.csv",
        shape="own_headings",
        clock="local",
        login="{login}",
        logged_login="{account}",
        resource="{series_slug}#",
        actions={
            "view": "INQ",
            "search": "LIST",
            "create": "ADD",
            "modify": "UPD",
            "delete": "DEL",
            "print": "PRT",
            "export": "XTR",
            "share": "SND",
            "other": "RECALC",
        },
        ignored="main_menu#",
        unlisted="customer_app_beta#",
    ),
    System(
        name="docstore",
        log_name="docstore.jsonl",
        shape="json_lines",
        clock="utc",
        login="{login}@" + DOMAIN,
        logged_login="{account}",
        resource="/{department}/{series}/",
        actions={
            "view": "DocumentViewed",
            "search": "SearchRun",
            "create": "DocumentAdded",
            "modify": "DocumentChanged",
            "delete": "DocumentDeleted",
            "print": "DocumentPrinted",
            "export": "DocumentDownloaded",
            "share": "LinkSent",
            "other": "WorkflowAdvanced",
        },
        ignored="/$session/",
        unlisted="/Shared Drop/Scans/",
    ),
)

ONE_SYSTEM = (
    System(
        name="cityhub",
        log_name="cityhub.csv",
        shape="canonical",
        clock="utc",
        login="{login}",
        logged_login="{account}",
        resource="hub/{department_slug}/{series_slug}/",
        actions=_SAME,
        ignored="hub/session/",
        unlisted="hub/pilot/",
    ),
)
