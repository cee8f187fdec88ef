"""The kinds of tables that can be imported, listed by hand, in an order in which they can be."""

from collections.abc import Mapping

from access.import_accounts import AccountImporter
from access.import_assignments import AssignmentImporter
from access.import_cases import CaseImporter
from access.import_employees import EmployeeImporter
from access.import_inventory_texts import InventoryTextImporter
from access.import_officer_duties import OfficerDutyImporter
from access.import_officers import OfficerImporter
from access.import_positions import PositionImporter
from access.import_purposes import PurposeImporter
from access.import_roster import RosterImporter
from access.import_temporary_duties import TemporaryDutyImporter
from access.import_trainings import TrainingImporter
from access.import_work_access import WorkAccessImporter
from config.tables.kind import Importer
from config.tables.options import ImportOptions
from config.work import Work
from inventory.import_resources import ResourceImporter, SeenResources

IMPORT_KINDS: Mapping[str, type[Importer]] = {
    "inventory": InventoryTextImporter,
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
    "purposes": PurposeImporter,
    "cases": CaseImporter,
    "trainings": TrainingImporter,
}


def importer_of(kind: str, work: Work, options: ImportOptions, seen: SeenResources) -> Importer:
    """Make the importer of a file.

    Args:
        kind: As on the command line.
        seen: Gives the resources with brackets that the logs of a system name.
    """
    if kind == "resources":
        return ResourceImporter(work.session, work.zone, options, seen)
    return IMPORT_KINDS[kind](work.session, work.zone, options)
