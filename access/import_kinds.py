"""The kinds of tables that can be imported, listed by hand, in an order in which they can be."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from sqlmodel import Session

from access.import_accounts import AccountImporter
from access.import_assignments import AssignmentImporter
from access.import_employees import EmployeeImporter
from access.import_officer_duties import OfficerDutyImporter
from access.import_officers import OfficerImporter
from access.import_positions import PositionImporter
from access.import_roster import RosterImporter
from access.import_temporary_duties import TemporaryDutyImporter
from access.import_work_access import WorkAccessImporter
from config.tables.kind import Importer
from inventory.import_inventory import InventoryImporter
from inventory.import_resources import ResourceImporter, SeenResources

IMPORT_KINDS: Mapping[str, type[Importer]] = {
    "inventory": InventoryImporter,
    "positions": PositionImporter,
    "employees": EmployeeImporter,
    "assignments": AssignmentImporter,
    "roster": RosterImporter,
    "accounts": AccountImporter,
    "work-access": WorkAccessImporter,
    "temporary-duties": TemporaryDutyImporter,
    "officers": OfficerImporter,
    "officer-duties": OfficerDutyImporter,
    "resources": ResourceImporter,
}


def importer_of(kind: str, session: Session, zone: ZoneInfo, seen: SeenResources) -> Importer:
    """Make the importer of a file.

    Args:
        kind: As on the command line.
        session: Where it looks up what is current.
        zone: The entity's.
        seen: Gives the resources with brackets that the logs of a system name.
    """
    return ResourceImporter(session, zone, seen) if kind == "resources" else IMPORT_KINDS[kind](session, zone)
